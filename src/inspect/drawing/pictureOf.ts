import { statesOf } from '../chart/readChart.ts';
import type { ChartArrow, ChartState } from '../chart/InspectedChart.ts';

/** One arrow of the picture: all the ways from one state to another. */
export interface DrawnArrow {
  readonly from: string;
  readonly to: string;
  readonly lines: readonly string[];
}

/** A way out that is written into its state instead of being drawn, because a line for it would only cross others. */
export interface WrittenArrow {
  readonly label: string;
  readonly to: string;
}

export interface Picture {
  readonly region: ChartState;
  readonly drawn: readonly DrawnArrow[];
  readonly written: ReadonlyMap<string, readonly WrittenArrow[]>;
}

/**
 * What is written, not drawn: the ways that lead from many states to the same one, and those beside the story. Everything else is
 * drawn, so a new arrow of the chart cannot be forgotten here.
 */
const written: readonly ((arrow: ChartArrow) => boolean)[] = [
  // the same everywhere
  ({ event, from }) => event === 'timeLimit.passed' && from !== 'session.waiting',
  ({ event, to }) => event === 'network.offline' && to === 'session.waiting.offline',
  ({ event, from }) => event === 'user.connect' && from !== 'session.idle' && from !== 'person.away',
  ({ guard }) => guard === 'isWrongUser' || guard === 'isNotConnected',
  // out of the link: its one drawn way is to the verdict
  ({ from, to }) =>
    isInside(from, 'session.link') && !isInside(to, 'session.link') && !(from === 'session.link' && to === 'session.judging'),
  // beside the story
  ({ from, guard }) => from === 'session.restoring' && guard !== '',
  ({ from, to }) => from === 'session.starting' && isInside(to, 'session.waiting'),
  ({ from, guard }) => from === 'session.waiting.backoff' && guard === 'isOffline',
  ({ event }) => event === 'after tokenTimeLimit' || event === 'user.cancel',
  // to itself, or from a state to its own part
  ({ from, to }) => isInside(to, from) && from.includes('.'),
];

const isInside = (path: string | undefined, outer: string) => path === outer || path?.startsWith(`${outer}.`) === true;

/** Sorts one region's arrows into those that are drawn and those that are written. Arrows that go nowhere are in the tables only. */
export function pictureOf(region: ChartState): Picture {
  const drawn = new Map<string, ChartArrow[]>();
  const rows = new Map<string, WrittenArrow[]>();
  for (const state of statesOf(region)) {
    const leaving = state.arrows.filter(({ to }) => to !== undefined);
    const isWritten = (arrow: ChartArrow) => written.some((rule) => rule(arrow));
    for (const arrow of leaving.filter((each) => !isWritten(each))) {
      const way = `${arrow.from} ${arrow.to}`;
      drawn.set(way, [...(drawn.get(way) ?? []), arrow]);
    }
    const ways = new Map<string, ChartArrow[]>();
    for (const arrow of leaving.filter(isWritten)) ways.set(String(arrow.to), [...(ways.get(String(arrow.to)) ?? []), arrow]);
    rows.set(
      state.path,
      [...ways].flatMap(([to, arrows]) => labelsOf(arrows).map((label) => ({ label, to }))),
    );
  }
  return {
    region,
    drawn: [...drawn].map(([way, arrows]) => {
      const [from = '', to = ''] = way.split(' ');
      return { from, to, lines: labelsOf(arrows) };
    }),
    written: rows,
  };
}

/** `event [guard]`, one for each event. An event that leads there in any case is named without its guards. */
function labelsOf(arrows: readonly ChartArrow[]): string[] {
  const guards = new Map<string, string[]>();
  for (const { event, guard } of arrows) guards.set(event, [...(guards.get(event) ?? []), guard]);
  return [...guards].flatMap(([event, asked]) => {
    if (asked.includes('')) return [event === '' ? 'otherwise' : event];
    return asked.map((guard) => `${event} [${guard}]`.trim());
  });
}
