import { failure, type Connection, type ConnectionEvents, type ConnectionSnapshot } from 'connection-machine';
import { describe, expect, it } from 'vitest';
import { createWorld } from '../support/world.ts';
import { worldIn } from '../support/worldIn.ts';

const names: (keyof ConnectionEvents)[] = [
  'connected',
  'databaseOpened',
  'prompt',
  'tokenRenewed',
  'kicked',
  'failed',
  'disconnected',
  'change',
];

/** Writes down every announcement, and what the snapshot said at that moment. */
function record(connection: Connection) {
  const heard: { name: string; event: unknown; status: string }[] = [];
  connection.subscribe((snapshot) => void heard.push({ name: 'snapshot', event: snapshot, status: connection.getSnapshot().status }));
  for (const name of names) {
    connection.on(name, (event: unknown) => void heard.push({ name, event, status: connection.getSnapshot().status }));
  }
  return heard;
}

describe('events', () => {
  it('connected tells who is in, and tells it again after a reconnect', async () => {
    const world = createWorld();
    await world.connected();
    world.transport.last.report.error(failure({ kind: 'network' }));
    await world.clock.advance(30_000);
    world.transport.last.report.success({ userId: 'alice' });
    await world.settle();
    expect(world.events).toEqual([
      { name: 'connected', event: { userId: 'alice' } },
      { name: 'connected', event: { userId: 'alice' } },
    ]);
  });

  it("databaseOpened carries the SDK's code, and comes before connected when the database does", async () => {
    const world = await worldIn('connecting');
    world.transport.last.report.dbOpened({ ok: true, code: 33002 });
    world.transport.last.report.success({ userId: 'alice' });
    await world.settle();
    expect(world.events).toEqual([
      { name: 'databaseOpened', event: { code: 33002 } },
      { name: 'connected', event: { userId: 'alice' } },
    ]);
  });

  it('databaseOpened has no code when the SDK gives none', async () => {
    const world = await worldIn('connecting');
    world.transport.last.report.dbOpened();
    await world.settle();
    expect(world.events).toEqual([{ name: 'databaseOpened', event: {} }]);
    expect(world.connection.getSnapshot()).toMatchObject({ status: 'connecting', database: 'opened' });
  });

  it('a database that fails is in the snapshot and is no event', async () => {
    const world = await worldIn('connecting');
    world.transport.last.report.dbOpened({ ok: false, code: 33003 });
    await world.settle();
    expect(world.events).toEqual([]);
    expect(world.connection.getSnapshot()).toMatchObject({ status: 'connecting', database: 'failed' });
  });

  it('prompt carries the timeout, with what went wrong last as its cause', async () => {
    const world = await worldIn('waiting');
    const { retryAt } = world.connection.getSnapshot();
    expect(retryAt).toBeTypeOf('number');
    await world.clock.advance(5_000);
    const timeout = {
      kind: 'timeout',
      code: 'timeLimit',
      message: expect.stringContaining('5000 ms (policy.timeLimit)'),
      cause: { kind: 'network', code: 1006 },
    };
    expect(world.events).toEqual([{ name: 'prompt', event: { failure: timeout } }]);
    expect(world.connection.getSnapshot().failure).toEqual(timeout);
  });

  it.each(['kicked', 'failed'] as const)('%s carries the very failure in the snapshot', async (status) => {
    const world = await worldIn(status);
    const { failure: why } = world.connection.getSnapshot();
    expect(world.events.filter(({ name }) => name === status)).toEqual([{ name: status, event: { failure: why } }]);
    expect(why).toMatchObject({ kind: status === 'kicked' ? 'kicked' : 'blocked', code: expect.any(Number) });
  });

  it.each([
    ['tokenIncorrect', 'incorrect'],
    ['tokenExpired', 'expired'],
  ] as const)('tokenRenewed after %s gives the reason %s, before connected', async (kind, reason) => {
    const world = await worldIn('connecting');
    world.transport.last.report.error(failure({ kind }));
    await world.settle();
    world.transport.last.report.success({ userId: 'alice' });
    await world.settle();
    expect(world.events).toEqual([
      { name: 'tokenRenewed', event: { reason } },
      { name: 'connected', event: { userId: 'alice' } },
    ]);
  });

  it('the first token of a login is no renewal', async () => {
    const world = await worldIn('connected');
    expect(world.names).toEqual(['connected']);
  });

  it('disconnected comes once the link is closed, and not before', async () => {
    const world = await worldIn('closing');
    expect(world.names).toEqual(['connected']);
    world.transport.last.settleClose();
    await world.settle();
    expect(world.events).toEqual([
      { name: 'connected', event: { userId: 'alice' } },
      { name: 'disconnected', event: {} },
    ]);
  });

  it('disconnect() with nothing to disconnect announces nothing', async () => {
    const world = createWorld();
    await world.connection.disconnect();
    await world.connection.disconnect({ logout: true });
    expect(world.events).toEqual([]);
  });

  it('disconnected is announced also when connect() cuts the closing short', async () => {
    const world = await worldIn('closing');
    world.connection.connect();
    await world.settle();
    expect(world.names).toEqual(['connected', 'disconnected']);
    expect(world.status).toBe('connecting');
  });

  it('change gives the snapshot before and the snapshot after, and each change follows on the last', async () => {
    const world = createWorld();
    const first = world.connection.getSnapshot();
    const changes: ConnectionEvents['change'][] = [];
    world.connection.on('change', (change) => void changes.push(change));
    await world.connected();
    world.transport.last.report.error(failure({ kind: 'server', retryAfter: 1_000 }));
    await world.clock.advance(2_000);
    await world.connection.disconnect();
    expect(changes[0]?.previous).toBe(first);
    changes.slice(1).forEach(({ previous }, index) => expect(previous).toBe(changes[index]?.current));
    expect(changes.at(-1)?.current).toBe(world.connection.getSnapshot());
    expect(changes.map(({ current }) => current.status)).toEqual([
      'fetchingToken',
      'connecting',
      'connected',
      'waiting',
      'connecting',
      'closing',
      'idle',
    ]);
  });

  it('whoever hears an event finds it in the snapshot already, after subscribers and change', async () => {
    const world = createWorld();
    const heard = record(world.connection);
    await world.connected();
    expect(heard.map(({ name, status }) => `${name} while ${status}`)).toEqual([
      'snapshot while fetchingToken',
      'change while fetchingToken',
      'snapshot while connecting',
      'change while connecting',
      'snapshot while connected',
      'change while connected',
      'connected while connected',
    ]);
  });

  it.each([
    ['kicked', 'kicked'],
    ['blocked', 'failed'],
  ] as const)('an error of kind %s is announced while the snapshot says %s', async (kind, status) => {
    const world = await worldIn('connected');
    const heard = record(world.connection);
    world.transport.last.report.error(failure({ kind }));
    await world.settle();
    expect(heard.map((one) => `${one.name} while ${one.status}`)).toEqual([
      `snapshot while ${status}`,
      `change while ${status}`,
      `${status} while ${status}`,
    ]);
  });

  it('prompt and disconnected are announced while the snapshot says prompting and idle', async () => {
    const world = await worldIn('connecting');
    const heard = record(world.connection);
    await world.clock.advance(5_000);
    await world.connection.disconnect();
    await world.settle();
    expect(
      heard.filter(({ name }) => name === 'prompt' || name === 'disconnected').map(({ name, status }) => `${name} while ${status}`),
    ).toEqual(['prompt while prompting', 'disconnected while idle']);
  });

  it('connected is only announced when the snapshot says so, even when a newer token makes the link outdated at once', async () => {
    const world = await worldIn('connecting');
    const heard = record(world.connection);
    world.connection.setToken('pushed');
    // this link, opened with token-1, cannot take it in band
    world.transport.last.report.success({ userId: 'alice' });
    await world.settle();
    expect(world.transport.links.map(({ token }) => token)).toEqual(['token-1', 'pushed']);
    world.transport.last.report.success({ userId: 'alice' });
    await world.settle();
    const connected = heard.filter(({ name }) => name === 'connected');
    expect(connected.map(({ status }) => status)).toEqual(connected.map(() => 'connected'));
    expect(world.status).toBe('connected');
  });

  it('says nothing when nothing changes', async () => {
    const world = await worldIn('connected');
    const heard = record(world.connection);
    world.connection.connect();
    world.connection.retry();
    world.connection.cancel();
    world.signals.network(true);
    world.signals.app(false);
    world.signals.app(true);
    world.transport.last.report.success({ userId: 'alice' });
    await world.clock.advance(60_000);
    expect(heard).toEqual([]);
  });
});

describe('the snapshot', () => {
  it('starts idle, closed and without a failure', () => {
    expect(createWorld().connection.getSnapshot()).toEqual({ status: 'idle', database: 'closed', attempt: 0 });
  });

  it('is the same object until something in it changes', async () => {
    const world = await worldIn('connected');
    const before = world.connection.getSnapshot();
    world.connection.connect();
    world.connection.setToken('token-1');
    world.signals.app(false);
    // it becomes a stable connection, which nobody sees
    await world.clock.advance(60_000);
    expect(world.connection.getSnapshot()).toBe(before);
    world.transport.last.report.interrupted();
    await world.settle();
    expect(world.connection.getSnapshot()).not.toBe(before);
    expect(before.status).toBe('connected');
  });

  it('is what subscribers are given', async () => {
    const world = createWorld();
    const given: ConnectionSnapshot[] = [];
    world.connection.subscribe((snapshot) => {
      expect(snapshot).toBe(world.connection.getSnapshot());
      given.push(snapshot);
    });
    await world.connected();
    expect(given.map(({ status }) => status)).toEqual(['fetchingToken', 'connecting', 'connected']);
  });

  it('has retryAt only while waiting, and the next attempt begins at that very moment', async () => {
    const world = await worldIn('waiting');
    const { retryAt = NaN, attempt, failure: why } = world.connection.getSnapshot();
    expect(attempt).toBe(1);
    expect(why).toEqual({ kind: 'network', code: 1006 });
    await world.clock.advance(retryAt - world.clock.now() - 1);
    expect(world.status).toBe('waiting');
    await world.clock.advance(1);
    expect(world.connection.getSnapshot()).toEqual({
      status: 'connecting',
      database: 'closed',
      attempt: 1,
      failure: { kind: 'network', code: 1006 },
    });
  });

  it('forgets the failure once connected, and the failed attempts once the connection is stable', async () => {
    const world = await worldIn('waiting');
    await world.clock.advance(1_000);
    world.transport.last.report.success({ userId: 'alice' });
    await world.settle();
    expect(world.connection.getSnapshot()).toEqual({ status: 'connected', database: 'closed', userId: 'alice', attempt: 1 });
    await world.clock.advance(9_999);
    expect(world.connection.getSnapshot().attempt).toBe(1);
    await world.clock.advance(1);
    expect(world.connection.getSnapshot()).toEqual({ status: 'connected', database: 'closed', userId: 'alice', attempt: 0 });
  });

  it('shows longer waits for a link that is accepted and dropped: never less than half of the bound', async () => {
    const waitAfter = async (lasted: number) => {
      const world = await worldIn('connected', { random: () => 0 });
      await world.clock.advance(lasted);
      world.transport.last.report.error(failure({ kind: 'network' }));
      return (world.connection.getSnapshot().retryAt ?? NaN) - world.clock.now();
    };
    expect(await waitAfter(9_999)).toBe(250);
    expect(await waitAfter(10_000)).toBe(0);
  });

  it('is plain data', async () => {
    for (const status of ['waiting', 'prompting', 'kicked', 'failed'] as const) {
      const { connection } = await worldIn(status);
      const snapshot = connection.getSnapshot();
      expect(JSON.parse(JSON.stringify(snapshot))).toEqual(snapshot);
      expect(structuredClone(snapshot)).toEqual(snapshot);
    }
  });
});
