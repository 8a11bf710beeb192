import { make, makeButton } from './dom.ts';
import type { ChartArrow, ChartState } from '../chart/InspectedChart.ts';

/** What a state is for, and every way out of it. */
export function stateCard({ path, description, isCrossroad, invokes, arrows }: ChartState, close: () => void): HTMLElement {
  const facts = [
    ...(isCrossroad ? ['A crossroad: left in the step in which it is entered.'] : []),
    ...(invokes.length > 0 ? [`Calls ${invokes.join(', ')}.`] : []),
  ];
  const button = makeButton('×', close, { 'aria-label': 'Close', class: 'card-close' });
  const card = make(
    'aside',
    { class: 'state-card', 'aria-label': `The state ${path}` },
    button,
    make('h3', {}, path),
    ...(description ? [make('p', {}, description)] : []),
    ...facts.map((fact) => make('p', { class: 'soft' }, fact)),
    make('ul', { class: 'ways' }, ...arrows.map(wayOut)),
  );
  card.addEventListener('keydown', ({ key }) => key === 'Escape' && close());
  return card;
}

/** An arrow in words. */
export function wayOut({ event, guard, to, actions, description }: ChartArrow): HTMLElement {
  const goal = to === undefined ? (actions.length > 0 ? 'stays' : 'ignored') : `→ ${to}`;
  return make(
    'li',
    {},
    make('code', {}, event || 'at once'),
    ...(guard ? [' ', make('code', { class: 'guard' }, `[${guard}]`)] : []),
    ' ',
    make('span', { class: to === undefined ? 'soft' : 'goal' }, goal),
    ...(description ? [make('p', { class: 'soft' }, description)] : []),
  );
}
