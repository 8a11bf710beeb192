import { ConnectionOptionError, createConnection, defaultPolicy, type ConnectionOptions } from 'connection-machine';
import { describe, expect, it } from 'vitest';
import { controlledClock, fakeTransport } from 'connection-machine/testing';

const good: ConnectionOptions = { transport: fakeTransport(), fetchToken: async () => 'token', signals: false, clock: controlledClock() };

/** Something secret that must not come back in an error message. */
const secret = 'eyJhbGciOi-secret';

const caught = (call: () => unknown): unknown => {
  try {
    call();
  } catch (problem) {
    return problem;
  }
  return undefined;
};

const wrong: [option: string, values: unknown[]][] = [
  ['transport', [undefined, null, 5, secret, {}, { open: secret }, () => undefined]],
  ['fetchToken', [undefined, null, 5, secret, {}, Promise.resolve(secret)]],
  ['token', [null, 5, '', {}, { token: secret }, [secret], 'x'.repeat(128 * 1024 + 1)]],
  ['tokenStore', [null, 5, secret, {}, { load() {}, save() {} }, { load() {}, save() {}, clear: secret }]],
  ['restore', [5, secret, true, () => undefined]],
  ['expectedUserId', [null, 5, '', {}, true]],
  ['policy', [null, 5, secret, true, () => undefined]],
  ['signals', [null, true, 5, secret, {}, { subscribe: secret }]],
  ['clock', [null, 5, secret, {}, { now: Date.now }, Date]],
  ['random', [null, 5, 0.5, secret, {}]],
  ['inspect', [null, 5, true, secret]],
  ['logger', [null, 5, true, secret]],
];

const rows = wrong.flatMap(([option, values]) => values.map((value, index) => ({ option, value, what: `wrong value ${index + 1}` })));

describe('a bad option', () => {
  it.each(rows)('is named: $option, $what', ({ option, value }) => {
    const problem = caught(() => createConnection({ ...good, [option]: value } as ConnectionOptions)) as ConnectionOptionError;
    expect(problem).toBeInstanceOf(ConnectionOptionError);
    expect(problem).toBeInstanceOf(TypeError);
    expect(problem).toMatchObject({ name: 'ConnectionOptionError', option });
    expect(problem.message).toMatch(new RegExp(`^${option} must be .+, received .+`));
    expect(`${problem.message} ${problem.stack}`).not.toContain(secret);
  });

  it.each([undefined, null, 5, secret])('is "options" when there are none: %s', (options) => {
    const problem = caught(() => createConnection(options as never));
    expect(problem).toMatchObject({ name: 'ConnectionOptionError', option: 'options' });
    expect(String(problem)).not.toContain(secret);
  });

  it('says what is wanted and what was received', () => {
    const messageOf = (options: object) => (caught(() => createConnection({ ...good, ...options })) as Error).message;
    expect(messageOf({ tokenStore: {} })).toBe('tokenStore must be an object with the functions load, save, clear, received object');
    expect(messageOf({ fetchToken: undefined })).toBe('fetchToken must be a function, received undefined');
    expect(messageOf({ token: '' })).toBe('token must be a string of 1 to 131072 characters, received a string of 0');
    expect(messageOf({ policy: { timeLimit: -1 } })).toBe('policy.timeLimit must be a number of at least 0, received -1');
    expect(messageOf({ policy: { timelimit: 1 } })).toContain('policy.timelimit must be absent (there are timeLimit, attemptTimeLimit');
  });

  it.each(Object.keys(defaultPolicy))('is found inside the policy: %s', (name) => {
    for (const value of [-1, NaN, '5000', null, undefined, {}, -Infinity]) {
      const problem = caught(() => createConnection({ ...good, policy: { [name]: value } }));
      expect(problem, String(value)).toMatchObject({ name: 'ConnectionOptionError', option: `policy.${name}` });
    }
  });

  it.each(['attemptTimeLimit', 'tokenTimeLimit', 'backoffMin', 'backoffMax', 'stableAfter', 'verifyTimeLimit', 'recoveryTimeLimit'])(
    'is a policy.%s of 0, which would be a loop without a pause',
    (name) => {
      expect(caught(() => createConnection({ ...good, policy: { [name]: 0 } }))).toMatchObject({ option: `policy.${name}` });
    },
  );

  it.each(['timeLimit', 'closeTimeLimit', 'maxTokenRenewals', 'maxTokenRenewalsPerHour', 'renewBefore'])(
    'is not a policy.%s of 0',
    (name) => {
      expect(caught(() => createConnection({ ...good, policy: { [name]: 0 } }))).toBeUndefined();
    },
  );

  it('is found in the defaults of a transport, and said to be theirs', () => {
    for (const [defaults, option] of [
      [{ timeLimit: 'x' }, 'transport.defaults.timeLimit'],
      [{ heartbeat: 5 }, 'transport.defaults.heartbeat'],
      [5, 'transport.defaults'],
      [null, 'transport.defaults'],
    ] as const) {
      const transport = Object.assign(fakeTransport(), { defaults: defaults as never });
      expect(caught(() => createConnection({ ...good, transport }))).toMatchObject({ name: 'ConnectionOptionError', option });
    }
  });
});

describe('a token of the wrong type', () => {
  it.each([987_654_321, 987_654_321n, ['987654321'], { value: '987654321' }])('is not quoted, though it is no string: case %#', (token) => {
    expect(String(caught(() => createConnection({ ...good, token: token as never })))).not.toContain('987654321');
    expect(String(caught(() => createConnection(good).setToken(token as never)))).not.toContain('987654321');
    expect(String(caught(() => createConnection(good).setToken({ token } as never)))).not.toContain('987654321');
  });
});

describe('a good option', () => {
  it.each([
    ['everything left out', {}],
    [
      'everything undefined',
      Object.fromEntries(
        wrong.map(([option]) => [option, undefined]).filter(([option]) => option !== 'transport' && option !== 'fetchToken'),
      ),
    ],
    ['an empty policy', { policy: {} }],
    ['a policy of Infinity', { policy: Object.fromEntries(Object.keys(defaultPolicy).map((name) => [name, Infinity])) }],
    ['no signals', { signals: false }],
    ['restore null', { restore: null }],
    ['an inspector function', { inspect: () => undefined }],
    ['an inspector object', { inspect: { next: () => undefined } }],
    ['an empty logger', { logger: {} }],
    ['the console as logger', { logger: console }],
    ['the longest token', { token: 'x'.repeat(128 * 1024) }],
  ])('is %s', (_, options) => {
    const connection = createConnection({ ...good, ...options } as ConnectionOptions);
    expect(connection.getSnapshot().status).toBe('idle');
  });

  it('is a transport that is an instance of a class', () => {
    class SdkTransport {
      readonly opened: unknown[] = [];
      open(request: unknown) {
        this.opened.push(request);
        return { close: () => undefined };
      }
    }
    expect(() => createConnection({ ...good, transport: new SdkTransport() })).not.toThrow();
  });
});

describe('a bad argument', () => {
  it.each([
    ['a number', 5],
    ['nothing', undefined],
    ['null', null],
    ['an empty string', ''],
    ['an empty object', {}],
    ['a token of another type', { token: 5 }],
    ['a token too long', 'x'.repeat(128 * 1024 + 1)],
    ['an end that is no time', { token: secret, expiresAt: 'tomorrow' }],
    ['an end that is NaN', { token: secret, expiresAt: NaN }],
  ])('of setToken is named, not quoted, and changes nothing: %s', (_, value) => {
    const connection = createConnection(good);
    const problem = caught(() => connection.setToken(value as never));
    expect(problem).toMatchObject({ name: 'ConnectionOptionError', option: expect.stringMatching(/^setToken: (token|expiresAt)$/) });
    expect(String(problem)).not.toContain(secret);
    expect(connection.getSnapshot()).toEqual({ status: 'idle', database: 'closed', attempt: 0 });
  });
});
