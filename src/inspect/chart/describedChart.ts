import { connectionMachine } from '../../../machines/connection/connectionMachine.ts';
import { readChart, statesOf } from './readChart.ts';
import type { ChartArrow, ChartState, InspectedChart } from './InspectedChart.ts';

let described: InspectedChart | undefined;

/** Our own chart, with its descriptions. */
export function connectionChart(): InspectedChart {
  return (described ??= readChart(connectionMachine));
}

/** Is it our chart? The copy inside `createConnection` has left its descriptions at home, so they do not count. */
export function isConnectionChart(chart: InspectedChart): boolean {
  return shapeOf(chart) === shapeOf(connectionChart());
}

/** What an arrow is recognised by. */
export const keyOfArrow = ({ from, to, event, guard }: Pick<ChartArrow, 'from' | 'to' | 'event' | 'guard'>): string =>
  [from, event, guard, to].join(' ');

/** All arrows of a chart, by what they are recognised by. */
export function arrowsOf({ states }: InspectedChart): ReadonlyMap<string, ChartArrow> {
  return new Map(
    states
      .flatMap(statesOf)
      .flatMap(({ arrows }) => arrows)
      .map((arrow) => [keyOfArrow(arrow), arrow]),
  );
}

/** Tells charts apart, in 8 digits: the same for charts of the same states and arrows, whatever their descriptions say. */
export function fingerprint(chart: InspectedChart): string {
  let hash = 0x811c9dc5; // FNV-1a
  for (const character of shapeOf(chart)) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}

function shapeOf({ id, states }: InspectedChart): string {
  const shape = ({ path, arrows, states: inner }: ChartState): unknown => [path, arrows.map(keyOfArrow), inner.map(shape)];
  return JSON.stringify([id, states.map(shape)]);
}
