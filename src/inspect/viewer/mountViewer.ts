import { mustBe } from '../../../machines/connection/ConnectionOptionError.ts';
import { inspectVersion, type SendableEvent } from '../InspectMessage.ts';
import { createChartPane } from './chartPane.ts';
import { createConnectionTabs } from './connectionTabs.ts';
import { createModel } from './createModel.ts';
import { make } from './dom.ts';
import { createEmptyPane } from './emptyPane.ts';
import { createNextPane } from './nextPane.ts';
import { createNowPane } from './nowPane.ts';
import { createPaneTabs } from './paneTabs.ts';
import { createPolicyPane } from './policyPane.ts';
import { readMessage } from './readMessage.ts';
import { createStepper } from './stepper.ts';
import { viewerStyle } from './viewerStyle.ts';
import { createTimelinePane } from './timelinePane.ts';
import { createToolbar } from './toolbar.ts';
import type { InspectSink, OpenSink } from '../InspectSink.ts';
import type { LoadElk } from './drawings.ts';

export interface ViewerOptions {
  /** Where connections are heard: the other end of a sink, such as `broadcastSink()`. @default none: reports only */
  readonly source?: InspectSink;
  /** @default 'auto': as the page's visitor prefers */
  readonly theme?: 'auto' | 'light' | 'dark';
  /** Brings elkjs, to lay out charts that are not ours: `() => import('elkjs/lib/elk.bundled.js').then(({ default: Elk }) => new Elk())`. @default they are shown as nested boxes */
  readonly loadElk?: LoadElk;
  /** What to do to see something here, while nothing is. Code, shown as it is. @default the two lines for a `broadcastSink()` */
  readonly hint?: string;
}

export interface Viewer {
  /**
   * Shows a report (`connection.report()`, parsed or as JSON text), to be stepped through.
   * @throws ReportError that says what is wrong with it
   */
  open(report: unknown, name?: string): void;
  /** Ends it: the source is closed, the element empty. */
  close(): void;
}

/**
 * The inspector's page, in an element of yours. It lives in a shadow root, brings its own style, and needs a height from its surroundings.
 *
 * @throws ConnectionOptionError for something that is no element, or a source that is none
 */
export function mountViewer(host: HTMLElement, { source, theme = 'auto', loadElk, hint }: ViewerOptions = {}): Viewer {
  mustBe(typeof host?.attachShadow === 'function', 'the host', 'an element', host);
  mustBe(source === undefined || typeof source === 'function', 'source', 'a function such as broadcastSink()', source);
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
  const style = new CSSStyleSheet();
  style.replaceSync(viewerStyle);
  root.adoptedStyleSheets = [style];

  let frame = 0;
  // a source may call before it has returned
  const line: { channel: OpenSink | undefined } = { channel: undefined };
  let isClosed = false;
  const render = () => {
    frame = 0;
    for (const pane of panes) pane.render(model.current);
    shell.classList.toggle('has-nothing', model.current.shown.length === 0);
  };
  const changed = () => {
    if (frame === 0 && !isClosed) frame = requestAnimationFrame(render);
  };
  const model = createModel(changed);

  const send = (connection: string, event: SendableEvent) =>
    line.channel?.send({ version: inspectVersion, type: 'send', connection, event });
  const open = (report: unknown, name: string) => {
    try {
      model.open(report, name);
    } catch (problem) {
      model.say(`${name || 'The file'} cannot be shown: ${(problem as Error).message}`);
    }
  };
  const shell = make('div', { class: 'shell', 'data-theme': theme });
  const tabs = createConnectionTabs(model);
  const toolbar = createToolbar(model, { open, shell });
  const chart = createChartPane(loadElk);
  const now = createNowPane();
  const timeline = createTimelinePane(model);
  const next = createNextPane(send);
  const policy = createPolicyPane();
  const stepper = createStepper(model);
  const paneTabs = createPaneTabs(shell, { chart: chart.element, timeline: timeline.element, next: next.element, policy: policy.element });
  const empty = createEmptyPane(hint);
  const panes = [tabs, toolbar, chart, now, timeline, next, policy, stepper];

  shell.append(
    make('header', { class: 'top' }, tabs.element, toolbar.element),
    toolbar.notice,
    empty,
    make(
      'div',
      { class: 'body' },
      chart.element,
      stepper.element,
      make('div', { class: 'side' }, now.element, paneTabs, timeline.element, next.element, policy.element),
    ),
  );
  root.replaceChildren(shell);

  const hearKey = (event: KeyboardEvent) => {
    const target = event.composedPath()[0] as HTMLElement;
    const isTyping = /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName);
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape' && target === toolbar.search) {
      toolbar.search.value = '';
      model.search('');
      timeline.focus();
    }
    if (isTyping) return;
    const { index, selected } = model.current;
    const isMoving = target.classList.contains('canvas') || target.getAttribute('role') === 'tab';
    const moves: Readonly<Record<string, () => void>> = {
      '/': () => toolbar.search.focus(),
      ...(!isMoving && {
        ArrowLeft: () => model.goTo(index - 1),
        ArrowUp: () => model.goTo(index - 1),
        ArrowRight: () => model.goTo(index + 1),
        ArrowDown: () => model.goTo(index + 1),
        Home: () => model.goTo(0),
        End: () => model.goTo((selected?.steps.length ?? 0) - 1),
        Escape: () => model.goTo(undefined),
      }),
    };
    const move = Object.keys(moves).includes(event.key) ? moves[event.key] : undefined;
    if (!move) return;
    event.preventDefault();
    move();
  };
  // on the element, not in it: a viewer that is the whole page hears keys that nothing in it has the focus for
  host.addEventListener('keydown', hearKey);
  shell.addEventListener('dragover', (event) => {
    event.preventDefault();
    shell.classList.add('is-dropping');
  });
  shell.addEventListener('dragleave', () => shell.classList.remove('is-dropping'));
  shell.addEventListener('drop', (event) => {
    event.preventDefault();
    shell.classList.remove('is-dropping');
    for (const file of event.dataTransfer?.files ?? []) void file.text().then((text) => open(text, file.name));
  });

  // apps answer it; other viewers on the same channel do not
  const greet = () => line.channel?.send({ version: inspectVersion, type: 'hello' });
  const hear = (given: unknown) => {
    const read = readMessage(given);
    if (read.is === 'message') model.hear(read.message, Date.now());
    else if (read.is === 'foreign')
      model.say(
        `An app speaks version ${read.version} of the inspector's protocol; this viewer knows version ${inspectVersion}. Use the viewer of the app's connection-machine.`,
      );
  };
  line.channel = source?.(hear, greet);
  greet();
  render();

  return {
    open: (report, name = '') => model.open(report, name),
    close() {
      isClosed = true;
      cancelAnimationFrame(frame);
      host.removeEventListener('keydown', hearKey);
      line.channel?.close();
      chart.close();
      now.close();
      root.replaceChildren();
    },
  };
}
