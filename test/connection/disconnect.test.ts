import { failure } from 'connection-machine';
import { describe, expect, it } from 'vitest';
import { recordingStore } from '../support/recordingStore.ts';
import { createWorld } from '../support/world.ts';
import { worldIn } from '../support/worldIn.ts';

/** Follows a promise without waiting for it. */
function isSettled(promise: Promise<unknown>) {
  const seen = { yes: false };
  promise.then(
    () => (seen.yes = true),
    () => (seen.yes = true),
  );
  return seen;
}

describe('disconnect', () => {
  it('closes the link within the call, and resolves when it is really closed', async () => {
    const world = await worldIn('connected', { transport: { slowClose: true } });
    const done = isSettled(world.connection.disconnect());
    expect(world.transport.last.state).toBe('closing');
    expect(world.transport.last.request.signal.aborted).toBe(true);
    await world.clock.advance(4_999);
    expect([world.status, done.yes]).toEqual(['closing', false]);
    world.transport.last.settleClose();
    await world.settle();
    expect([world.status, done.yes]).toEqual(['idle', true]);
    expect(world.clock.pending).toBe(0);
  });

  it('resolves when closeTimeLimit has passed, though the link never closes', async () => {
    const world = await worldIn('closing');
    const done = isSettled(world.connection.disconnect());
    await world.clock.advance(4_999);
    expect([world.status, done.yes]).toEqual(['closing', false]);
    await world.clock.advance(1);
    expect([world.status, done.yes]).toEqual(['idle', true]);
    expect(world.clock.pending).toBe(0);
  });

  it('does not wait for the link when closeTimeLimit is 0', async () => {
    const world = await worldIn('connected', { transport: { slowClose: true }, policy: { closeTimeLimit: 0 } });
    const done = isSettled(world.connection.disconnect());
    await world.settle();
    expect([world.status, done.yes]).toEqual(['idle', true]);
  });

  it('called again while closing, resolves together with the first call and closes once', async () => {
    const world = await worldIn('connected', { transport: { slowClose: true } });
    const first = isSettled(world.connection.disconnect());
    const second = isSettled(world.connection.disconnect());
    await world.settle();
    expect([first.yes, second.yes]).toEqual([false, false]);
    world.transport.last.settleClose();
    await world.settle();
    expect([first.yes, second.yes]).toEqual([true, true]);
    expect(world.names).toEqual(['connected', 'disconnected']);
  });

  it('resolves at once when there is nothing to close', async () => {
    const world = createWorld();
    await expect(world.connection.disconnect()).resolves.toBeUndefined();
    expect(world.status).toBe('idle');
  });

  it.each([
    ['closes at once', {}],
    ['closes slowly', { transport: { slowClose: true } }],
    ['is not waited for', { transport: { slowClose: true }, policy: { closeTimeLimit: 0 } }],
    ['never closes', { transport: { slowClose: true }, policy: { closeTimeLimit: 2_000 } }],
  ])('is idle at the very moment at which it resolves, when the link %s', async (how, options) => {
    const world = await worldIn('connected', options);
    const at: string[] = [];
    void world.connection.disconnect().then(() => at.push(world.status));
    if (how === 'closes slowly') world.transport.last.settleClose();
    await world.clock.advance(2_000);
    expect(at).toEqual(['idle']);
  });

  it('right behind connect() opens no link and asks for no token', async () => {
    const world = createWorld();
    world.connection.connect();
    await world.connection.disconnect();
    await world.clock.advance(60_000);
    expect([world.requests.length, world.transport.links.length]).toEqual([0, 0]);
    expect(world.names).toEqual(['disconnected']);
  });

  it('aborts the token request', async () => {
    const world = await worldIn('fetchingToken');
    expect(world.requests[0]?.signal.aborted).toBe(false);
    await world.connection.disconnect();
    expect(world.requests[0]?.signal.aborted).toBe(true);
    expect(world.clock.pending).toBe(0);
  });

  it('ends a wait, and the link that was planned is not opened', async () => {
    const world = await worldIn('waiting');
    await world.connection.disconnect();
    await world.clock.advance(60_000);
    expect(world.transport.links).toHaveLength(1);
    expect(world.status).toBe('idle');
  });

  it('keeps a good token: the next connect() asks for none', async () => {
    const world = await worldIn('connected');
    await world.connection.disconnect();
    await world.connected();
    expect(world.requests).toHaveLength(1);
    expect(world.transport.links.map(({ token }) => token)).toEqual(['token-1', 'token-1']);
  });

  it('forgets the failures and the database of the login', async () => {
    const world = await worldIn('connecting');
    world.transport.last.report.dbOpened();
    world.transport.last.report.error(failure({ kind: 'network' }));
    await world.settle();
    expect(world.connection.getSnapshot()).toMatchObject({ status: 'waiting', database: 'opened', attempt: 1 });
    await world.connection.disconnect();
    expect(world.connection.getSnapshot()).toEqual({ status: 'idle', database: 'closed', attempt: 0 });
  });

  it('while prompting, kicked or failed ends the login too, and says so', async () => {
    for (const status of ['prompting', 'kicked', 'failed'] as const) {
      const world = await worldIn(status);
      await world.connection.disconnect();
      expect(world.connection.getSnapshot()).toEqual({ status: 'idle', database: 'closed', attempt: 0 });
      expect(world.names.at(-1)).toBe('disconnected');
    }
  });

  it('after cancel() closes the database that a cancelled login has left open', async () => {
    const world = await worldIn('connecting');
    world.transport.last.report.dbOpened();
    await world.clock.advance(5_000);
    world.connection.cancel();
    expect(world.connection.getSnapshot()).toMatchObject({ status: 'idle', database: 'opened' });
    await world.connection.disconnect();
    expect(world.connection.getSnapshot()).toMatchObject({ status: 'idle', database: 'closed' });
    expect(world.names).toEqual(['databaseOpened', 'prompt', 'disconnected']);
  });

  it('is waited for by the next link: connect() while closing opens it when the old one has closed', async () => {
    const world = await worldIn('closing');
    const [old] = world.transport.links;
    world.connection.connect();
    await world.clock.advance(1_000);
    expect(world.status).toBe('connecting');
    expect(world.transport.links).toHaveLength(1);
    old?.settleClose();
    await world.settle();
    expect(world.transport.links).toHaveLength(2);
    expect(world.transport.mostLive).toBe(1);
  });

  it('is waited for no longer than closeTimeLimit', async () => {
    const world = await worldIn('closing');
    world.connection.connect({ userWaiting: false });
    await world.clock.advance(4_999);
    expect(world.transport.links).toHaveLength(1);
    await world.clock.advance(1);
    expect(world.transport.links).toHaveLength(2);
    world.transport.last.report.success({ userId: 'alice' });
    await world.settle();
    expect(world.status).toBe('connected');
  });

  it('resolves also when connect() comes while it closes', async () => {
    const world = await worldIn('connected', { transport: { slowClose: true } });
    const done = isSettled(world.connection.disconnect());
    await world.settle();
    world.connection.connect();
    await world.settle();
    expect(done.yes).toBe(false);
    world.transport.last.settleClose();
    await world.settle();
    expect(done.yes).toBe(true);
  });

  it('in any rhythm with connect() leaves exactly one link', async () => {
    const world = createWorld({ transport: { slowClose: true } });
    for (let round = 0; round < 10; round++) {
      world.connection.connect();
      if (round % 3 === 0) await world.settle();
      void world.connection.disconnect();
      if (round % 2 === 0) await world.settle();
      if (world.transport.links.length > 0) world.transport.last.settleClose();
    }
    world.connection.connect();
    await world.settle();
    expect(world.status).toBe('connecting');
    expect([world.transport.live, world.transport.mostLive]).toEqual([1, 1]);
  });

  it('of a login that died waits for the dead link too', async () => {
    const world = await worldIn('connected', { transport: { slowClose: true } });
    world.transport.last.report.error(failure({ kind: 'network' }));
    await world.settle();
    expect([world.status, world.transport.last.state]).toEqual(['waiting', 'closing']);
    const done = isSettled(world.connection.disconnect());
    await world.settle();
    expect(done.yes).toBe(false);
    world.transport.last.settleClose();
    await world.settle();
    expect([world.status, done.yes]).toEqual(['idle', true]);
  });
});

describe('logout', () => {
  it('tells the link that the user signs out; a mere disconnect tells it that they do not', async () => {
    for (const logout of [true, false]) {
      const world = await worldIn('connected');
      await world.connection.disconnect({ logout });
      expect(world.transport.last.logout).toBe(logout);
    }
    const world = await worldIn('connected');
    await world.connection.disconnect();
    expect(world.transport.last.logout).toBe(false);
  });

  it('is not told to a link that ends for another reason', async () => {
    const world = await worldIn('connected');
    world.transport.last.report.error(failure({ kind: 'network' }));
    await world.settle();
    expect(world.transport.last.logout).toBe(false);
  });

  it('forgets the token, in memory and in the store', async () => {
    const tokenStore = recordingStore();
    const world = await worldIn('connected', { tokenStore });
    expect(tokenStore.kept).toBe('token-1');
    await world.connection.disconnect({ logout: true });
    expect(tokenStore.kept).toBeUndefined();
    await world.connected();
    expect(world.requests.map(({ reason }) => reason)).toEqual(['initial', 'initial']);
    expect(world.transport.last.token).toBe('token-2');
  });

  it('forgets a token that was given as an option, or pushed, before any connect()', async () => {
    const tokenStore = recordingStore();
    const world = createWorld({ token: 'kept', tokenStore });
    world.connection.setToken('pushed');
    await world.connection.disconnect({ logout: true });
    expect(tokenStore.kept).toBeUndefined();
    world.connection.connect();
    await world.settle();
    expect(world.transport.last.token).toBe('token-1');
  });

  it('while closing makes a signing out of the leaving', async () => {
    const tokenStore = recordingStore();
    const world = await worldIn('closing', { tokenStore });
    const done = world.connection.disconnect({ logout: true });
    world.transport.last.settleClose();
    await world.settle();
    await done;
    expect(tokenStore.kept).toBeUndefined();
    world.connection.connect();
    await world.settle();
    expect(world.requests).toHaveLength(2);
  });

  it('resolves when the store has been cleared', async () => {
    let cleared = false;
    const world = await worldIn('connected', {
      tokenStore: {
        load: () => null,
        save: () => undefined,
        clear: async () => {
          await undefined;
          await undefined;
          cleared = true;
        },
      },
    });
    await world.connection.disconnect({ logout: true });
    expect(cleared).toBe(true);
  });

  it('inside a listener resolves when the store has been cleared, too', async () => {
    let cleared = false;
    const seen: boolean[] = [];
    const world = createWorld({
      tokenStore: {
        ...recordingStore(),
        clear: () => new Promise<void>((resolve) => world.clock.setTimeout(() => ((cleared = true), resolve()), 100)),
      },
    });
    world.connection.on('connected', async () => {
      await world.connection.disconnect({ logout: true });
      seen.push(cleared);
    });
    await world.connected();
    await world.clock.advance(1_000);
    expect(seen).toEqual([true]);
  });

  it('is not undone by a token that arrives too late', async () => {
    let answer: (token: string) => void = () => undefined;
    const tokenStore = recordingStore();
    const world = createWorld({ tokenStore, fetchToken: () => new Promise((resolve) => (answer = resolve)) });
    world.connection.connect();
    await world.settle();
    await world.connection.disconnect({ logout: true });
    answer('late');
    await world.settle();
    expect(tokenStore.kept).toBeUndefined();
    expect(tokenStore.calls.at(-1)).toBe('clear');
  });
});

describe('await using', () => {
  it('disconnects at the end of the block, and waits for it', async () => {
    const world = createWorld();
    {
      await using connection = world.connection;
      connection.connect();
      await world.settle();
      world.transport.last.report.success({ userId: 'alice' });
      expect(world.status).toBe('connected');
    }
    expect(world.status).toBe('idle');
    expect(world.transport.live).toBe(0);
    expect(world.clock.pending).toBe(0);
  });

  it('is no logout', async () => {
    const tokenStore = recordingStore();
    const world = await worldIn('connected', { tokenStore });
    await world.connection[Symbol.asyncDispose]();
    expect(world.transport.last.logout).toBe(false);
    expect(tokenStore.kept).toBe('token-1');
  });
});
