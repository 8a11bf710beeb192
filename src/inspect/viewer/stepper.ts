import { make, makeButton, setText } from './dom.ts';
import { timeOf } from './format.ts';
import type { Model, ViewerModel } from './createModel.ts';

/** Forwards and backwards in time. */
export function createStepper(model: ViewerModel) {
  const by = (steps: number) => model.goTo(model.current.index + steps);
  const back = makeButton('◀', () => by(-1), { 'aria-label': 'A step back', title: 'A step back (←)' });
  const forth = makeButton('▶', () => by(1), { 'aria-label': 'A step forwards', title: 'A step forwards (→)' });
  const slider = make('input', { type: 'range', min: '-1', 'aria-label': 'Step' });
  slider.addEventListener('input', () => model.goTo(Number(slider.value)));
  const where = make('span', { class: 'soft where-in-time' });
  const live = makeButton('Live', () => model.goTo(undefined), { class: 'live', title: 'Follow what happens (Escape)' });

  return {
    element: make('div', { class: 'stepper', role: 'toolbar', 'aria-label': 'Time' }, back, slider, forth, where, live),
    render({ selected, index, cursor, moment }: Model) {
      const count = selected?.steps.length ?? 0;
      const isLive = cursor === undefined;
      slider.max = String(count - 1);
      slider.value = String(index);
      slider.disabled = count === 0;
      back.disabled = index < 0;
      forth.disabled = index >= count - 1;
      live.hidden = selected?.isReport !== false || selected.isOver;
      live.setAttribute('aria-pressed', String(isLive));
      const text = index < 0 ? `before the first of ${count}` : `${index + 1} of ${count}${moment ? ` · ${timeOf(moment.at)}` : ''}`;
      setText(where, count === 0 ? 'no steps yet' : text);
      slider.setAttribute('aria-valuetext', text);
    },
  };
}
