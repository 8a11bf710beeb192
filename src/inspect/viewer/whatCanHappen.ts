import { statesOf } from '../chart/readChart.ts';
import { sendableEvents } from '../sendableEvents.ts';
import type { ChartArrow } from '../chart/InspectedChart.ts';
import type { InspectedState } from '../InspectMessage.ts';
import type { ShownConnection } from './ShownConnection.ts';

/** One event that the active states answer, and every way in which they may. */
export interface Possibility {
  readonly event: string;
  readonly ways: readonly ChartArrow[];
  /** May a developer send it, if the app lets anybody? */
  readonly isSendable: boolean;
}

export interface Possibilities {
  readonly title: string;
  readonly events: readonly Possibility[];
}

/** Who brings it about; the first that fits. */
const sources: readonly (readonly [title: string, fits: (event: string) => boolean])[] = [
  ['People and the app', (event) => /^(user|token)\./.test(event)],
  ['The link and the database', (event) => /^(link|database)\./.test(event) && event !== 'link.outdated'],
  ['The platform', (event) => /^(network|app)\./.test(event)],
  ['By itself', (event) => /^(after|done|error) |^(timeLimit\.passed|link\.outdated|login\.ended)$|^xstate\./.test(event)],
  ['Events', () => true],
];

/** What can happen in a state: every event that is answered there, inner states first, as XState asks them. */
export function whatCanHappen({ chart, isOurs }: Pick<ShownConnection, 'chart' | 'isOurs'>, { active }: InspectedState): Possibilities[] {
  const states = chart.states.flatMap(statesOf).filter(({ path }) => active.includes(path));
  const ways = new Map<string, ChartArrow[]>();
  // deeper states answer first
  for (const { arrows } of [...states].reverse()) {
    for (const arrow of arrows) {
      if (arrow.event === '') continue;
      const known = ways.get(arrow.event) ?? [];
      // after an arrow without a question, nobody further out in the same region is asked
      if (known.some((one) => one.guard === '' && regionOf(one) === regionOf(arrow))) continue;
      ways.set(arrow.event, [...known, arrow]);
    }
  }
  const possibilities = [...ways].map(([event, found]): Possibility => {
    const isSendable = isOurs ? sendableEvents.includes(event) : !/^(after|done|error) |^xstate\.|\*/.test(event);
    return { event, ways: found, isSendable };
  });
  const sourceOf = (event: string) => sources.find(([, fits]) => fits(event))?.[0];
  return sources
    .map(([title]) => ({ title, events: possibilities.filter(({ event }) => sourceOf(event) === title) }))
    .filter(({ events }) => events.length > 0);
}

const regionOf = ({ from }: ChartArrow) => from.split('.', 1)[0];
