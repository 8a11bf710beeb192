import { rongCloudEngineTransport } from 'connection-machine/transports/rongcloud-native';
import { describe, expect, it, vi } from 'vitest';
import { SecretToken } from '../../../machines/connection/SecretToken.ts';
import { controlledClock } from 'connection-machine/testing';
import { fakeEngine, shapes, type Shape } from './support/fakeEngine.ts';
import { fakeNative } from './support/fakeNative.ts';
import { openAlone } from './support/openAlone.ts';

function setUp(shape: Shape = 'React Native') {
  const clock = controlledClock();
  const native = fakeNative(clock);
  const engine = fakeEngine(native, shape);
  const transport = rongCloudEngineTransport(engine, { clock });
  return {
    clock,
    native,
    engine,
    open: (token?: string, timeLimit?: number) => openAlone(transport, token, timeLimit),
    /** A link on which ann is in. */
    async openIn() {
      const link = openAlone(transport);
      await clock.advance(100);
      link.reported.length = 0;
      return link;
    },
  };
}

const databaseOpened = ['dbOpened', { ok: true, code: 0 }];
const annIsIn = ['success', { userId: 'ann' }];

describe.each(shapes)('over the wrapper for %s', (shape) => {
  it('tells of the database first, then who is in', async () => {
    const { clock, open } = setUp(shape);
    const link = open();
    await clock.advance(100);
    expect(link.reported).toEqual([databaseOpened, annIsIn]);
  });

  it('reports a refused token with its code, once, however often it is told', async () => {
    for (const tells of ['callback first', 'status first'] as const) {
      const { clock, native, open } = setUp(shape);
      native.tells = tells;
      native.server.answer = () => 31004;
      const link = open();
      await clock.advance(100);
      expect(link.reported).toHaveLength(2);
      expect(link.reported[1]).toEqual(['error', expect.objectContaining({ kind: 'tokenIncorrect' })]);
    }
  });

  it('goes through an interruption with the user that it knows', async () => {
    const { clock, native, openIn } = setUp(shape);
    const link = await openIn();
    native.drop();
    await clock.advance(100);
    expect(link.reported).toEqual([['interrupted', expect.objectContaining({ kind: 'network' })], annIsIn]);
  });

  it('gives every listener back', async () => {
    const { engine, openIn } = setUp(shape);
    const link = await openIn();
    expect(engine.slots.status).toBeDefined();
    await link.close();
    expect(Object.values(engine.slots).filter((slot) => slot !== undefined)).toEqual([]);
  });
});

describe('the time limit of the SDK', () => {
  it.each([
    [undefined, 0, 'for ever: the brain has limits of its own'],
    [5_000, 5, 'in seconds'],
    [4_001, 5, 'rounded up: the brain asks first'],
    [1, 1, 'at least a second: 0 would be for ever'],
  ])('of %s ms is %s: %s', async (timeLimit, seconds, _) => {
    const { clock, native, open } = setUp();
    open('token-1', timeLimit);
    await clock.advance(0);
    expect(native.calls).toEqual([`connect token-1 ${seconds}`]);
  });

  it('is over: 34006, and the SDK has stopped', async () => {
    const { clock, native, open } = setUp();
    native.server.isReachable = false;
    const link = open('token-1', 5_000);
    await clock.advance(5_000);
    expect(link.reported).toEqual([databaseOpened, ['error', { kind: 'timeout', code: 34006, message: expect.any(String) }]]);
    const { tries } = native;
    await clock.advance(600_000);
    expect(native.tries).toBe(tries);
  });

  it('is absent: the SDK tries by itself, and the link waits in silence', async () => {
    const { clock, native, open } = setUp();
    native.server.isReachable = false;
    const link = open();
    await clock.advance(60_000);
    expect(link.reported).toEqual([databaseOpened]);
    expect(native.tries).toBeGreaterThan(5);
    native.server.isReachable = true;
    await clock.advance(64_000);
    expect(link.reported).toEqual([databaseOpened, annIsIn]);
  });
});

describe('a call that is not accepted', () => {
  it.each([
    ['a code', () => -101, { kind: 'configuration', code: -101 }],
    ['a code that means nothing', () => 99, { kind: 'unknown', code: 99 }],
    [
      'a rejection with a name',
      () => Promise.reject(Object.assign(new Error('engine is null'), { code: 'ENGINE_DESTROYED' })),
      { kind: 'configuration' },
    ],
    [
      'a rejection with digits',
      () => Promise.reject(Object.assign(new Error('engine is nil'), { code: '-102' })),
      { kind: 'configuration', code: -102 },
    ],
    ['a rejection without a code', () => Promise.reject(new Error('no bridge')), { kind: 'unknown', cause: new Error('no bridge') }],
    ['nothing that can be read', () => Promise.reject(undefined), { kind: 'unknown' }],
  ])('is an error at once: %s', async (_, accepts, failure) => {
    const { clock, engine, open } = setUp();
    engine.accepts = accepts;
    const link = open();
    await clock.advance(0);
    expect(link.reported).toEqual([['error', expect.objectContaining(failure)]]);
    await link.close();
  });

  it('is an error when it throws', async () => {
    const { clock, engine, open } = setUp();
    engine.connect = (_token, _timeout, _callback) => {
      throw new TypeError('not a function');
    };
    const link = open();
    await clock.advance(0);
    expect(link.reported).toEqual([
      ['error', { kind: 'unknown', message: 'the SDK gave no code', cause: new TypeError('not a function') }],
    ]);
  });

  it('says nothing once the callback has spoken', async () => {
    const { clock, engine, open } = setUp();
    let answer!: (code: number) => void;
    engine.connect = async (_token, _timeout, callback) => {
      callback.onConnected(0, 'ann');
      return new Promise((resolve) => (answer = resolve));
    };
    const link = open();
    await clock.advance(0);
    answer(34001);
    await clock.advance(0);
    expect(link.reported).toEqual([annIsIn]);
  });
});

describe('a call that is accepted and never answered', () => {
  it('is waited for in silence, and close really ends it', async () => {
    const { clock, native, open } = setUp();
    native.isSilent = true;
    const link = open();
    await clock.advance(600_000);
    expect(link.reported).toEqual([]);
    expect(native.state).toBe('connected');
    await link.close();
    expect(native.state).toBe('idle');
    expect(native.user).toBeUndefined();
  });
});

describe('the local database', () => {
  it.each([
    [0, { ok: true, code: 0 }],
    [33002, { ok: false, code: 33002 }],
    [1, { ok: false, code: 1 }],
  ])('opened with %s is %o, and the connection goes on', async (code, status) => {
    const { clock, native, open } = setUp();
    native.databaseCode = code;
    const link = open();
    await clock.advance(100);
    expect(link.reported).toEqual([['dbOpened', status], annIsIn]);
  });
});

describe('a status', () => {
  const whileIn = [
    [0, 'NETWORK_UNAVAILABLE', 'interrupted', 'network'],
    [2, 'CONNECTING', 'interrupted', undefined],
    [3, 'UNCONNECTED', 'error', 'network'],
    [4, 'KICKED_OFFLINE_BY_OTHER_CLIENT', 'error', 'kicked'],
    [5, 'TOKEN_INCORRECT', 'error', 'tokenIncorrect'],
    [6, 'CONN_USER_BLOCKED', 'error', 'blocked'],
    [7, 'SIGN_OUT', 'error', 'forbidden'],
    [8, 'SUSPEND', 'interrupted', 'network'],
    [9, 'TIMEOUT', 'error', 'timeout'],
    [10, 'UNKNOWN', 'interrupted', 'unknown'],
  ] as const;

  it.each(whileIn)('%i %s while the user is in: %s %s', async (status, _, what, kind) => {
    const { engine, openIn } = setUp();
    const link = await openIn();
    engine.slots.status!(status);
    engine.slots.status!(status);
    expect(link.reported).toEqual([[what, kind && expect.objectContaining({ kind })]]);
  });

  it.each([1, 11, -1, undefined, null, 'SUSPEND', {}, NaN])('%s while the user is in: nothing', async (status) => {
    const { engine, openIn } = setUp();
    const link = await openIn();
    engine.slots.status!(status);
    expect(link.reported).toEqual([]);
  });

  it.each(
    [[0, 1, 2, 3, 7, 8, 10].map((status) => [status, undefined] as const), [4, 5, 6, 9].map((status) => [status, 'error'] as const)].flat(),
  )('%i while the SDK is connecting: %s', async (status, what) => {
    const { clock, engine, open } = setUp();
    const link = open();
    await clock.advance(1);
    link.reported.length = 0;
    engine.slots.status!(status);
    expect(link.reported.map((each) => each[0])).toEqual(what ? [what] : []);
  });

  it('goes to the app too, for the engine has one listener', async () => {
    const clock = controlledClock();
    const native = fakeNative(clock);
    const onStatus = vi.fn<(status: number) => void>();
    for (const shape of shapes) {
      onStatus.mockClear();
      openAlone(rongCloudEngineTransport(fakeEngine(native, shape), { clock, onStatus }));
      await clock.advance(100);
      native.disconnect(true);
      expect(onStatus.mock.calls.flat()).toEqual([2, 1, 7]);
    }
  });
});

describe('after the first error', () => {
  it('the link is mute, whatever the SDK still says', async () => {
    const { native, openIn } = setUp();
    const link = await openIn();
    native.kick();
    native.status('connected');
    native.callbacks[0]!.success('ann');
    native.callbacks[0]!.databaseOpened(33002);
    native.callbacks[0]!.error(31004);
    expect(link.reported).toEqual([['error', expect.objectContaining({ kind: 'kicked' })]]);
  });
});

describe('who is in', () => {
  it.each([undefined, '', 7, null])('is not %o: success without a user is an error', async (userId) => {
    const { clock, native, open } = setUp();
    native.isSilent = true;
    const link = open();
    await clock.advance(0);
    native.callbacks[0]!.success(userId as string);
    expect(link.reported).toEqual([['error', { kind: 'unknown', message: 'success without a userId' }]]);
  });

  it('cannot change within a link', async () => {
    const { native, openIn } = setUp();
    const link = await openIn();
    native.callbacks[0]!.success('ann');
    native.callbacks[0]!.success('bob');
    expect(link.reported).toEqual([['error', expect.objectContaining({ kind: 'wrongUser' })]]);
  });
});

describe('a session that the engine brings along (34001)', () => {
  it('is ended, and the token decides who is in', async () => {
    const { clock, native, open } = setUp();
    native.bringSessionOf('bob');
    const link = open();
    await clock.advance(100);
    expect(native.calls).toEqual(['connect token-1 0', 'disconnect true', 'connect token-1 0']);
    expect(link.reported).toEqual([databaseOpened, annIsIn]);
  });

  it('told by the promise counts as much', async () => {
    const { clock, native, engine, open } = setUp();
    engine.accepts = () => (native.calls.length === 0 ? 34001 : 0);
    const link = open();
    await clock.advance(100);
    expect(native.calls).toEqual(['disconnect true', 'connect token-1 0']);
    expect(link.reported).toEqual([databaseOpened, annIsIn]);
  });

  it('that does not end is an error: once is enough', async () => {
    const { clock, engine, open } = setUp();
    engine.accepts = () => 34001;
    engine.disconnects = () => Promise.reject(new Error('no'));
    const link = open();
    await clock.advance(100);
    expect(link.reported).toEqual([['error', expect.objectContaining({ kind: 'unknown', code: 34001 })]]);
  });

  it('has no say once it is ended, however late its call calls back', async () => {
    const { clock, native, open } = setUp();
    native.bringSessionOf('bob');
    native.isSilent = true;
    const link = open();
    await clock.advance(100);
    expect(native.callbacks).toHaveLength(2);
    native.callbacks[0]!.databaseOpened(33002);
    native.callbacks[0]!.success('bob');
    native.callbacks[0]!.error(34001);
    expect(link.reported).toEqual([]);
    native.callbacks[1]!.success('ann');
    expect(link.reported).toEqual([annIsIn]);
  });

  it('told twice is ended once, and what its call says meanwhile is not heard', async () => {
    const { clock, native, engine, open } = setUp();
    native.bringSessionOf('bob');
    let reject!: (problem: Error) => void;
    const { connect } = engine;
    engine.connect = (token, timeout, callback) => {
      void connect(token, timeout, callback);
      return new Promise((_resolve, no) => (reject = no));
    };
    let settle!: (code: number) => void;
    engine.disconnects = () => new Promise((resolve) => (settle = resolve));
    const link = open();
    await clock.advance(100);
    const rejectFirst = reject;
    native.callbacks[0]!.error(34001);
    native.callbacks[0]!.error(31004);
    settle(0);
    await clock.advance(0);
    rejectFirst(new Error('late'));
    await clock.advance(100);
    expect(native.calls).toEqual(['connect token-1 0', 'disconnect true', 'connect token-1 0']);
    expect(link.reported).toEqual([databaseOpened, annIsIn]);
  });

  it('is not fought over once the user is in', async () => {
    const { native, openIn } = setUp();
    const link = await openIn();
    native.callbacks[0]!.error(34001);
    expect(native.calls).toEqual(['connect token-1 0']);
    expect(link.reported).toEqual([['error', expect.objectContaining({ code: 34001 })]]);
  });

  it('lets the link be closed meanwhile', async () => {
    const { clock, native, engine, open } = setUp();
    native.bringSessionOf('bob');
    let settle!: (code: number) => void;
    engine.disconnects = () => new Promise((resolve) => (settle = resolve));
    const link = open();
    await clock.advance(100);
    const closed = link.close();
    settle(0);
    await clock.advance(100);
    expect(native.calls.filter((call) => call.startsWith('connect'))).toHaveLength(1);
    settle(0);
    await closed;
    expect(link.reported).toEqual([]);
  });
});

describe('close', () => {
  it('keeps push notifications, unless the user signs out', async () => {
    for (const logout of [false, true]) {
      const { native, openIn } = setUp();
      const link = await openIn();
      await link.close(logout);
      expect(native.push).toBe(!logout);
      expect(native.user).toBeUndefined();
    }
  });

  it('in the middle of a connect ends it', async () => {
    const { clock, native, open } = setUp();
    const link = open();
    await clock.advance(5);
    await link.close();
    expect(native.state).toBe('idle');
    await clock.advance(600_000);
    expect(link.reported).toEqual([databaseOpened]);
    expect(native.user).toBeUndefined();
  });

  it('before the connect makes none', async () => {
    const { clock, native, open } = setUp();
    await open().close();
    await clock.advance(600_000);
    expect(native.calls).toEqual([]);
  });

  it('settles when the engine says so', async () => {
    const { engine, openIn } = setUp();
    const link = await openIn();
    let settle!: (code: number) => void;
    engine.disconnects = () => new Promise((resolve) => (settle = resolve));
    const settled = vi.fn<() => void>();
    const closed = link.close().then(settled);
    await Promise.resolve();
    expect(settled).not.toHaveBeenCalled();
    settle(0);
    await closed;
  });

  it.each([
    ['rejects', () => Promise.reject(new Error('no bridge'))],
    ['says no', () => -102],
  ])('is done when the engine %s, but a sign-out that failed is told: pushes may go on', async (_, disconnects) => {
    for (const logout of [false, true]) {
      const { engine, openIn } = setUp();
      const link = await openIn();
      engine.disconnects = disconnects;
      if (logout) await expect(link.close(true)).rejects.toBeDefined();
      else await link.close();
    }
  });

  it('ends a call too that reaches the SDK after its disconnect', async () => {
    const { clock, native, engine, open } = setUp();
    let accept!: (code: number) => void;
    engine.accepts = () => new Promise((resolve) => (accept = resolve));
    const link = open();
    await clock.advance(0);
    const settled = vi.fn<() => void>();
    const closed = link.close(true).then(settled);
    await clock.advance(1_000);
    expect(native.calls).toEqual(['disconnect false']);
    expect(settled).not.toHaveBeenCalled();
    accept(0);
    await clock.advance(1_000);
    await closed;
    expect(native.calls).toEqual(['disconnect false', 'connect token-1 0', 'disconnect false']);
    expect(native.user).toBeUndefined();
  });

  it('leaves a later session alone', async () => {
    const { clock, native, engine, open } = setUp();
    let accept!: (code: number) => void;
    engine.accepts = () => new Promise((resolve) => (accept = resolve));
    const first = open();
    await clock.advance(0);
    void first.close();
    const acceptFirst = accept;
    engine.accepts = () => 0;
    const second = open('token-2');
    await clock.advance(6_000);
    acceptFirst(34001);
    await clock.advance(1_000);
    expect(native.calls).toEqual(['disconnect true', 'connect token-2 0']);
    expect(second.reported).toEqual([databaseOpened, annIsIn]);
  });

  it('from within the listener gives the listener back', async () => {
    const { clock, native, engine } = setUp();
    const listen = engine.setOnConnectionStatusChangedListener;
    engine.setOnConnectionStatusChangedListener = (listener) => {
      listen(listener);
      // some tell at once how it stands
      native.status('kicked');
    };
    const controller = new AbortController();
    const link = rongCloudEngineTransport(engine, { clock }).open(
      { token: new SecretToken('token-1'), signal: controller.signal },
      { dbOpened: vi.fn(), success: vi.fn(), interrupted: vi.fn(), error: () => void link.close() },
    );
    await clock.advance(100);
    expect(native.calls).toEqual([]);
    expect(engine.slots.status).toBeUndefined();
  });

  it('twice is once', async () => {
    const { native, openIn } = setUp();
    const link = await openIn();
    await Promise.all([link.close(), link.close()]);
    expect(native.calls).toEqual(['connect token-1 0', 'disconnect true']);
  });

  it('is followed by silence, and so is an abort', async () => {
    for (const how of ['close', 'abort'] as const) {
      const { native, openIn } = setUp();
      const link = await openIn();
      await link[how]();
      native.status('suspend');
      native.status('kicked');
      native.callbacks[0]!.error(31004);
      native.callbacks[0]!.success('bob');
      native.callbacks[0]!.databaseOpened(33002);
      expect(link.reported).toEqual([]);
    }
  });
});

describe('links take turns on the one SDK', () => {
  it('what an earlier call says late is not heard by the later link', async () => {
    const { clock, native, open, openIn } = setUp();
    await (await openIn()).close();
    const later = open('token-2');
    await clock.advance(5);
    native.callbacks[0]!.error(31004);
    native.callbacks[0]!.success('bob');
    await clock.advance(100);
    expect(later.reported).toEqual([databaseOpened, annIsIn]);
  });

  it('the next waits until the one before has ended, over any transport for the same engine', async () => {
    const { clock, native, engine, openIn } = setUp();
    const first = await openIn();
    const second = openAlone(rongCloudEngineTransport(engine, { clock }), 'token-2');
    await clock.advance(60_000);
    expect(native.calls).toEqual(['connect token-1 0']);
    let settle!: (code: number) => void;
    engine.disconnects = () => new Promise((resolve) => (settle = resolve));
    void first.close();
    await clock.advance(1_000);
    expect(native.calls).toEqual(['connect token-1 0']);
    settle(0);
    await clock.advance(100);
    expect(native.calls).toEqual(['connect token-1 0', 'disconnect true', 'connect token-2 0']);
    expect(second.reported).toEqual([databaseOpened, annIsIn]);
    expect(clock.pending).toBe(0);
  });

  it('one that is closed while it waits gives its place to the next, and leaves nothing behind', async () => {
    const { clock, native, engine, open, openIn } = setUp();
    const first = await openIn();
    await open('token-2').close();
    const third = open('token-3');
    await clock.advance(60_000);
    expect(native.calls).toEqual(['connect token-1 0']);
    await third.close();
    engine.disconnects = () => new Promise(() => undefined);
    void first.close();
    await clock.advance(0);
    expect(clock.pending).toBe(0);
  });

  it('but not for ever: an engine that loses its answer is not lost', async () => {
    const { clock, native, engine, open, openIn } = setUp();
    const first = await openIn();
    engine.disconnects = () => new Promise(() => undefined);
    void first.close();
    await clock.advance(60_000);
    expect(clock.pending).toBe(0);

    // one that was given up while it waited leaves nothing behind
    const second = open('token-2');
    await clock.advance(1_000);
    await second.close();
    expect(clock.pending).toBe(0);

    engine.disconnects = () => 0;
    const third = open('token-3');
    await clock.advance(5_100);
    expect(native.calls).toEqual(['connect token-1 0', 'connect token-3 0', 'disconnect true', 'connect token-3 0']);
    expect(third.reported).toEqual([databaseOpened, annIsIn]);
  });

  it('who signs out while waiting stops the pushes all the same', async () => {
    const { clock, native, engine, open, openIn } = setUp();
    void (await openIn()).close();
    engine.disconnects = () => 0;
    const second = open('token-2');
    await second.close(true);
    await clock.advance(100);
    expect(native.push).toBe(false);
    expect(native.calls).not.toContain('connect token-2 0');
  });
});

describe('in the background', () => {
  it('iOS drops the connection after two minutes, and the SDK makes it again in the foreground', async () => {
    const { clock, native, openIn } = setUp();
    const link = await openIn();
    native.background();
    await clock.advance(600_000);
    expect(link.reported).toEqual([['interrupted', expect.objectContaining({ kind: 'network' })]]);
    native.foreground();
    await clock.advance(100);
    expect(link.reported.at(-1)).toEqual(annIsIn);
  });
});
