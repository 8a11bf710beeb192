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

function shapeOf({ id, states }: InspectedChart): string {
  const shape = ({ path, arrows, states: inner }: ChartState): unknown => [path, arrows.map(keyOfArrow), inner.map(shape)];
  return JSON.stringify([id, states.map(shape)]);
}
