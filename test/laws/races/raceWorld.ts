import type { Scheduler } from 'fast-check';
import {
  createConnection,
  failure,
  type ConnectionSnapshot,
  type FailureKind,
  type TokenAnswer,
  type TransportReport,
} from 'connection-machine';
import { controlledClock, manualSignals } from 'connection-machine/testing';

/** The laws that a race is checked for. */
export const racedLaws: readonly number[] = [1, 2, 3, 4, 7, 17, 21, 22];

/** What a link says, one word after the other, each whenever the scheduler lets it. */
export type Word = 'success' | 'interrupted' | 'dbOpened' | FailureKind;

/** What a person, an app or a platform does, one after the other. */
export type Act =
  | 'connect'
  | 'connect silently'
  | 'disconnect'
  | 'log out'
  | 'retry'
  | 'cancel'
  | 'set token'
  | 'offline'
  | 'online'
  | 'woke';

export interface Race {
  /** Whoever calls and signals: each line in its own order, all of them against each other and against every answer. */
  readonly lines: readonly (readonly Act[])[];
  /** What the links say, the first link first; those that follow say what the last one did. */
  readonly links: readonly (readonly Word[])[];
}

const user = 'alice';

/** ms that are enough for every limit and every wait. */
const patience = 600_000;
/** ms that pass before the scheduler has its say again: less than any limit. */
const step = 500;

/**
 * A connection whose every answer is in the hands of fast-check's scheduler: tokens, reports, closes, verifications, renewals, the token store, and
 * each call and signal. It keeps count of what the laws forbid.
 */
export function raceWorld(scheduler: Scheduler, { lines, links }: Race) {
  const clock = controlledClock();
  const signals = manualSignals();
  /** What has happened, in the order in which it did. */
  const log: string[] = [];
  const problems: string[] = [];
  const changes: { previous: ConnectionSnapshot; current: ConnectionSnapshot }[] = [];
  const dead: TransportReport[] = [];
  const refused = new Set<string>();
  let [live, asked, issued, opened, logins, databases] = [0, 0, 0, 0, 0, 0];
  let stored: TokenAnswer | undefined;

  /** It happens when its turn comes. */
  const whenever = async (label: string, happen: () => unknown = () => undefined): Promise<void> => {
    await scheduler.schedule(Promise.resolve(), label);
    log.push(label);
    happen();
  };

  const connection = createConnection({
    clock,
    signals,
    random: () => 0.5,
    policy: { maxTokenRenewals: 50, maxTokenRenewalsPerHour: 500 },
    logger: { error: (message) => void problems.push(message) },
    tokenStore: {
      load: async () => (await whenever('loaded'), stored),
      save: (token) => whenever('saved', () => (stored = token)),
      clear: () => whenever('cleared', () => (stored = undefined)),
    },
    async fetchToken({ signal }) {
      asked += 1;
      if (asked > 1) problems.push('law 7: two token requests at a time');
      const ended = () => void (asked -= 1);
      signal.addEventListener('abort', ended);
      await whenever('token');
      signal.removeEventListener('abort', ended);
      if (signal.aborted) log.push('token, too late');
      else ended();
      return `token-${++issued}`;
    },
    transport: {
      open(request, report) {
        const token = request.token.reveal();
        if (refused.has(token)) problems.push('law 4: a refused token is sent again');
        if (++live > 1) problems.push('law 1: two links at a time');
        const words = links[Math.min(opened++, links.length - 1)] ?? [];
        const sent = [token];
        let isClosed = false;
        void (async () => {
          for (const word of words) {
            await whenever(word, () => {
              if (word.startsWith('token') && !isClosed) sent.forEach((one) => refused.add(one));
              say(report, word);
            });
          }
        })();
        return {
          close() {
            isClosed = true;
            dead.push(report);
            return whenever('closed', () => (live -= 1));
          },
          verify: () => whenever('verified'),
          async renew(next) {
            if (refused.has(next.reveal())) problems.push('law 4: a refused token is handed to a live link');
            sent.push(next.reveal());
            await whenever('renewed', () => sent.splice(0, sent.length, next.reveal()));
          },
        };
      },
    },
  });
  connection.on('change', (change) => void changes.push(change));
  connection.on('databaseOpened', () => {
    databases += 1;
    if (databases > logins) problems.push('law 17: a database is announced twice in a login');
  });

  const acts: Readonly<Record<Act, () => unknown>> = {
    connect: () => connection.connect(),
    'connect silently': () => connection.connect({ userWaiting: false }),
    disconnect: () => connection.disconnect(),
    'log out': () => connection.disconnect({ logout: true }),
    retry: () => connection.retry(),
    cancel: () => connection.cancel(),
    'set token': () => connection.setToken(`pushed-${++issued}`),
    offline: () => signals.network(false),
    online: () => signals.network(true),
    woke: () => signals.woke(60_000),
  };
  for (const line of lines) {
    scheduler.scheduleSequence(
      line.map((act) => ({
        label: act,
        // eslint-disable-next-line typescript/require-await -- the scheduler wants a promise
        builder: async () => {
          log.push(act);
          const { status } = connection.getSnapshot();
          if (act.startsWith('connect') && (status === 'idle' || status === 'closing')) logins += 1;
          acts[act]();
        },
      })),
    );
  }

  return {
    connection,
    clock,
    log,
    problems,
    changes,
    stored: () => stored,
    live: () => live,
    asked: () => asked,
    /** All that is scheduled happens, in the scheduler's order, and then time passes until no timer waits any more. */
    async settle() {
      await scheduler.waitIdle();
      for (let passed = 0; clock.pending > 0 && passed < patience; passed += step) {
        await clock.advance(step);
        await scheduler.waitIdle();
      }
    },
    /** Whatever was closed speaks once more, and must not be heard. */
    async hearTheDead() {
      const before = connection.getSnapshot();
      for (const report of dead) for (const word of ['dbOpened', 'success', 'kicked', 'tokenIncorrect'] as const) say(report, word);
      await clock.advance(0);
      if (connection.getSnapshot() !== before) problems.push('law 3: a dead link is heard');
    },
  };
}

function say(report: TransportReport, word: Word): void {
  if (word === 'success') report.success({ userId: user });
  else if (word === 'interrupted') report.interrupted();
  else if (word === 'dbOpened') report.dbOpened();
  else report.error(failure({ kind: word }));
}
