/** The columns, in their order. */
export const scenarioNames = [
  'refusedFromStart',
  'refusedAfterDrop',
  'serverHeals',
  'providerFailsOnce',
  'providerHangs',
  'stopDuringFetch',
  'connectStopConnect',
  'flappingLink',
  'silentServer',
  'sleep',
  'tokenInLogs',
] as const;

export type ScenarioName = (typeof scenarioNames)[number];
