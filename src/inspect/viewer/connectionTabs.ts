import { make, makeButton } from './dom.ts';
import { statusOf } from './format.ts';
import type { Model, ViewerModel } from './createModel.ts';

/** The connections, side by side: name, status, and how much has happened since one looked. */
export function createConnectionTabs(model: ViewerModel) {
  const element = make('div', { class: 'connections', role: 'tablist', 'aria-label': 'Connections' });
  const seen = new Map<string, number>();
  let rendered = '';

  return {
    element,
    render({ shown, selected }: Model) {
      if (selected) seen.set(selected.id, lastSeq(selected));
      const tabs = shown.map((one) => {
        const unseen = one.id === selected?.id || one.isReport ? 0 : lastSeq(one) - (seen.get(one.id) ?? 0);
        return { ...one, status: statusOf(one.isOurs, one.state), unseen, isSelected: one.id === selected?.id };
      });
      const key = JSON.stringify(
        tabs.map(({ id, name, status, unseen, isSelected, isOver }) => [id, name, status, unseen, isSelected, isOver]),
      );
      if (key === rendered) return;
      rendered = key;
      const focused = (element.getRootNode() as ShadowRoot).activeElement?.getAttribute('data-connection');
      element.replaceChildren(...tabs.map((tab) => tabOf(tab)));
      if (focused) [...element.querySelectorAll<HTMLElement>('[role=tab]')].find((one) => one.dataset['connection'] === focused)?.focus();
    },
  };

  function tabOf({ id, name, status, unseen, isSelected, isOver, isReport, isOurs }: Tab): HTMLElement {
    const tab = makeButton(name, () => model.select(id), {
      role: 'tab',
      'aria-selected': String(isSelected),
      tabindex: isSelected ? '0' : '-1',
      'data-connection': id,
      class: isOver ? 'tab is-over' : 'tab',
      title: isOver ? `${name} has ended` : name,
    });
    tab.replaceChildren(make('span', { class: 'tab-name' }, name));
    tab.append(
      make(
        'span',
        { class: 'chip', 'data-status': isReport ? 'report' : isOurs ? status : 'foreign' },
        isReport ? 'report' : isOver ? 'ended' : status,
      ),
    );
    if (unseen > 0)
      tab.append(make('span', { class: 'unseen', 'aria-label': `${unseen} new steps` }, unseen > 99 ? '99+' : String(unseen)));
    tab.addEventListener('keydown', ({ key }) => {
      const step = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0;
      if (step === 0) return;
      const { shown } = model.current;
      const to = shown[(shown.findIndex((one) => one.id === id) + step + shown.length) % shown.length];
      if (to) model.select(to.id);
      requestAnimationFrame(() => element.querySelector<HTMLElement>('[aria-selected=true]')?.focus());
    });
    const wrap = make('span', { class: 'tab-wrap', role: 'presentation' }, tab);
    if (isOver || isReport) wrap.append(makeButton('×', () => model.dismiss(id), { class: 'dismiss', 'aria-label': `Put ${name} away` }));
    return wrap;
  }
}

const lastSeq = ({ steps }: Pick<Model['shown'][number], 'steps'>) => steps[steps.length - 1]?.seq ?? 0;

type Tab = Model['shown'][number] & { readonly status: string; readonly unseen: number; readonly isSelected: boolean };
