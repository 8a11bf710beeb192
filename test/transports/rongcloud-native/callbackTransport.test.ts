import { androidCodes, callbackTransport, type SdkCallbacks } from 'connection-machine/transports/rongcloud-native';
import { failure } from 'connection-machine';
import { describe, expect, it, vi } from 'vitest';
import { controlledClock } from 'connection-machine/testing';
import { nativeWorld } from './support/nativeWorld.ts';
import { openAlone } from './support/openAlone.ts';

/** A plugin whose every word is the test's. */
function setUp(options: Partial<Parameters<typeof callbackTransport>[0]> = {}) {
  const clock = controlledClock();
  const calls: SdkCallbacks[] = [];
  const connect = vi.fn<(token: string, timeLimit: number, callbacks: SdkCallbacks) => unknown>(
    (_token, _timeLimit, callbacks) => void calls.push(callbacks),
  );
  const disconnect = vi.fn<(receivePush: boolean) => unknown>();
  const transport = callbackTransport({ connect, disconnect, clock, ...options });
  return {
    clock,
    connect,
    disconnect,
    open: (timeLimit?: number) => openAlone(transport, 'token-1', timeLimit),
    /** A link for which `connect` has been called, and what it was given to call. */
    async openCalled() {
      const link = openAlone(transport);
      await clock.advance(0);
      return { ...link, sdk: calls.at(-1)! };
    },
  };
}

describe('the two sets of names', () => {
  it('Android’s', async () => {
    const { reported, sdk } = await setUp().openCalled();
    sdk.onDatabaseOpened(0);
    sdk.onSuccess('ann');
    sdk.onError(31010);
    expect(reported).toEqual([
      ['dbOpened', { ok: true, code: 0 }],
      ['success', { userId: 'ann' }],
      ['error', { kind: 'kicked', code: 31010, message: 'RC_DISCONN_KICK' }],
    ]);
  });

  it('those of iOS', async () => {
    const { reported, sdk } = await setUp().openCalled();
    const { dbOpened, success, error } = sdk;
    dbOpened(33002);
    success('ann');
    error(31020);
    expect(reported).toEqual([
      ['dbOpened', { ok: false, code: 33002 }],
      ['success', { userId: 'ann' }],
      ['error', { kind: 'tokenExpired', code: 31020, message: 'RC_CONN_TOKEN_EXPIRE' }],
    ]);
  });

  it.each(['onTokenIncorrect', 'tokenIncorrect'] as const)('%s needs no code', async (name) => {
    const { reported, sdk } = await setUp().openCalled();
    sdk[name]();
    sdk.onError(31004);
    expect(reported).toEqual([['error', { kind: 'tokenIncorrect' }]]);
  });
});

describe('what is called back with', () => {
  it.each([
    [undefined, { ok: true }],
    [0, { ok: true, code: 0 }],
    ['0', { ok: true, code: 0 }],
    [{ code: 0 }, { ok: true, code: 0 }],
    ['DATABASE_OPEN_SUCCESS', { ok: true }],
    ['RCDBOpenSuccess', { ok: true }],
    ['DATABASE_OPEN_ERROR', { ok: false }],
    [33002, { ok: false, code: 33002 }],
    [{ code: 33002 }, { ok: false, code: 33002 }],
    [{}, { ok: false }],
    [null, { ok: false }],
  ])('the database with %o is %o', async (status, expected) => {
    const { reported, sdk } = await setUp().openCalled();
    sdk.onDatabaseOpened(status as never);
    expect(reported).toEqual([['dbOpened', expected]]);
  });

  it.each(['ann', { userId: 'ann' }])('a user is %o', async (user) => {
    const { reported, sdk } = await setUp().openCalled();
    sdk.onSuccess(user);
    sdk.onSuccess(user);
    expect(reported).toEqual([['success', { userId: 'ann' }]]);
  });

  it.each([undefined, null, '', 7, {}, { userId: '' }])('a user is not %o', async (user) => {
    const { reported, sdk } = await setUp().openCalled();
    sdk.onSuccess(user as never);
    expect(reported).toEqual([['error', { kind: 'unknown', message: 'success without a userId' }]]);
  });

  const incorrect = { kind: 'tokenIncorrect', code: 31004, message: 'RC_CONN_TOKEN_INCORRECT' };
  const unreadable = { kind: 'unknown', message: 'the SDK gave no code' };
  const thrower = Object.defineProperty({}, 'code', {
    get() {
      throw new Error('a getter threw');
    },
  });
  it.each([
    ['a number', 31004, incorrect],
    ['digits', '31004', incorrect],
    ['a name', 'RC_CONN_TOKEN_INCORRECT', incorrect],
    ['a name without its prefix', 'TOKEN_INCORRECT', incorrect],
    ['{ code }', { code: 31004 }, { ...incorrect, cause: { code: 31004 } }],
    ['{ code } with a name', { code: 'TOKEN_INCORRECT' }, { ...incorrect, cause: { code: 'TOKEN_INCORRECT' } }],
    ['{ errorCode }', { errorCode: 31004 }, { ...incorrect, cause: { errorCode: 31004 } }],
    ['a failure', failure({ kind: 'server', retryAfter: 5 }), { kind: 'server', retryAfter: 5 }],
    ['a failure of no kind', failure({ kind: 'unknown', message: 'odd' }), { kind: 'unknown', message: 'odd' }],
    ['a name in no table', 'E_ODD', { kind: 'unknown', code: 'E_ODD', message: 'a name in no table' }],
    ['a code in no table', 39999, { kind: 'unknown', code: 39999, message: 'a code in no table' }],
    ['nothing', undefined, unreadable],
    ['null', null, unreadable],
    ['no text', '', unreadable],
    ['a function', () => 31004, unreadable],
    ['what cannot be read', thrower, { ...unreadable, cause: thrower }],
  ])('an error is %s', async (_, problem, expected) => {
    const { reported, sdk } = await setUp().openCalled();
    sdk.onError(problem);
    expect(reported).toEqual([['error', expected]]);
  });

  it('codes mean what the given table says', async () => {
    const { reported, sdk } = await setUp({ codes: { kicked: { 7: 'OUT' } } }).openCalled();
    sdk.onError('OUT');
    expect(reported).toEqual([['error', { kind: 'kicked', code: 7, message: 'OUT' }]]);
  });

  it('an interruption ends in success, for whoever was in', async () => {
    const { reported, sdk } = await setUp({ codes: androidCodes }).openCalled();
    sdk.onInterrupted();
    sdk.onSuccess('ann');
    sdk.onInterrupted();
    sdk.onInterrupted(-2);
    sdk.onSuccess();
    sdk.onInterrupted('IPC_DISCONNECT');
    sdk.onSuccess('ann');
    expect(reported).toEqual([
      ['success', { userId: 'ann' }],
      ['interrupted', undefined],
      ['success', { userId: 'ann' }],
      ['interrupted', { kind: 'network', code: -2, message: 'IPC_DISCONNECT' }],
      ['success', { userId: 'ann' }],
    ]);
  });
});

describe('connect and disconnect', () => {
  it.each([
    [undefined, 0],
    [5_000, 5],
    [1_200, 2],
  ])('a time limit of %s ms is passed on as %i s', async (timeLimit, seconds) => {
    const { clock, connect, open } = setUp();
    open(timeLimit);
    await clock.advance(0);
    expect(connect).toHaveBeenCalledWith('token-1', seconds, expect.anything());
  });

  it.each([
    ['a code', () => 31009, 'blocked'],
    ['a promise of a code', async () => ({ code: 31009 }), 'blocked'],
    ['a rejection', () => Promise.reject(Object.assign(new Error('no'), { code: 'USER_BLOCKED' })), 'blocked'],
    [
      'a throw',
      () => {
        throw new Error('no plugin');
      },
      'unknown',
    ],
  ])('connect may refuse by %s', async (_, connect, kind) => {
    const { clock, open } = setUp({ connect });
    const link = open();
    await clock.advance(0);
    expect(link.reported).toEqual([['error', expect.objectContaining({ kind })]]);
  });

  it.each([undefined, 0, '0', 'OK', null, {}, { code: 0 }, true])('connect accepts with %o', async (answer) => {
    const { clock, open } = setUp({ connect: () => answer });
    const link = open();
    await clock.advance(0);
    expect(link.reported).toEqual([]);
  });

  it('disconnect is told whether pushes go on, once, and waited for', async () => {
    for (const logout of [false, true]) {
      let settle!: () => void;
      const disconnect = vi.fn<(receivePush: boolean) => unknown>(() => new Promise<void>((resolve) => (settle = resolve)));
      const { openCalled } = setUp({ disconnect });
      const { close } = await openCalled();
      const closed = close(logout);
      expect(disconnect.mock.calls).toEqual([[!logout]]);
      settle();
      await closed;
    }
  });

  it('the next connect waits for the disconnect', async () => {
    let settle!: () => void;
    const { clock, connect, open, openCalled } = setUp({ disconnect: () => new Promise<void>((resolve) => (settle = resolve)) });
    const first = await openCalled();
    const closed = first.close();
    open();
    await clock.advance(1_000);
    expect(connect).toHaveBeenCalledTimes(1);
    settle();
    await closed;
    await clock.advance(0);
    expect(connect).toHaveBeenCalledTimes(2);
  });
});

describe('under the brain', () => {
  it('a Cordova plugin that passes names: refused, renewed, in, kicked', async () => {
    const world = nativeWorld({
      token: 'old',
      transportOver: (native, clock) =>
        callbackTransport({
          clock,
          connect(token, timeLimit, { onDatabaseOpened, onSuccess, onError }) {
            native.connect(token, timeLimit, {
              databaseOpened: (code) => onDatabaseOpened(code === 0 ? 'DATABASE_OPEN_SUCCESS' : 'DATABASE_OPEN_ERROR'),
              success: (userId) => onSuccess({ userId }),
              error: (code) => onError({ code: code === 31004 ? 'RC_CONN_TOKEN_INCORRECT' : code }),
            });
            native.listener = (status) => status === 'kicked' && onError('RC_DISCONN_KICK');
            return 'OK';
          },
          disconnect: (receivePush) => native.disconnect(receivePush),
        }),
    });
    world.native.server.answer = (token) => (token === 'old' ? 31004 : { userId: 'ann' });
    await world.connect();
    await world.clock.advance(1_000);
    expect(world.snapshot).toMatchObject({ status: 'connected', userId: 'ann', database: 'opened' });
    world.native.kick();
    await world.clock.advance(1_000);
    expect(world.snapshot).toMatchObject({ status: 'kicked', failure: { code: 31010 } });
    expect(world.names).toEqual(['databaseOpened', 'tokenRenewed', 'connected', 'kicked']);
  });
});
