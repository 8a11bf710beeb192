import { make } from './dom.ts';
import { durationOf } from '../durationOf.ts';
import { valueOf } from './format.ts';
import { momentAt, type ShownConnection } from './ShownConnection.ts';
import type { InspectedState, InspectedStep, InspectedTransition } from '../InspectMessage.ts';

/** All that is known of one step: the arrows with their reasons, what is remembered differently, what was announced, which timers began and ended. */
export function stepDetails(selected: ShownConnection, step: InspectedStep, index: number): HTMLElement {
  const { before } = momentAt(selected, index);
  return make(
    'div',
    { class: 'details' },
    ...(step.transitions.length === 0
      ? [make('p', { class: 'soft' }, 'No active state answers this event.')]
      : [make('ol', { class: 'path' }, ...step.transitions.map(arrow))]),
    ...list(
      'Announced',
      step.emitted.map(({ type, ...fields }) => [type, Object.values(fields).map(valueOf).join(' ')]),
    ),
    ...list('Remembered', before ? changes(before, step.state) : []),
    ...list('Timers', before ? timerChanges(before, step) : []),
  );
}

function arrow({ from, to, event, guard, actions, why }: InspectedTransition): HTMLElement {
  return make(
    'li',
    {},
    make(
      'span',
      {},
      make('code', {}, from),
      to === undefined ? ' stays' : ' → ',
      ...(to === undefined ? [] : [make('code', { class: 'goal' }, to)]),
    ),
    make(
      'span',
      { class: 'soft' },
      [event || 'at once', guard && `[${guard}]`, actions.length > 0 ? `/ ${actions.join(', ')}` : ''].filter(Boolean).join(' '),
    ),
    ...(why ? [make('span', { class: 'reason' }, why)] : []),
  );
}

function list(title: string, rows: readonly (readonly [string, string])[]): HTMLElement[] {
  if (rows.length === 0) return [];
  const items = rows.map(([name, value]) => make('div', {}, make('dt', {}, name), make('dd', {}, value)));
  return [make('h4', {}, title), make('dl', { class: 'changes' }, ...items)];
}

function changes({ memory: before }: InspectedState, { memory: after }: InspectedState): [string, string][] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names
    .filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
    .map((name) => [name, `${valueOf(before[name])} → ${valueOf(after[name])}`]);
}

function timerChanges({ timers: before }: InspectedState, { state: { timers: after }, at }: InspectedStep): [string, string][] {
  const isIn = (timers: InspectedState['timers'], { name, dueAt }: InspectedState['timers'][number]) =>
    timers.some((one) => one.name === name && one.dueAt === dueAt);
  const begun = after
    .filter((timer) => !isIn(before, timer))
    .map(({ name, dueAt }): [string, string] => [name, `runs ${durationOf(dueAt - at)}`]);
  const over = before
    .filter((timer) => !isIn(after, timer) && !after.some(({ name }) => name === timer.name))
    .map(({ name, dueAt }): [string, string] => [name, dueAt <= at ? 'ended' : 'cancelled']);
  return [...begun, ...over];
}
