import { ConnectionOptionError, createConnection, type ConnectionOptions } from 'connection-machine';
import { describe, expect, test } from 'vitest';
import { createWorld } from '../support/world.ts';

function wordsOf(call: () => unknown): string {
  try {
    call();
  } catch (problem) {
    expect(problem).toBeInstanceOf(ConnectionOptionError);
    return (problem as Error).message;
  }
  throw new Error('nothing was thrown');
}

/** Whoever has given a wrong option learns what is wanted without opening the docs. */
const rows: [options: unknown, words: string][] = [
  [{ transport: {} }, 'transport must be an object with the functions open, received object'],
  [{ transport: undefined }, 'transport must be an object with the functions open, received undefined'],
  [{ tokenStore: null }, 'tokenStore must be an object with the functions load, save, clear, received null'],
  [{ signals: true }, 'signals must be an object with the functions subscribe, received true'],
  [{ clock: 7 }, 'clock must be an object with the functions now, setTimeout, clearTimeout, received 7'],
  [{ clock: false }, 'clock must be an object with the functions now, setTimeout, clearTimeout, received false'],
  [{ fetchToken: 'no function' }, 'fetchToken must be a function, received a string'],
  [{ random: 0.5 }, 'random must be a function, received 0.5'],
  [{ token: null }, 'token must be a string of 1 to 131072 characters, received null'],
  [{ token: 7 }, 'token must be a string of 1 to 131072 characters, received number'],
  [{ token: '' }, 'token must be a string of 1 to 131072 characters, received a string of 0'],
  [{ expectedUserId: '' }, 'expectedUserId must be a string that is not empty, received a string'],
  [{ expectedUserId: 7 }, 'expectedUserId must be a string that is not empty, received 7'],
  [{ restore: 'text' }, 'restore must be an object that persist() returned, received a string'],
  [{ logger: () => undefined }, 'logger must be an object, received function'],
  [{ inspect: {} }, 'inspect must be a function, or an object with next, received object'],
  [{ inspect: null }, 'inspect must be a function, or an object with next, received null'],
  [{ policy: 7 }, 'policy must be an object of numbers, received 7'],
  [{ policy: { timeLimit: -1 } }, 'policy.timeLimit must be a number of at least 0, received -1'],
  [{ policy: { backoffMin: 0 } }, 'policy.backoffMin must be a number of at least 1, received 0'],
  [
    { policy: { timelimit: Symbol('s') } },
    'policy.timelimit must be absent (there are timeLimit, attemptTimeLimit, tokenTimeLimit, closeTimeLimit, maxTokenRenewals, ' +
      'maxTokenRenewalsPerHour, renewBefore, backoffMin, backoffMax, stableAfter, verifyTimeLimit, recoveryTimeLimit), received symbol',
  ],
];

describe('A wrong option is answered in words that say what is wanted and what was received', () => {
  for (const [options, words] of rows) {
    test(words, () => {
      const { transport, clock } = createWorld();
      const good: ConnectionOptions = { transport, clock, fetchToken: async () => 'token', signals: false };
      expect(wordsOf(() => createConnection(Object.assign(good, options)))).toBe(words);
    });
  }

  test('no options at all', () => {
    expect(wordsOf(() => createConnection(undefined as never))).toBe('options must be an object, received undefined');
    expect(wordsOf(() => createConnection(null as never))).toBe('options must be an object, received null');
  });
});

describe('A wrong argument, too', () => {
  const { connection } = createWorld();

  test('of on()', () => {
    expect(wordsOf(() => connection.on('conected' as never, () => undefined))).toBe(
      'the event name must be one of connected, databaseOpened, prompt, tokenRenewed, kicked, failed, disconnected, change, received a string',
    );
    expect(wordsOf(() => connection.on('connected', undefined as never))).toBe('the listener must be a function, received undefined');
  });

  test('of subscribe()', () => {
    expect(wordsOf(() => connection.subscribe({} as never))).toBe('the listener must be a function, received object');
  });

  test('of setToken()', () => {
    expect(wordsOf(() => connection.setToken({ token: 'good', expiresAt: 'soon' as never }))).toBe(
      'setToken: expiresAt must be a finite number, epoch ms, received a string',
    );
    expect(wordsOf(() => connection.setToken({} as never))).toBe(
      'setToken: token must be a string of 1 to 131072 characters, received undefined',
    );
  });
});
