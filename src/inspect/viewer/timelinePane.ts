import { nameOfEvent } from '../chart/readChart.ts';
import { tellStep } from '../tellStep.ts';
import { make } from './dom.ts';
import { statusOf, timeOf, valueOf } from './format.ts';
import { stepDetails } from './stepDetails.ts';
import type { InspectedStep } from '../InspectMessage.ts';
import type { Model, ViewerModel } from './createModel.ts';
import type { ShownConnection } from './ShownConnection.ts';

/** Every step, oldest first. The one that is looked at is open. */
export function createTimelinePane(model: ViewerModel) {
  const list = make('ol', { class: 'timeline', role: 'listbox', tabindex: '0', 'aria-label': 'Timeline, oldest first' });
  const empty = make('p', { class: 'soft empty-list' });
  const element = make('section', { class: 'timeline-pane', 'aria-label': 'Timeline' }, list, empty);
  let rows: { readonly step: InspectedStep; readonly row: HTMLLIElement }[] = [];
  let rendered = { id: '', query: '' };
  let openRow: HTMLLIElement | undefined;

  const isAtEnd = () => list.scrollHeight - list.scrollTop - list.clientHeight < 60;

  return {
    element,
    render({ selected, query, cursor, index }: Model) {
      if (!selected) {
        rows = [];
        rendered = { id: '', query: '' };
        return list.replaceChildren();
      }
      const wasAtEnd = isAtEnd();
      if (rendered.id !== selected.id || rendered.query !== query) {
        rows = [];
        list.replaceChildren();
        rendered = { id: selected.id, query };
      }
      const [oldest] = selected.steps;
      const gone = oldest ? rows.filter(({ step }) => step.seq < oldest.seq) : [];
      for (const { row } of gone) row.remove();
      if (gone.length > 0) rows = rows.slice(gone.length);
      const from = rows[rows.length - 1]?.step.seq ?? 0;
      selected.steps.forEach((step, at) => {
        if (step.seq <= from || !isFound(selected, step, at, query)) return;
        const row = rowOf(selected, step, at, (seq) => model.goTo(selected.steps.findIndex((one) => one.seq === seq)), model);
        rows.push({ step, row });
        list.append(row);
      });
      const hint = selected.steps.length === 0 ? 'Nothing has happened yet.' : rows.length === 0 ? `Nothing found for “${query}”.` : '';
      empty.textContent = hint;
      empty.hidden = hint === '';
      openStep(selected, cursor === undefined ? -1 : index);
      if (cursor === undefined && (wasAtEnd || from === 0)) list.scrollTop = list.scrollHeight;
    },
    focus: () => list.focus(),
  };

  function openStep(selected: ShownConnection, index: number): void {
    const step = selected.steps[index];
    const row = rows.find((one) => one.step === step || one.step.seq === step?.seq)?.row;
    if (openRow !== row) {
      openRow?.classList.remove('is-open');
      openRow?.setAttribute('aria-selected', 'false');
      openRow?.querySelector('.details')?.remove();
      openRow = row;
    }
    if (!row || !step) {
      list.removeAttribute('aria-activedescendant');
      return;
    }
    if (!row.querySelector('.details')) {
      row.append(stepDetails(selected, step, index));
      row.classList.add('is-open');
      row.setAttribute('aria-selected', 'true');
      list.setAttribute('aria-activedescendant', row.id);
      row.scrollIntoView({ block: 'nearest' });
    }
  }
}

function isFound(selected: ShownConnection, step: InspectedStep, index: number, query: string): boolean {
  if (query === '') return true;
  const { what, where, why } = tellStep(step, beforeOf(selected, index));
  const text = [
    what,
    where,
    why,
    step.event.type,
    ...step.transitions.flatMap(({ from, to = '', guard }) => [from, to, guard]),
    statusOf(selected.isOurs, step.state),
  ].join(' ');
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.toLowerCase().includes(word));
}

const beforeOf = ({ steps, start }: ShownConnection, index: number) => steps[index - 1]?.state ?? start.state;

function rowOf(
  selected: ShownConnection,
  step: InspectedStep,
  index: number,
  open: (seq: number) => void,
  model: ViewerModel,
): HTMLLIElement {
  const { what, where, why } = tellStep({ ...step, emitted: [] }, beforeOf(selected, index));
  const { type } = step.event;
  const name = nameOfEvent(type);
  const before = selected.steps[index - 1];
  const lost = before && step.seq > before.seq + 1 ? step.seq - before.seq - 1 : 0;
  const row = make(
    'li',
    {
      id: `step-${step.seq}`,
      role: 'option',
      'aria-selected': 'false',
      class: where === '' ? 'is-quiet' : '',
      'data-status': selected.isOurs ? statusOf(true, step.state) : 'foreign',
    },
    ...(lost > 0 ? [make('p', { class: 'lost' }, `${lost} ${lost === 1 ? 'step was' : 'steps were'} lost here`)] : []),
    make(
      'div',
      { class: 'line' },
      make('time', {}, timeOf(step.at)),
      make('span', { class: 'what' }, make('code', {}, name), make('span', { class: 'soft' }, what.slice(name.length))),
      make('span', { class: 'where' }, ...(where ? [`→ ${where}`] : [])),
      ...step.emitted.map(({ type: said, ...fields }) =>
        make('span', { class: 'badge', title: Object.values(fields).map(valueOf).join(' ') }, said),
      ),
      ...(why ? [make('span', { class: 'why soft' }, why)] : []),
    ),
  );
  row.firstElementChild?.parentElement?.querySelector('.line')?.addEventListener('click', () => {
    if (row.classList.contains('is-open')) model.goTo(undefined);
    else open(step.seq);
  });
  return row;
}
