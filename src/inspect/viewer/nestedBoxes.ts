import { make } from './dom.ts';
import type { ChartState, InspectedChart } from '../chart/InspectedChart.ts';

/** A chart without its arrows: states in states. For where nothing can lay it out. */
export function nestedBoxes({ states }: InspectedChart): HTMLElement {
  return make('div', { class: 'boxes' }, ...states.map(box));
}

function box({ path, key, description, states }: ChartState): HTMLElement {
  const inner = states.length > 0 ? [make('div', { class: 'boxes' }, ...states.map(box))] : [];
  return make('div', { class: 'box', 'data-id': path, title: description }, make('span', { class: 'box-name' }, key), ...inner);
}
