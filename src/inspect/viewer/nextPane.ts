import { failureKinds } from '../../../machines/connection/failure.ts';
import { make, makeButton } from './dom.ts';
import { wayOut } from './stateCard.ts';
import { whatCanHappen, type Possibility } from './whatCanHappen.ts';
import type { ChartArrow } from '../chart/InspectedChart.ts';
import type { SendableEvent } from '../InspectMessage.ts';
import type { Model } from './createModel.ts';

type Send = (connection: string, event: SendableEvent) => void;

/** Fields that an event may be sent with. */
const fieldsOf: Readonly<Record<string, readonly Field[]>> = {
  'user.connect': [{ name: 'userWaiting', kind: 'flag', usual: true, label: 'somebody waits' }],
  'user.disconnect': [{ name: 'logout', kind: 'flag', usual: false, label: 'sign out' }],
  'app.woke': [{ name: 'sleptMs', kind: 'number', usual: 60_000, label: 'slept, ms' }],
  'link.failed': [
    { name: 'kind', kind: 'choice', usual: 'network', choices: failureKinds, label: 'kind' },
    { name: 'code', kind: 'text', usual: '', label: 'code' },
  ],
  'link.interrupted': [{ name: 'kind', kind: 'choice', usual: 'network', choices: failureKinds, label: 'kind' }],
};

interface Field {
  readonly name: string;
  readonly kind: 'flag' | 'number' | 'choice' | 'text';
  readonly usual: string | number | boolean;
  readonly choices?: readonly string[];
  readonly label: string;
}

/** What can happen in the state that is looked at, and where it would lead; from a live one it can be made to happen. */
export function createNextPane(send: Send) {
  const element = make('section', { class: 'next-pane', 'aria-label': 'What can happen' });
  let rendered = '';

  return {
    element,
    render({ selected, moment, cursor }: Model) {
      if (!selected || !moment) {
        rendered = '';
        return element.replaceChildren();
      }
      const isLive = cursor === undefined && !selected.isReport && !selected.isOver;
      const maySend = isLive && selected.allowEvents;
      const key = [selected.id, maySend, isLive, ...moment.state.active].join(' ');
      // a form that is being filled in is left alone while nothing has changed
      if (key === rendered) return;
      rendered = key;
      const groups = whatCanHappen(selected, moment.state);
      element.replaceChildren(
        ...(isLive && !maySend
          ? [make('p', { class: 'hint' }, 'To send events from here, inspect with ', make('code', {}, '{ allowEvents: true }'), '.')]
          : []),
        ...groups.map(({ title, events }) =>
          make(
            'div',
            { class: 'group' },
            make('h3', {}, title),
            ...events.map((event) => possibility(event, maySend, (wish) => send(selected.id, wish))),
          ),
        ),
      );
    },
  };
}

function possibility({ event, ways, isSendable }: Possibility, maySend: boolean, send: (event: SendableEvent) => void): HTMLElement {
  return make(
    'div',
    { class: 'possibility' },
    make(
      'div',
      { class: 'possibility-head' },
      make('code', { class: 'event' }, event),
      ...(maySend && isSendable ? [sender(event, send)] : []),
    ),
    make('ul', { class: 'ways' }, ...ways.map((way, index) => wayOut({ ...way, event: wordFor(way, ways.slice(0, index)) }))),
  );
}

/** The questions are asked in order, in each region for itself. */
const wordFor = ({ guard, from }: ChartArrow, asked: readonly ChartArrow[]) =>
  guard ? 'if' : asked.some((one) => one.from.split('.', 1)[0] === from.split('.', 1)[0]) ? 'otherwise' : 'always';

function sender(type: string, send: (event: SendableEvent) => void): HTMLElement {
  const inputs = (fieldsOf[type] ?? []).map((field) => ({ field, input: inputOf(field, type) }));
  const read = () => {
    const given = inputs.map(({ field, input }) => [field.name, readInput(field, input)]).filter(([, value]) => value !== undefined);
    send({ type, ...Object.fromEntries(given) } as SendableEvent);
  };
  return make(
    'span',
    { class: 'sender' },
    ...inputs.map(({ field, input }) => make('label', {}, ...(field.kind === 'flag' ? [input, field.label] : [field.label, input]))),
    makeButton('Send', read, { 'aria-label': `Send ${type}`, class: 'send' }),
  );
}

function inputOf({ kind, usual, choices = [], name }: Field, type: string): HTMLInputElement | HTMLSelectElement {
  if (kind === 'choice') {
    return make('select', { name }, ...choices.map((choice) => make('option', { value: choice, selected: choice === usual }, choice)));
  }
  const input = make('input', {
    name,
    type: kind === 'flag' ? 'checkbox' : kind,
    checked: kind === 'flag' && usual === true,
    'aria-label': `${type} ${name}`,
  });
  if (kind !== 'flag') input.value = String(usual);
  return input;
}

function readInput({ kind }: Field, input: HTMLInputElement | HTMLSelectElement): unknown {
  if (kind === 'flag') return (input as HTMLInputElement).checked;
  if (kind === 'number') return Number(input.value);
  if (input.value === '') return undefined;
  // a code may be a number or a word
  return kind === 'text' && /^-?\d+$/.test(input.value) ? Number(input.value) : input.value;
}
