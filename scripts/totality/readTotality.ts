import type { AnyStateMachine, AnyStateNode } from 'xstate';
import { readChart, statesOf } from '../../src/inspect/chart/readChart.ts';
import type { ChartArrow, ChartState } from '../../src/inspect/chart/InspectedChart.ts';
import { eventTypes } from './eventMeanings.ts';
import { neverHere, passing } from './neverHere.ts';
import { silences } from './silences.ts';

/** A way that an event may take. */
export interface Way extends ChartArrow {
  /** Set when this way is in the chart for other states' sake: why it is never taken in this one. */
  readonly never?: string;
}

/** What one event does in one state. */
export interface Cell {
  readonly event: string;
  /** In the order in which they are asked: the state's own, then its parents'. */
  readonly ways: readonly Way[];
  /** Why nothing happens when no way is open. Absent when one always is. */
  readonly ignored?: string;
}

export interface StateCells {
  readonly state: ChartState;
  /** leaf: can rest here; passing: is left in the step in which it is entered; outer: has states inside, which hold the silences. */
  readonly kind: 'leaf' | 'passing' | 'outer';
  readonly cells: readonly Cell[];
}

export interface Totality {
  readonly regions: readonly { readonly region: ChartState; readonly states: readonly StateCells[] }[];
  /** What is wrong: a silence without a reason, a reason without a silence. */
  readonly problems: readonly string[];
}

/** The chart's own event: it is taken as soon as its guard says yes. */
export const atOnce = '';

/** Every state with every event, and with the ends of the timers and services that run in it. */
export function readTotality(machine: AnyStateMachine): Totality {
  const problems: string[] = [];
  const used = new Set<unknown>();
  const regions = readChart(machine).states.map((region) => {
    const states = statesOf(region);
    const lineOf = ({ path }: ChartState) =>
      states.filter((each) => path === each.path || path.startsWith(`${each.path}.`)).sort((a, b) => b.path.length - a.path.length);

    function reasonFor(line: readonly ChartState[], event: string): string | undefined {
      for (const { path } of line) {
        const found = silences.filter((silence) => silence.in.includes(path) && (silence.events as readonly string[]).includes(event));
        if (found.length > 1) problems.push(`${path}: two reasons to ignore ${event}`);
        if (!found[0]) continue;
        used.add(`${found[0].because} ${path} ${event}`);
        return found[0].because;
      }
      problems.push(`${line[0]?.path}: ${event} may be ignored, and nobody says why`);
      return undefined;
    }

    function cellOf(line: readonly ChartState[], event: string, mayRest: boolean): Cell {
      const ways: Way[] = [];
      const state = line[0]?.path ?? '';
      for (const { arrows } of line) {
        for (const arrow of arrows.filter((each) => each.event === event)) {
          if (arrow.to === undefined && arrow.actions.length === 0 && arrow.description === '') {
            problems.push(`${arrow.from}: ${event} is ignored without a word`);
          }
          const mark = neverHere.find(
            (each) => each.in.includes(state) && each.event === event && each.if === arrow.guard && each.of === arrow.from,
          );
          if (mark) used.add(mark).add(`${mark.because} ${state}`);
          ways.push({ ...arrow, ...(mark && { never: mark.because }) });
          if (arrow.guard === '') return { event, ways };
        }
      }
      // waiting for a guard to hold is no silence
      if (!mayRest || event === atOnce) return { event, ways };
      const ignored = reasonFor(line, event);
      return { event, ways, ...(ignored !== undefined && { ignored }) };
    }

    return {
      region,
      states: states.map((state): StateCells => {
        const line = lineOf(state);
        const kind = state.states.length > 0 ? 'outer' : state.isCrossroad || state.path in passing ? 'passing' : 'leaf';
        if (state.path in passing) used.add(state.path);
        const inner = kind === 'passing' ? [] : eventTypes;
        const events = [
          ...new Set([...inner, ...line.flatMap((each) => innerEvents(machine, each, kind !== 'passing' || each === state))]),
        ];
        const cells = events.map((event) => cellOf(line, event, kind === 'leaf'));
        return { state, kind, cells: cells.filter(({ event, ways }) => event !== atOnce || ways.length > 0) };
      }),
    };
  });
  for (const { in: paths, events, because } of silences) {
    for (const path of paths) {
      const idle = events.filter((event) => !used.has(`${because} ${path} ${event}`));
      if (idle.length > 0) problems.push(`${path}: ${idle.join(', ')}: is not ignored because: ${because}`);
    }
  }
  for (const mark of neverHere) {
    for (const path of mark.in)
      if (!used.has(`${mark.because} ${path}`)) problems.push(`${path}: ${mark.event} has no such way [${mark.if}]`);
  }
  for (const path of Object.keys(passing)) if (!used.has(path)) problems.push(`there is no state ${path} to pass through`);
  for (const event of machine.events)
    if (!isInner(event) && !eventTypes.includes(event as never)) problems.push(`${event}: nobody says what it means`);
  if (machine.root.transitions.size > 0) problems.push('the chart answers events outside of its regions, where this table does not look');
  return { regions, problems };
}

const isInner = (event: string) => event === atOnce || event.startsWith('xstate.');

/** What the chart tells itself there: its timers, the two ends of its services, and what it does at once. */
function innerEvents(machine: AnyStateMachine, { path, arrows }: ChartState, isHere: boolean): string[] {
  if (!isHere) return [];
  const node = path.split('.').reduce<AnyStateNode>((outer, key) => outer.states[key] as AnyStateNode, machine.root);
  const ends = node.invoke.flatMap(({ id }) => [`done ${id}`, `error ${id}`]);
  return [...ends, ...arrows.map(({ event }) => event).filter((event) => !eventTypes.includes(event as never))];
}
