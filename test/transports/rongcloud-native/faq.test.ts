import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { shapes } from './support/fakeEngine.ts';
import { nativeWorld } from './support/nativeWorld.ts';

// What the FAQ promises, with RongCloud's native SDK under the brain.

describe.each(shapes)('over the wrapper for %s', (shape) => {
  it('the secret was refreshed: the old token is refused, a new one is asked for, and the user is in', async () => {
    const world = nativeWorld({ shape, token: 'old' });
    world.native.server.answer = (token) => (token === 'old' ? 31004 : { userId: 'ann' });
    await world.connect();
    await world.clock.advance(1_000);
    expect(world.snapshot).toMatchObject({ status: 'connected', userId: 'ann', database: 'opened' });
    expect(world.requests).toEqual(['incorrect']);
    expect(world.names).toEqual(['databaseOpened', 'tokenRenewed', 'connected']);
    expect(world.native.calls).toEqual(['connect old 5', 'disconnect true', 'connect token-1 5']);
  });
});

describe('tokens', () => {
  it('the secret is refreshed while the user is in', async () => {
    const world = nativeWorld();
    await world.connect();
    world.native.refuseToken();
    await world.clock.advance(1_000);
    expect(world.snapshot.status).toBe('connected');
    expect(world.requests).toEqual(['initial', 'incorrect']);
  });

  it('an App Server that keeps giving refused tokens ends in failed, not in a loop', async () => {
    const world = nativeWorld();
    world.native.server.answer = () => 31004;
    await world.connect();
    await world.clock.advance(600_000);
    expect(world.snapshot).toMatchObject({ status: 'failed', failure: { kind: 'tokenIncorrect', code: 31004 } });
    expect(world.requests).toHaveLength(4);
  });

  it('are nowhere to be read, even when the SDK quotes them', async () => {
    const world = nativeWorld({ token: 'sesame-1' });
    const seen: unknown[] = [];
    world.connection.on('change', (change) => void seen.push(change));
    world.engine.connect = async (token) => {
      throw Object.assign(new Error(`bad token ${token}`), { code: token, userInfo: { token, url: `?t=${encodeURIComponent(token)}` } });
    };
    world.engine.disconnects = () => Promise.reject(new Error('sesame-1'));
    await world.connect({ userWaiting: false });
    expect(world.snapshot.failure?.kind).toBe('unknown');
    await world.disconnect({ logout: true });
    expect(inspect([seen, world.log, world.connection.persist()], { depth: 20 })).not.toContain('sesame-1');
    expect(inspect(seen, { depth: 20 })).toContain('[secret]');
  });
});

describe('a person waits', () => {
  it('and is asked when it takes too long; the answer "again" connects', async () => {
    const world = nativeWorld();
    world.native.server.isReachable = false;
    await world.connect();
    await world.clock.advance(5_000);
    expect(world.snapshot).toMatchObject({ status: 'prompting', failure: { kind: 'timeout' } });
    expect(world.native.state).toBe('idle');
    world.native.server.isReachable = true;
    world.connection.retry();
    await world.clock.advance(100);
    expect(world.snapshot.status).toBe('connected');
    expect(world.names).toEqual(['databaseOpened', 'prompt', 'connected']);
  });

  it('and the SDK itself gives up first (34006): the same question', async () => {
    const world = nativeWorld();
    world.native.isSilent = true;
    await world.connect();
    world.native.callbacks[0]!.error(34006);
    await world.clock.advance(0);
    expect(world.snapshot).toMatchObject({ status: 'prompting', failure: { kind: 'timeout', code: 34006 } });
  });

  it('nobody does: nobody is asked, the SDK has its time, then the brain', async () => {
    const world = nativeWorld();
    world.native.server.isReachable = false;
    await world.connect({ userWaiting: false });
    expect(world.native.calls).toEqual(['connect token-1 0']);
    await world.clock.advance(19_000);
    // at once, and after each of 0.05, 0.25, 0.5, 1, 2, 4, 8 s
    expect(world.native.tries).toBe(8);
    await world.clock.advance(300_000);
    expect(world.names).toEqual(['databaseOpened']);
    expect(world.native.calls.length).toBeGreaterThan(10);
    world.native.server.isReachable = true;
    await world.clock.advance(60_000);
    expect(world.snapshot.status).toBe('connected');
  });
});

describe('the call was accepted and never answered', () => {
  it('the brain ends it and tries again; the silent session is really gone', async () => {
    const world = nativeWorld();
    world.native.isSilent = true;
    await world.connect({ userWaiting: false });
    await world.clock.advance(20_000);
    expect(world.snapshot).toMatchObject({ status: 'waiting', failure: { kind: 'timeout' } });
    expect(world.native.user).toBeUndefined();
    world.native.isSilent = false;
    await world.clock.advance(60_000);
    expect(world.snapshot.status).toBe('connected');
  });
});

describe('the server has spoken', () => {
  it('kicked: only the user connects again', async () => {
    const world = nativeWorld();
    await world.connect();
    world.native.kick();
    await world.clock.advance(600_000);
    expect(world.snapshot).toMatchObject({ status: 'kicked', failure: { kind: 'kicked' } });
    expect(world.native.calls).toEqual(['connect token-1 5', 'disconnect true']);
    await world.connect();
    expect(world.snapshot.status).toBe('connected');
  });

  it.each([
    ['at the door', 31009],
    ['inside', undefined],
  ])('blocked %s: failed', async (_, code) => {
    const world = nativeWorld();
    if (code !== undefined) world.native.server.answer = () => code;
    await world.connect();
    if (code === undefined) world.native.block();
    await world.clock.advance(600_000);
    expect(world.snapshot).toMatchObject({ status: 'failed', failure: { kind: 'blocked' } });
    expect(world.native.state).toBe('idle');
  });

  it('an unknown code: the general branch, with the code kept', async () => {
    const world = nativeWorld();
    world.native.server.answer = () => 39999;
    await world.connect({ userWaiting: false });
    expect(world.snapshot).toMatchObject({ status: 'waiting', failure: { kind: 'unknown', code: 39999 } });
  });
});

describe('the local database', () => {
  it('lets the user in to yesterday’s messages while the server is out of reach', async () => {
    const world = nativeWorld();
    world.native.server.isReachable = false;
    await world.connect();
    expect(world.snapshot).toMatchObject({ status: 'connecting', database: 'opened' });
  });

  it('that cannot be opened (33002) does not stop the connection', async () => {
    const world = nativeWorld();
    world.native.databaseCode = 33002;
    await world.connect();
    expect(world.snapshot).toMatchObject({ status: 'connected', database: 'failed' });
  });
});

describe('the SDK reconnects by itself', () => {
  it('and the brain watches', async () => {
    const world = nativeWorld();
    await world.connect();
    world.native.server.isReachable = false;
    world.native.drop();
    await world.clock.advance(60_000);
    expect(world.snapshot.status).toBe('recovering');
    world.native.server.isReachable = true;
    await world.clock.advance(64_000);
    expect(world.snapshot).toMatchObject({ status: 'connected', userId: 'ann' });
    expect(world.native.calls).toEqual(['connect token-1 5']);
  });

  it('until its waits are longer than the brain’s', async () => {
    const world = nativeWorld();
    await world.connect();
    world.native.server.isReachable = false;
    world.native.drop();
    await world.clock.advance(149_000);
    expect(world.snapshot.status).toBe('recovering');
    await world.clock.advance(1_000);
    expect(world.snapshot.status).toBe('waiting');
    expect(world.native.state).toBe('idle');
    world.native.server.isReachable = true;
    await world.clock.advance(2_000);
    expect(world.snapshot.status).toBe('connected');
  });

  it('on iOS also in the foreground, after the system had dropped it', async () => {
    const world = nativeWorld();
    await world.connect();
    world.native.background();
    world.signals.app(false);
    await world.clock.advance(130_000);
    expect(world.snapshot.status).toBe('recovering');
    world.native.foreground();
    world.signals.app(true);
    await world.clock.advance(100);
    expect(world.snapshot.status).toBe('connected');
    expect(world.native.calls).toEqual(['connect token-1 5']);
  });
});

describe('leaving', () => {
  it('keeps the pushes; signing out stops them', async () => {
    for (const logout of [false, true]) {
      const world = nativeWorld();
      await world.connect();
      await world.disconnect({ logout });
      expect(world.native.push).toBe(!logout);
      expect(world.snapshot.status).toBe('idle');
      expect(world.clock.pending).toBe(0);
      expect(Object.values(world.engine.slots).filter(Boolean)).toEqual([]);
    }
  });

  it('leaves no zombie: whatever was under way, nobody is in afterwards', async () => {
    for (let ms = 0; ms <= 40; ms++) {
      const world = nativeWorld();
      world.connection.connect();
      await world.clock.advance(ms);
      await world.disconnect({ logout: true });
      await world.clock.advance(600_000);
      expect([world.native.state, world.native.user, world.native.push]).toEqual(['idle', undefined, false]);
      expect(world.snapshot.status).toBe('idle');
    }
  });

  it('switching users works, and the wrong one never gets in', async () => {
    let isAnnsTurn = true;
    const world = nativeWorld({ fetchToken: async () => (isAnnsTurn ? 'of ann' : 'of bob') });
    world.native.server.answer = (token) => ({ userId: token === 'of ann' ? 'ann' : 'bob' });
    await world.connect();
    await world.disconnect({ logout: true });
    isAnnsTurn = false;
    await world.connect();
    expect(world.snapshot).toMatchObject({ status: 'connected', userId: 'bob' });
    expect(world.native.calls).toEqual(['connect of ann 5', 'disconnect false', 'connect of bob 5']);
  });

  it('switching users in a hurry works too: the second waits for the first to be gone', async () => {
    let isAnnsTurn = true;
    const world = nativeWorld({ fetchToken: async () => (isAnnsTurn ? 'of ann' : 'of bob') });
    world.native.server.answer = (token) => ({ userId: token === 'of ann' ? 'ann' : 'bob' });
    await world.connect();
    let settle!: (code: number) => void;
    world.engine.disconnects = () => new Promise((resolve) => (settle = resolve));
    void world.connection.disconnect({ logout: true });
    isAnnsTurn = false;
    world.connection.connect({ userWaiting: false });
    // longer than the brain's closeTimeLimit
    await world.clock.advance(9_000);
    expect(world.native.calls).toEqual(['connect of ann 5']);
    settle(0);
    await world.clock.advance(100);
    expect(world.native.calls).toEqual(['connect of ann 5', 'disconnect false', 'connect of bob 0']);
    expect(world.snapshot).toMatchObject({ status: 'connected', userId: 'bob' });
  });

  it('a session of somebody else that the SDK kept over a restart is ended', async () => {
    const world = nativeWorld({ expectedUserId: 'ann' });
    world.native.bringSessionOf('bob');
    await world.connect();
    expect(world.snapshot).toMatchObject({ status: 'connected', userId: 'ann' });
  });

  it('behind the brain’s back: the user is not brought back', async () => {
    const world = nativeWorld();
    await world.connect();
    await world.engine.disconnect(false);
    await world.clock.advance(600_000);
    expect(world.snapshot).toMatchObject({ status: 'failed', failure: { kind: 'forbidden' } });
    expect(world.native.user).toBeUndefined();
  });
});
