import { failure, type Failure, type TransportReport } from 'connection-machine';
import { describe, expect, it } from 'vitest';
import { createWorld } from '../support/world.ts';
import { worldIn } from '../support/worldIn.ts';
import { worldOver } from '../support/worldOver.ts';

/** A world whose transport reports inside `open`, before it has returned a link. */
async function reportingInsideOpen(tell: (report: TransportReport) => void) {
  const closed: string[] = [];
  const world = worldOver({
    open(_, report) {
      tell(report);
      return { close: () => void closed.push('closed') };
    },
  });
  const heard: string[] = [];
  for (const name of ['connected', 'databaseOpened', 'failed', 'kicked'] as const)
    world.connection.on(name, () => void heard.push(`${name}, link ${world.connection.link ? 'there' : 'not there'}`));
  await world.connect({ userWaiting: false });
  return Object.assign(world, { heard, closed });
}

describe('a report inside open', () => {
  it('of success connects, with the link already there', async () => {
    const world = await reportingInsideOpen((report) => report.success({ userId: 'alice' }));
    expect(world.status).toBe('connected');
    expect(world.heard).toEqual(['connected, link there']);
  });

  it('of several things is told in order', async () => {
    const world = await reportingInsideOpen((report) => {
      report.dbOpened();
      report.success({ userId: 'alice' });
      report.interrupted();
      report.success({ userId: 'alice' });
    });
    expect(world.heard).toEqual(['databaseOpened, link not there', 'connected, link there', 'connected, link there']);
  });

  it('of an error ends the link, which is closed', async () => {
    const world = await reportingInsideOpen((report) => report.error(failure({ kind: 'network' })));
    expect(world.status).toBe('waiting');
    expect(world.closed).toEqual(['closed']);
  });

  it('of an error, and then success, is an error', async () => {
    const world = await reportingInsideOpen((report) => {
      report.error(failure({ kind: 'kicked' }));
      report.success({ userId: 'alice' });
    });
    expect(world.status).toBe('kicked');
    expect(world.heard).toEqual(['kicked, link not there']);
  });
});

describe('a report that comes twice', () => {
  it('of success is announced once', async () => {
    const world = await worldIn('connected');
    world.transport.last.report.success({ userId: 'alice' });
    world.transport.last.report.success({ userId: 'mallory' });
    await world.settle();
    expect(world.names).toEqual(['connected']);
    expect(world.connection.getSnapshot().userId).toBe('alice');
  });

  it('of an error is counted once: the first is the last word', async () => {
    const world = await worldIn('connecting');
    const { report } = world.transport.last;
    report.error(failure({ kind: 'network', code: 1006 }));
    report.error(failure({ kind: 'blocked' }));
    report.success({ userId: 'alice' });
    await world.settle();
    expect(world.connection.getSnapshot()).toMatchObject({ status: 'waiting', attempt: 1, failure: { kind: 'network', code: 1006 } });
  });

  it('of a refused token renews it once', async () => {
    const world = await worldIn('connecting');
    const { report } = world.transport.last;
    report.error(failure({ kind: 'tokenIncorrect' }));
    report.error(failure({ kind: 'tokenIncorrect' }));
    await world.settle();
    report.error(failure({ kind: 'tokenIncorrect' }));
    await world.settle();
    expect(world.requests).toHaveLength(2);
    expect(world.transport.links).toHaveLength(2);
    expect(world.status).toBe('connecting');
  });

  it('of an opened database is announced once', async () => {
    const world = await worldIn('connecting');
    world.transport.last.report.dbOpened();
    world.transport.last.report.dbOpened({ ok: true, code: 5 });
    await world.settle();
    expect(world.names).toEqual(['databaseOpened']);
  });

  it('of an interruption is one interruption', async () => {
    const world = await worldIn('recovering');
    const before = world.connection.getSnapshot();
    world.transport.last.report.interrupted(failure({ kind: 'server' }));
    await world.settle();
    expect(world.status).toBe('recovering');
    expect(world.names).toEqual(['connected']);
    expect(before.status).toBe('recovering');
  });
});

describe('a report of a link that is over', () => {
  const everything = (report: TransportReport) => {
    report.dbOpened();
    report.success({ userId: 'mallory' });
    report.interrupted();
    report.error(failure({ kind: 'kicked' }));
  };

  it('changes nothing after disconnect()', async () => {
    const world = await worldIn('connected');
    await world.connection.disconnect();
    const before = world.connection.getSnapshot();
    everything(world.transport.last.report);
    await world.settle();
    expect(world.connection.getSnapshot()).toBe(before);
    expect(world.names).toEqual(['connected', 'disconnected']);
  });

  it('changes nothing while it is being closed', async () => {
    const world = await worldIn('closing');
    const before = world.connection.getSnapshot();
    everything(world.transport.last.report);
    await world.settle();
    expect(world.connection.getSnapshot()).toBe(before);
  });

  it('changes nothing for the link that has taken its place', async () => {
    const world = await worldIn('connected');
    const [old] = world.transport.links;
    old?.report.error(failure({ kind: 'network' }));
    await world.clock.advance(1_000);
    world.transport.last.report.success({ userId: 'alice' });
    await world.settle();
    const before = world.connection.getSnapshot();
    if (old) everything(old.report);
    await world.settle();
    expect(world.connection.getSnapshot()).toBe(before);
    expect(world.transport.links).toHaveLength(2);
  });

  it('changes nothing when it comes out of close() itself', async () => {
    const world = worldOver({
      open: (_, report) => {
        report.success({ userId: 'alice' });
        return {
          close() {
            everything(report);
          },
        };
      },
    });
    await world.connect();
    await world.connection.disconnect();
    expect(world.connection.getSnapshot()).toEqual({ status: 'idle', database: 'closed', attempt: 0 });
  });
});

describe('a report from within a listener', () => {
  it('of an error and then success is an error, though a newer token is waiting for its turn', async () => {
    const world = await worldIn('connecting');
    const { report } = world.transport.last;
    world.connection.setToken('pushed');
    world.connection.on('databaseOpened', () => {
      report.error(failure({ kind: 'tokenIncorrect' }));
      report.success({ userId: 'alice' });
    });
    report.dbOpened();
    await world.settle();
    expect(world.transport.links.map(({ token }) => token)).toEqual(['token-1', 'pushed']);
    expect(world.status).toBe('connecting');
    expect(world.names).not.toContain('connected');
  });

  it('of success, right behind disconnect() and connect(), lets nobody in on the next link', async () => {
    const world = await worldIn('connecting');
    const { report } = world.transport.last;
    const stop = world.connection.on('databaseOpened', () => {
      stop();
      void world.connection.disconnect();
      world.connection.connect();
      report.success({ userId: 'alice' });
    });
    report.dbOpened();
    await world.settle();
    expect(world.status).toBe('connecting');
    expect(world.names).not.toContain('connected');
    expect(world.transport.links).toHaveLength(2);
  });

  it('of an opened database, right behind disconnect(), opens nothing', async () => {
    const world = await worldIn('connecting');
    const { report } = world.transport.last;
    world.connection.on('connected', () => {
      void world.connection.disconnect();
      report.dbOpened();
    });
    report.success({ userId: 'alice' });
    await world.settle();
    expect(world.connection.getSnapshot()).toEqual({ status: 'idle', database: 'closed', attempt: 0 });
    expect(world.names).toEqual(['connected', 'disconnected']);
  });
});

describe('a report of garbage', () => {
  it.each([undefined, null, 5, 'alice', {}, { userId: undefined }, { userId: '' }, { userId: 5 }, { id: 'alice' }, []])(
    'success(%j) lets nobody in',
    async (user) => {
      const world = createWorld();
      world.connection.connect({ userWaiting: false });
      await world.settle();
      world.transport.last.report.success(user as never);
      await world.settle();
      expect(world.connection.getSnapshot()).toMatchObject({ status: 'waiting', attempt: 1, failure: { kind: 'unknown' } });
      expect(world.transport.live).toBe(0);
      expect(world.names).toEqual([]);
    },
  );

  it.each([
    [undefined, 'unknown'],
    [null, 'unknown'],
    ['text', 'unknown'],
    [31004, 'unknown'],
    [{}, 'unknown'],
    [{ kind: 'toString' }, 'unknown'],
    [{ kind: 'network', code: {}, message: 5, retryAfter: '1' }, 'network'],
    [new Error('closed'), 'unknown'],
    [[], 'unknown'],
  ])('error(%j) is a failure of kind %s with nothing senseless in it', async (reason, kind) => {
    const world = createWorld();
    world.connection.connect({ userWaiting: false });
    await world.settle();
    world.transport.last.report.error(reason as Failure);
    await world.settle();
    const { status, failure: why } = world.connection.getSnapshot();
    expect([status, why?.kind]).toEqual(['waiting', kind]);
    expect(['string', 'undefined']).toContain(typeof why?.message);
    expect(why).not.toHaveProperty('retryAfter');
    expect(why).not.toHaveProperty('code');
  });

  it.each([-1, NaN, Infinity, '1000', null])('a retryAfter of %s is no hint', async (retryAfter) => {
    const world = createWorld();
    world.connection.connect({ userWaiting: false });
    await world.settle();
    world.transport.last.report.error({ kind: 'server', retryAfter } as never);
    await world.settle();
    // half of 500 ms · 2⁰
    expect(world.connection.getSnapshot().retryAt).toBe(world.clock.now() + 250);
  });

  it('a retryAfter longer than any timer neither starts at once nor never, but at retryAt', async () => {
    const world = createWorld();
    world.connection.connect({ userWaiting: false });
    await world.settle();
    world.transport.last.report.error({ kind: 'server', retryAfter: 1e15 });
    await world.settle();
    const wait = (world.connection.getSnapshot().retryAt ?? NaN) - world.clock.now();
    expect(wait).toBeGreaterThan(20 * 86_400_000);
    await world.clock.advance(wait - 1);
    expect([world.status, world.transport.links.length]).toEqual(['waiting', 1]);
    await world.clock.advance(1);
    expect([world.status, world.transport.links.length]).toEqual(['connecting', 2]);
  });

  it.each([null, 5, 'x', {}, { ok: true, code: 'x' }, { ok: undefined }])(
    'dbOpened(%j) is an opened database without a code',
    async (status) => {
      const world = await worldIn('connecting');
      world.transport.last.report.dbOpened(status as never);
      await world.settle();
      expect(world.events).toEqual([{ name: 'databaseOpened', event: {} }]);
    },
  );

  it.each([null, 5, 'x', {}, { kind: 'nonsense' }])('interrupted(%j) is an interruption', async (reason) => {
    const world = await worldIn('connected');
    world.transport.last.report.interrupted(reason as never);
    await world.settle();
    expect(world.connection.getSnapshot()).toMatchObject({ status: 'recovering', failure: { kind: 'unknown' } });
  });

  it('interrupted() without a reason is a network failure', async () => {
    const world = await worldIn('connected');
    world.transport.last.report.interrupted();
    await world.settle();
    expect(world.connection.getSnapshot()).toMatchObject({ status: 'recovering', failure: { kind: 'network' } });
  });

  it('interrupted() before success is no success and no failure: the attempt goes on', async () => {
    const world = await worldIn('connecting');
    world.transport.last.report.interrupted();
    await world.settle();
    expect(world.status).toBe('connecting');
    world.transport.last.report.success({ userId: 'alice' });
    await world.settle();
    expect(world.status).toBe('connected');
  });

  it('that cannot even be read is survived', async () => {
    const unreadable = new Proxy(
      {},
      {
        get: () => {
          throw new Error('no');
        },
      },
    ) as never;
    for (const tell of ['success', 'error', 'dbOpened', 'interrupted'] as const) {
      const world = await worldIn('connected');
      world.transport.last.report.interrupted();
      expect(() => world.transport.last.report[tell](unreadable)).not.toThrow();
      await world.settle();
      expect(world.connection.actor.getSnapshot().status).toBe('active');
      await world.connection.disconnect();
      expect(world.status).toBe('idle');
    }
  });

  it('called without its object, as a callback, is heard all the same', async () => {
    const world = await worldIn('connecting');
    const { success, dbOpened, error } = world.transport.last.report;
    dbOpened();
    success({ userId: 'alice' });
    await world.settle();
    expect(world.status).toBe('connected');
    error(failure({ kind: 'kicked' }));
    await world.settle();
    expect(world.status).toBe('kicked');
  });
});

describe('an SDK that reconnects by itself', () => {
  it('is given recoveryTimeLimit, then the brain takes over with one new link', async () => {
    const world = await worldIn('recovering');
    await world.clock.advance(59_999);
    expect([world.status, world.transport.links.length]).toEqual(['recovering', 1]);
    await world.clock.advance(1);
    expect(world.connection.getSnapshot()).toMatchObject({ status: 'waiting', failure: { kind: 'network', code: 'recoveryTimeLimit' } });
    await world.clock.advance(1_000);
    expect([world.transport.links.length, world.transport.mostLive]).toEqual([2, 1]);
  });

  it('that is back in time is connected again, on the same link', async () => {
    const world = await worldIn('recovering');
    await world.clock.advance(59_999);
    world.transport.last.report.success({ userId: 'alice' });
    await world.clock.advance(60_000);
    expect(world.connection.getSnapshot()).toEqual({ status: 'connected', database: 'closed', userId: 'alice', attempt: 0 });
    expect(world.names).toEqual(['connected', 'connected']);
    expect(world.transport.links).toHaveLength(1);
  });
});
