import { arrowsOf, connectionChart, keyOfArrow } from '../chart/describedChart.ts';
import { inspectVersion, type InspectedActor, type InspectedStep, type InspectedTransition } from '../InspectMessage.ts';
import { parseReport } from './parseReport.ts';
import { applyChange, toState } from './stateChange.ts';
import type { RecordedArrow } from './ConnectionReport.ts';

/**
 * A report as the messages that an inspector would have seen: the connection as it was before the first step, and the steps. What the
 * arrows mean is read from today's chart; one that it does not have any more comes without a reason.
 *
 * @param value the report, parsed or as JSON text
 * @throws ReportError that says what is wrong with it
 */
export function readReport(value: unknown): readonly [InspectedActor, ...InspectedStep[]] {
  const { start, steps, arrows, policy, dropped } = parseReport(value);
  const chart = connectionChart();
  const known = arrowsOf(chart);
  const told = { version: inspectVersion, connection: `report-${start.at}-${steps.length}` } as const;

  const transitionOf = ([from, event, guard, to]: RecordedArrow): InspectedTransition => {
    const { actions, description } = known.get(keyOfArrow({ from, event, guard, to })) ?? { actions: [], description: '' };
    return { from, ...(to !== undefined && { to }), event, guard, actions, why: description };
  };
  const transitions = arrows.map(transitionOf);

  let state = toState(start);
  const actor: InspectedActor = {
    ...told,
    type: 'actor',
    name: 'report',
    at: start.at,
    chart,
    policy,
    state,
    now: start.at,
    allowEvents: false,
  };
  const read = steps.map((step, index): InspectedStep => {
    const { at, event, took = [], emitted = [] } = step;
    state = applyChange(state, at, step);
    const taken = took.flatMap((number) => transitions[number] ?? []);
    return { ...told, type: 'step', seq: dropped + index + 1, at, event, transitions: taken, emitted, state };
  });
  return [actor, ...read];
}
