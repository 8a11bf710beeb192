import { failure } from 'connection-machine';
import { describe, expect, it } from 'vitest';
import { createWorld } from '../support/world.ts';
import { worldIn } from '../support/worldIn.ts';

describe('a person who waits', () => {
  it.each(['fetchingToken', 'connecting', 'waiting', 'offline'] as const)(
    'is asked after timeLimit while %s, and everything stops meanwhile',
    async (status) => {
      const world = await worldIn(status);
      await world.clock.advance(4_999);
      expect(world.names).toEqual([]);
      await world.clock.advance(1);
      expect(world.status).toBe('prompting');
      expect(world.connection.getSnapshot().failure).toMatchObject({ kind: 'timeout', code: 'timeLimit' });
      expect(world.transport.live).toBe(0);
      expect(world.clock.pending).toBe(0);
      await world.clock.advance(3_600_000);
      expect(world.names).toEqual(['prompt']);
    },
  );

  it('is asked once for all that the limit runs over: token, attempts and waits', async () => {
    let answer: (token: string) => void = () => undefined;
    const world = createWorld({ fetchToken: () => new Promise((resolve) => (answer = resolve)) });
    world.connection.connect();
    await world.clock.advance(2_000);
    answer('token');
    await world.clock.advance(1_000);
    world.transport.last.report.error(failure({ kind: 'network' }));
    await world.clock.advance(1_999);
    expect(world.status).toBe('connecting');
    expect(world.transport.links).toHaveLength(2);
    await world.clock.advance(1);
    expect(world.status).toBe('prompting');
    expect(world.names).toEqual(['prompt']);
  });

  it('is asked at once when the SDK itself reports a timeout', async () => {
    const world = await worldIn('connecting');
    world.transport.last.report.error(failure({ kind: 'timeout', code: 34006 }));
    await world.settle();
    expect(world.events).toEqual([{ name: 'prompt', event: { failure: { kind: 'timeout', code: 34006 } } }]);
  });

  it('is not asked when attemptTimeLimit passes: the next attempt is planned', async () => {
    const world = await worldIn('connecting', { policy: { attemptTimeLimit: 1_000 } });
    await world.clock.advance(1_000);
    expect(world.connection.getSnapshot()).toMatchObject({ status: 'waiting', failure: { kind: 'timeout', code: 'attemptTimeLimit' } });
    expect(world.names).toEqual([]);
  });

  it('is nobody any more once connected', async () => {
    const world = await worldIn('connected');
    world.transport.last.report.error(failure({ kind: 'network' }));
    await world.clock.advance(3_600_000);
    expect(world.names).toEqual(['connected']);
  });

  it('is somebody again with connect() during a reconnect', async () => {
    const world = await worldIn('connected');
    world.transport.last.report.error(failure({ kind: 'network' }));
    await world.clock.advance(60_000);
    world.connection.connect();
    await world.clock.advance(5_000);
    expect(world.names).toEqual(['connected', 'prompt']);
  });

  it('is somebody again with connect() while the SDK recovers', async () => {
    const world = await worldIn('recovering');
    world.connection.connect();
    await world.clock.advance(5_000);
    expect(world.status).toBe('prompting');
    expect(world.transport.live).toBe(0);
  });

  it('is not made to wait longer by connecting again and again', async () => {
    const world = await worldIn('connecting');
    for (let second = 0; second < 5; second++) {
      await world.clock.advance(999);
      world.connection.connect();
    }
    expect(world.status).toBe('connecting');
    await world.clock.advance(5);
    expect(world.status).toBe('prompting');
  });
});

describe('a silent connect', () => {
  it('never prompts, however long it takes', async () => {
    const world = createWorld();
    world.connection.connect({ userWaiting: false });
    await world.clock.advance(600_000);
    expect(world.names).toEqual([]);
    expect(world.transport.links.length).toBeGreaterThan(5);
  });

  it('goes on trying when the SDK reports a timeout', async () => {
    const world = createWorld();
    world.connection.connect({ userWaiting: false });
    await world.settle();
    world.transport.last.report.error(failure({ kind: 'timeout', code: 34006 }));
    await world.settle();
    expect(world.connection.getSnapshot()).toMatchObject({ status: 'waiting', attempt: 1, failure: { kind: 'timeout', code: 34006 } });
  });

  it('becomes a watched one with connect({ userWaiting: true }), from that moment, without a new link', async () => {
    const world = createWorld();
    world.connection.connect({ userWaiting: false });
    await world.clock.advance(3_000);
    world.connection.connect({ userWaiting: true });
    await world.clock.advance(4_999);
    expect(world.status).toBe('connecting');
    expect(world.transport.links).toHaveLength(1);
    await world.clock.advance(1);
    expect(world.status).toBe('prompting');
  });

  it('does not make a watched one silent', async () => {
    const world = await worldIn('connecting');
    world.connection.connect({ userWaiting: false });
    await world.clock.advance(5_000);
    expect(world.status).toBe('prompting');
  });

  it('from a prompt tries again without asking again', async () => {
    const world = await worldIn('prompting');
    world.connection.connect({ userWaiting: false });
    await world.clock.advance(60_000);
    expect(world.names).toEqual(['prompt']);
    expect(world.transport.links.length).toBeGreaterThan(1);
  });
});

describe('the answers to a prompt', () => {
  it('retry() tries again at once, with a full limit of its own', async () => {
    const world = await worldIn('prompting');
    await world.clock.advance(60_000);
    world.connection.retry();
    await world.clock.advance(4_999);
    expect(world.status).toBe('connecting');
    await world.clock.advance(1);
    expect(world.names).toEqual(['prompt', 'prompt']);
  });

  it('retry() keeps the token that there is', async () => {
    const world = await worldIn('prompting');
    world.connection.retry();
    await world.settle();
    expect(world.requests).toHaveLength(1);
    expect(world.transport.links.map(({ token }) => token)).toEqual(['token-1', 'token-1']);
  });

  it('retry() begins with small waits again', async () => {
    const world = await worldIn('prompting');
    world.connection.retry();
    await world.settle();
    expect(world.connection.getSnapshot().attempt).toBe(0);
    world.transport.last.report.error(failure({ kind: 'network' }));
    await world.settle();
    expect(world.connection.getSnapshot()).toMatchObject({ attempt: 1, retryAt: world.clock.now() + 250 });
  });

  it('retry() comes no earlier than the server wants', async () => {
    const world = await worldIn('connecting');
    world.transport.last.report.error(failure({ kind: 'server', retryAfter: 20_000 }));
    await world.clock.advance(5_000);
    expect(world.status).toBe('prompting');
    world.connection.retry();
    await world.settle();
    expect(world.status).toBe('waiting');
    expect(world.connection.getSnapshot().retryAt).toBeGreaterThanOrEqual(world.clock.now() + 15_000);
  });

  it('retry() while offline waits for the network, and asks again', async () => {
    const world = await worldIn('offline');
    await world.clock.advance(5_000);
    world.connection.retry();
    await world.settle();
    expect(world.status).toBe('offline');
    await world.clock.advance(5_000);
    expect(world.names).toEqual(['prompt', 'prompt']);
  });

  it('connect() is retry()', async () => {
    const world = await worldIn('prompting');
    world.connection.connect();
    await world.clock.advance(5_000);
    expect(world.names).toEqual(['prompt', 'prompt']);
    expect(world.transport.links).toHaveLength(2);
  });

  it('cancel() goes to idle, keeps saying why, and leaves nothing running', async () => {
    const world = await worldIn('prompting');
    world.connection.cancel();
    await world.settle();
    expect(world.connection.getSnapshot()).toMatchObject({ status: 'idle', failure: { kind: 'timeout' } });
    expect([world.clock.pending, world.signals.listeners, world.transport.live]).toEqual([0, 0, 0]);
    expect(world.names).toEqual(['prompt']);
  });

  it('cancel() is followed by a clean connect()', async () => {
    const world = await worldIn('prompting');
    world.connection.cancel();
    world.connection.connect();
    await world.settle();
    expect(world.connection.getSnapshot()).toEqual({ status: 'connecting', database: 'closed', attempt: 0 });
  });

  it('are no answers where nothing was asked', async () => {
    for (const status of ['idle', 'waiting', 'connected', 'kicked', 'failed'] as const) {
      const world = await worldIn(status);
      const before = world.connection.getSnapshot();
      world.connection.retry();
      world.connection.cancel();
      await world.settle();
      expect(world.connection.getSnapshot()).toBe(before);
    }
  });
});
