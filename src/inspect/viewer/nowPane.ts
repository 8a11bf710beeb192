import { make, setText } from './dom.ts';
import { durationOf } from '../durationOf.ts';
import { statusOf, timeOf, valueOf } from './format.ts';
import type { InspectedTimer, Plain } from '../InspectMessage.ts';
import type { Model } from './createModel.ts';

/** `#1 #2`, the newest few. */
const numbersOf = (tokens: Plain | undefined) =>
  Array.isArray(tokens) && tokens.length > 0
    ? tokens
        .slice(-3)
        .map((one) => `#${one}`)
        .join(' ')
    : 'none';

/** What each timer of our chart is for. */
const purposes: Readonly<Record<string, string>> = {
  timeLimit: 'until the waiting person is asked',
  attemptTimeLimit: 'until this attempt has failed',
  tokenTimeLimit: 'until the token request has failed',
  closeTimeLimit: 'until the link is left to itself',
  stableAfter: 'until failures are forgotten',
  verifyTimeLimit: 'until the silent link is replaced',
  recoveryTimeLimit: 'until the brain takes over from the SDK',
  untilRetry: 'until the next attempt',
  untilRenewal: 'until the token is renewed',
};

/** Where the selected connection stands, in words, and what is waited for. */
export function createNowPane() {
  const status = make('p', { class: 'status', role: 'status', 'aria-live': 'polite' });
  const when = make('p', { class: 'when soft' });
  const failure = make('div', { class: 'failure', hidden: true });
  const facts = make('dl', { class: 'facts' });
  const timers = make('ul', { class: 'timers' });
  const element = make(
    'section',
    { class: 'now', 'aria-label': 'Now' },
    make('div', { class: 'now-head' }, status, when),
    failure,
    timers,
    facts,
  );
  let bars: { readonly timer: InspectedTimer; readonly left: HTMLElement; readonly bar: HTMLProgressElement }[] = [];
  let shownTimers: readonly InspectedTimer[] | undefined;
  let ticking: ReturnType<typeof setInterval> | undefined;
  let now: () => number = Date.now;

  const tick = () => {
    for (const { timer, left, bar } of bars) {
      const rest = Math.max(0, timer.dueAt - now());
      setText(left, rest >= 60_000 ? durationOf(rest) : `${(rest / 1_000).toFixed(1)} s`);
      bar.value = timer.dueAt > timer.startedAt ? rest / (timer.dueAt - timer.startedAt) : 0;
    }
  };
  const fact = (name: string, value: string) => make('div', {}, make('dt', {}, name), make('dd', {}, value));

  return {
    element,
    render({ selected, moment, cursor }: Model) {
      element.hidden = !moment;
      if (!selected || !moment) return stopTicking();
      const { state, at } = moment;
      const { memory } = state;
      const isLive = cursor === undefined && !selected.isReport;
      const word = statusOf(selected.isOurs, state);
      setText(status, word);
      status.dataset['status'] = selected.isOurs ? word : 'foreign';
      setText(when, isLive ? (selected.isOver ? 'ended' : 'now') : `at ${timeOf(at)}`);
      showFailure(memory['failure']);
      if (selected.isOurs) {
        const restOf = (region: string) => state.active.find((path) => path.startsWith(`${region}.`))?.slice(region.length + 1) ?? '';
        facts.replaceChildren(
          fact('user', valueOf(memory['userId'])),
          fact('database', restOf('database')),
          fact('network', restOf('network')),
          fact('person', restOf('person')),
          fact('renewal', restOf('renewal')),
          fact('failed attempts', valueOf(memory['attempt'])),
          fact('renewals in a row', valueOf(memory['renewals'])),
          fact('token', valueOf(memory['token']).replace('token ', '')),
          fact('refused tokens', numbersOf(memory['refusedTokens'])),
        );
      } else facts.replaceChildren(...Object.entries(memory).map(([name, value]) => fact(name, valueOf(value))));
      now = isLive && !selected.isOver ? () => Date.now() - selected.offset : () => at;
      showTimers(state.timers);
      tick();
      if (isLive && !selected.isOver && bars.length > 0) ticking ??= setInterval(tick, 100);
      else stopTicking();
    },
    close: () => stopTicking(),
  };

  function stopTicking(): void {
    clearInterval(ticking);
    ticking = undefined;
  }
  function showFailure(value: Plain | undefined): void {
    failure.hidden = value === undefined;
    const { message = '', retryAfter } = Object(value) as { readonly [name: string]: Plain };
    const hint = typeof retryAfter === 'number' ? ` Not before ${durationOf(retryAfter)}.` : '';
    failure.replaceChildren(make('strong', {}, valueOf(value)), make('span', {}, ` ${valueOf(message)}${hint}`));
  }
  function showTimers(running: readonly InspectedTimer[]): void {
    if (running === shownTimers) return;
    shownTimers = running;
    bars = running.map((timer) => {
      const left = make('span', { class: 'left' });
      const bar = make('progress', { max: '1', 'aria-label': timer.name });
      return { timer, left, bar };
    });
    timers.replaceChildren(
      ...bars.map(({ timer, left, bar }) =>
        make(
          'li',
          {},
          make('code', {}, timer.name),
          make('span', { class: 'soft purpose' }, purposes[timer.name] ?? `of ${timer.state}`),
          left,
          bar,
        ),
      ),
    );
  }
}
