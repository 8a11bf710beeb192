import type { Scenario } from '../Scenario.ts';
import { connectStopConnect } from './connectStopConnect.ts';
import { flappingLink } from './flappingLink.ts';
import { providerFailsOnce } from './providerFailsOnce.ts';
import { providerHangs } from './providerHangs.ts';
import { refusedAfterDrop } from './refusedAfterDrop.ts';
import { refusedFromStart } from './refusedFromStart.ts';
import { serverHeals } from './serverHeals.ts';
import { silentServer } from './silentServer.ts';
import { sleep } from './sleep.ts';
import { stopDuringFetch } from './stopDuringFetch.ts';
import { tokenInLogs } from './tokenInLogs.ts';

/** The table's columns, in their order. */
export const scenarios: readonly Scenario[] = [
  refusedFromStart,
  refusedAfterDrop,
  serverHeals,
  providerFailsOnce,
  providerHangs,
  stopDuringFetch,
  connectStopConnect,
  flappingLink,
  silentServer,
  sleep,
  tokenInLogs,
];
