import { make, makeButton, setText } from './dom.ts';
import type { Model, ViewerModel } from './createModel.ts';

interface Parts {
  readonly open: (report: unknown, name: string) => void;
  readonly shell: HTMLElement;
}

const themes = ['auto', 'light', 'dark'] as const;

/** Search, reports, theme; and what there is to say. */
export function createToolbar(model: ViewerModel, { open, shell }: Parts) {
  const search = make('input', {
    type: 'search',
    placeholder: 'Search  /',
    'aria-label': 'Search the timeline: events, states, codes, reasons',
  });
  search.addEventListener('input', () => model.search(search.value.trim()));
  const file = make('input', { type: 'file', accept: '.json,application/json', hidden: true });
  file.addEventListener('change', () => {
    for (const chosen of file.files ?? []) void chosen.text().then((text) => open(text, chosen.name));
    file.value = '';
  });
  const theme = makeButton('', () => {
    const at = themes.findIndex((one) => one === shell.dataset['theme']);
    shell.dataset['theme'] = themes[(at + 1) % themes.length] ?? 'auto';
    nameTheme();
  });
  const nameTheme = () => {
    const { theme: now = 'auto' } = shell.dataset;
    setText(theme, { auto: '◐', light: '☀', dark: '☾' }[now] ?? '◐');
    theme.setAttribute('aria-label', `Theme: ${now}`);
    theme.title = `Theme: ${now}`;
  };
  nameTheme();
  const words = make('span', {});
  const notice = make(
    'div',
    { class: 'notice', role: 'alert', hidden: true },
    words,
    makeButton('×', () => model.say(''), { 'aria-label': 'Close' }),
  );

  return {
    element: make(
      'div',
      { class: 'tools' },
      search,
      file,
      makeButton('Open report', () => file.click(), { title: 'Open a report that connection.report() made, or drop it here' }),
      theme,
    ),
    notice,
    search,
    render({ notice: said }: Model) {
      notice.hidden = said === '';
      setText(words, said);
    },
  };
}
