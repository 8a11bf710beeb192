import { createConnection, type ConnectionEvents, type TokenAnswer } from 'connection-machine';
import { controlledClock, manualSignals } from 'connection-machine/testing';
import type { Scheduler } from 'fast-check';
import { createTurns } from './createTurns.ts';
import { racingTransport } from './racingTransport.ts';
import { watchChanges } from './watchChanges.ts';
import type { Act, Race } from './Race.ts';

/** The laws that a race is checked for. */
export const racedLaws: readonly number[] = [1, 2, 3, 4, 7, 11, 13, 15, 17, 21, 22];

/** ms that are enough for every limit and every wait. */
const patience = 600_000;
/** ms that pass before the scheduler has its say again: less than any limit. */
const step = 500;

/**
 * A connection whose every answer is in the hands of fast-check's scheduler: tokens, reports, closes, verifications, renewals, the token store, and
 * each call and signal. It keeps count of what the laws forbid.
 */
export function raceWorld(scheduler: Scheduler, { lines, links, answers, listeners = {}, isStored = false, expires = false }: Race) {
  const clock = controlledClock();
  const signals = manualSignals();
  const turns = createTurns(scheduler, clock, answers);
  const { log } = turns;
  const problems: string[] = [];
  const blame = (problem: string) => void problems.push(problem);
  let [asked, issued, logins, databases] = [0, 0, 0, 0];
  let isOnline = true;
  let isStoreGivenUp = false;
  /** of connect(), disconnect() and setToken() */
  let calls = 0;
  let stored: TokenAnswer | undefined = isStored ? 'stored' : undefined;

  const racing = racingTransport({ turns, clock, links, blame, atOpen: () => watch.begins('a link') });
  const connection = createConnection({
    clock,
    signals,
    random: () => 0.5,
    policy: { maxTokenRenewals: 50, maxTokenRenewalsPerHour: 500 },
    logger: {
      error(message, detail) {
        if (message.includes('tokenStore')) isStoreGivenUp = true;
        // whoever fails or takes too long is told of, and that is all
        if (message.includes('chart') || !(answers || /no answer within/.test(String(detail)))) blame(`${message} ${String(detail)}`);
      },
    },
    tokenStore: {
      load: async () => (await turns.answer('loaded'), stored),
      save: (token) => turns.answer('saved', (how) => how === 'well' && (stored = token)),
      clear: () => turns.answer('cleared', (how) => how === 'well' && (stored = undefined)),
    },
    async fetchToken({ reason, signal }) {
      const isRenewal = reason === 'expiring';
      if (signal.aborted) blame('law 7: a token request that is over before it begins');
      if (!isRenewal) watch.begins('a token request');
      if (++asked > 1) blame('law 7: two token requests at a time');
      const ended = () => void (asked -= 1);
      signal.addEventListener('abort', ended);
      const token = `token-${++issued}`;
      try {
        await turns.answer('token', undefined, isRenewal ? 'next token' : 'token');
      } finally {
        signal.removeEventListener('abort', ended);
        if (!signal.aborted) ended();
      }
      if (signal.aborted) {
        log.push('token, too late');
        racing.ignore(token);
      }
      return expires && issued === 1 ? { token, expiresAt: clock.now() + 20_000 } : token;
    },
    transport: racing.transport,
  });
  const isOffline = () => !isOnline && signals.listeners > 0;
  const watch = watchChanges({ connection, blame, isOffline, asked: () => asked, living: racing.living });
  connection.on('databaseOpened', () => {
    databases += 1;
    if (databases > logins) blame('law 17: a database is announced twice in a login');
  });

  const leave = async (logout: boolean) => {
    watch.acted();
    const call = ++calls;
    await connection.disconnect({ logout });
    // whoever came back meanwhile has not left, and a token that came meanwhile is still to be stored
    if (call !== calls) return;
    const { status } = connection.getSnapshot();
    const left = [status, racing.living(), asked, clock.pending, signals.listeners].join();
    if (left !== 'idle,0,0,0,0') blame(`law 2: after disconnect() status, links, requests, timers and listeners are ${left}`);
  };
  const come = (userWaiting: boolean) => {
    const { status } = connection.getSnapshot();
    // a disconnect() that a listener has called is still to come
    if (status === 'idle' || status === 'closing' || isTelling) logins += 1;
    watch.acted();
    calls += 1;
    connection.connect({ userWaiting });
  };
  const network = (online: boolean) => {
    isOnline = online;
    signals.network(online);
  };
  const acts: Readonly<Record<Act, () => unknown>> = {
    connect: () => come(true),
    'connect silently': () => come(false),
    disconnect: () => void leave(false),
    'log out': () => void leave(true),
    retry: () => connection.retry(),
    cancel: () => connection.cancel(),
    'set token'() {
      calls += 1;
      connection.setToken(`pushed-${++issued}`);
    },
    offline: () => network(false),
    online: () => network(true),
    woke: () => signals.woke(60_000),
    '5 s pass': () => clock.advance(5_000),
    '10 s pass': () => clock.advance(10_000),
    speak: () => racing.speak(),
  };
  const act = (what: Act) => {
    log.push(what);
    return acts[what]();
  };

  let isTelling = false;
  for (const [name, some] of Object.entries(listeners)) {
    const stop = connection.on(name as keyof ConnectionEvents, () => {
      stop();
      isTelling = true;
      for (const what of some) act(what);
      isTelling = false;
    });
  }
  for (const line of lines) {
    // eslint-disable-next-line typescript/require-await -- the scheduler wants a promise
    scheduler.scheduleSequence(line.map((what) => ({ label: what, builder: async () => void (await act(what)) })));
  }

  return {
    connection,
    clock,
    log,
    problems,
    /** What a reload would find. What a store does that has failed, or was too slow to be waited for, is its own affair. */
    stored: () => (isStoreGivenUp ? undefined : stored),
    living: racing.living,
    opened: racing.opened,
    /** All that is scheduled happens, in the scheduler's order, and then time passes until no timer waits any more. */
    async settle() {
      await scheduler.waitIdle();
      for (let passed = 0; clock.pending > 0 && passed < patience; passed += step) {
        await clock.advance(step);
        turns.wake();
        await scheduler.waitIdle();
      }
      const { status } = connection.getSnapshot();
      if (clock.pending > 0) blame(`${status}: it does not come to rest`);
      if (status === 'idle' && signals.listeners + asked > 0) blame('law 2: idle, and something runs');
      watch.end();
    },
    /** Whatever was closed speaks once more, and must not be heard. */
    async hearTheDead() {
      const before = connection.getSnapshot();
      racing.haunt();
      await clock.advance(0);
      if (connection.getSnapshot() !== before) blame('law 3: a dead link is heard');
    },
  };
}

/** What was called last, of all that comes and goes. */
export function wish(log: readonly string[]): 'connect' | 'disconnect' | 'log out' | undefined {
  const last = log.findLast((what) => /^(connect|disconnect|log out)/.test(what));
  return last === 'connect silently' ? 'connect' : (last as 'connect' | 'disconnect' | 'log out' | undefined);
}
