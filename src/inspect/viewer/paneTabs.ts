import { make, makeButton } from './dom.ts';

const titles = { chart: 'Chart', timeline: 'Timeline', next: 'What can happen', policy: 'Policy' } as const;
export type PaneName = keyof typeof titles;

/** One of the panes at a time; where there is room, the chart stands beside the others and has no tab. */
export function createPaneTabs(shell: HTMLElement, panes: Readonly<Record<PaneName, HTMLElement>>): HTMLElement {
  const names = Object.keys(titles) as PaneName[];
  const choose = (name: PaneName) => {
    shell.dataset['pane'] = name;
    for (const [one, tab] of tabs) {
      tab.setAttribute('aria-selected', String(one === name));
      tab.tabIndex = one === name ? 0 : -1;
    }
  };
  const tabs = new Map(
    names.map((name) => {
      panes[name].setAttribute('data-pane', name);
      const tab = makeButton(titles[name], () => choose(name), { role: 'tab', 'data-tab': name });
      tab.addEventListener('keydown', ({ key }) => {
        const step = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0;
        if (step === 0) return;
        const visible = names.filter((one) => tabs.get(one)?.offsetParent !== null);
        const to = visible[(visible.indexOf(name) + step + visible.length) % visible.length];
        if (to === undefined) return;
        choose(to);
        tabs.get(to)?.focus();
      });
      return [name, tab] as const;
    }),
  );
  choose('timeline');
  return make('div', { class: 'pane-tabs', role: 'tablist', 'aria-label': 'Views' }, ...tabs.values());
}
