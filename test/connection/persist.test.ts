import { failure, type ConnectionStatus, type PersistedConnection } from 'connection-machine';
import { describe, expect, it } from 'vitest';
import { createWorld, type World } from '../support/world.ts';
import { statuses, worldIn } from '../support/worldIn.ts';

const start = 1_700_000_000_000;

const throughStorage = (world: World): PersistedConnection => JSON.parse(JSON.stringify(world.connection.persist()));

/** What a stored connection looks like, with something else in some places. */
const stored = (fields: Record<string, unknown> = {}): PersistedConnection =>
  ({ version: 1, savedAt: start, status: 'idle', attempt: 0, renewals: 0, renewedAt: [], ...fields }) as PersistedConnection;

describe('persist', () => {
  it.each(statuses)('while %s gives plain JSON, of version 1, without a token', async (status) => {
    const world = await worldIn(status);
    const persisted = world.connection.persist();
    expect(JSON.parse(JSON.stringify(persisted))).toEqual(persisted);
    expect(persisted).toMatchObject({ version: 1, savedAt: world.clock.now() });
    expect(JSON.stringify(persisted)).not.toMatch(/token-\d|secret/);
  });

  it('leaves out the cause of a failure, which may be anything', async () => {
    const world = await worldIn('connecting');
    const cause = { status: 503, body: 'a page of HTML' };
    world.transport.last.report.error(failure({ kind: 'network', code: 'ECONNREFUSED', message: 'refused', cause }));
    await world.settle();
    expect(world.connection.getSnapshot().failure?.cause).toEqual(cause);
    expect(throughStorage(world).failure).toEqual({ kind: 'network', code: 'ECONNREFUSED', message: 'refused' });
  });

  it('changes nothing', async () => {
    const world = await worldIn('waiting');
    const before = world.connection.getSnapshot();
    world.connection.persist();
    expect(world.connection.getSnapshot()).toBe(before);
  });
});

describe('a connection that is restored', () => {
  const cameBackAs: Record<ConnectionStatus, ConnectionStatus> = {
    idle: 'idle',
    fetchingToken: 'idle',
    connecting: 'idle',
    connected: 'idle',
    recovering: 'idle',
    offline: 'idle',
    prompting: 'idle',
    closing: 'idle',
    waiting: 'waiting',
    kicked: 'kicked',
    failed: 'failed',
  };

  it.each(Object.entries(cameBackAs))('after a reload while %s is %s', async (before, after) => {
    const { connection, clock } = createWorld({ restore: throughStorage(await worldIn(before as ConnectionStatus)) });
    expect(connection.getSnapshot().status).toBe(after);
    expect(connection.link).toBeUndefined();
    expect(clock.pending).toBe(after === 'waiting' ? 1 : 0);
  });

  it('goes on waiting until the very same retryAt, then connects by itself', async () => {
    const before = await worldIn('waiting');
    before.transport.last.report.error(failure({ kind: 'network' }));
    const { retryAt, attempt, failure: why } = before.connection.getSnapshot();
    const { connection, clock, settle } = createWorld({ restore: throughStorage(before) });
    expect(connection.getSnapshot()).toEqual({ status: 'waiting', database: 'closed', retryAt, attempt, failure: why });
    await clock.advance((retryAt ?? NaN) - clock.now() - 1);
    expect(connection.getSnapshot().status).toBe('waiting');
    await clock.advance(1);
    await settle();
    expect(connection.getSnapshot()).toMatchObject({ status: 'connecting', attempt });
  });

  it('does not hurry a wait because connect() is called', async () => {
    const world = createWorld({ restore: throughStorage(await worldIn('waiting')) });
    const before = world.connection.getSnapshot();
    world.connection.connect();
    await world.settle();
    expect(world.connection.getSnapshot()).toBe(before);
    expect(world.requests).toEqual([]);
  });

  it('prompts the person who called connect() during a restored wait', async () => {
    const world = createWorld({ restore: stored({ status: 'waiting', retryAt: start + 60_000, attempt: 7 }) });
    world.connection.connect();
    await world.clock.advance(5_000);
    expect(world.status).toBe('prompting');
  });

  it('starts at once when the wait ended while the page was away', async () => {
    const world = createWorld({ restore: stored({ status: 'waiting', savedAt: start - 60_000, retryAt: start - 30_000, attempt: 2 }) });
    await world.settle();
    expect(world.connection.getSnapshot()).toMatchObject({ status: 'connecting', attempt: 2 });
  });

  it('backs off from where it was', async () => {
    const world = createWorld({ restore: stored({ status: 'waiting', retryAt: start, attempt: 4 }) });
    await world.settle();
    world.transport.last.report.error(failure({ kind: 'network' }));
    await world.settle();
    // half of 500 ms · 2⁴
    expect(world.connection.getSnapshot()).toMatchObject({ attempt: 5, retryAt: world.clock.now() + 4_000 });
  });

  it.each([
    ['kicked', { kind: 'kicked', code: 31010 }],
    ['failed', { kind: 'blocked', code: 31009 }],
  ] as const)('is still %s, tries nothing by itself, and goes on with connect()', async (status, why) => {
    const world = createWorld({ restore: throughStorage(await worldIn(status)) });
    expect(world.connection.getSnapshot()).toMatchObject({ status, failure: why });
    await expect(world.connection.whenConnected()).rejects.toEqual(why);
    await world.clock.advance(3_600_000);
    world.signals.network(false);
    world.signals.network(true);
    world.signals.woke(60_000);
    await world.clock.advance(3_600_000);
    expect(world.transport.links).toEqual([]);
    await world.connected();
    expect(world.connection.getSnapshot()).toEqual({ status: 'connected', database: 'closed', userId: 'alice', attempt: 0 });
  });

  it('keeps the hourly budget of renewals', async () => {
    const policy = { maxTokenRenewalsPerHour: 2 };
    const before = createWorld({ policy });
    before.connection.connect();
    await before.settle();
    for (let refusal = 0; refusal < 2; refusal++) {
      before.transport.last.report.error(failure({ kind: 'tokenIncorrect' }));
      await before.settle();
    }
    expect(before.status).toBe('connecting');
    const after = createWorld({ policy, restore: throughStorage(before) });
    after.connection.connect();
    await after.settle();
    after.transport.last.report.error(failure({ kind: 'tokenIncorrect' }));
    await after.settle();
    expect(after.status).toBe('failed');
    expect(after.requests).toHaveLength(1);
  });

  it('keeps the renewals in a row over a wait', async () => {
    const before = createWorld();
    before.connection.connect();
    await before.settle();
    for (let refusal = 0; refusal < 3; refusal++) {
      before.transport.last.report.error(failure({ kind: 'tokenIncorrect' }));
      await before.settle();
    }
    before.transport.last.report.error(failure({ kind: 'network' }));
    await before.settle();
    const after = createWorld({ restore: throughStorage(before) });
    await after.clock.advance(60_000);
    after.transport.last.report.error(failure({ kind: 'tokenIncorrect' }));
    await after.settle();
    expect(after.status).toBe('failed');
  });

  it('gives the same again when it is persisted at once', async () => {
    for (const status of ['idle', 'waiting', 'kicked', 'failed'] as const) {
      const persisted = throughStorage(await worldIn(status));
      const restored = createWorld({ restore: persisted });
      expect({ ...throughStorage(restored), savedAt: 0 }).toEqual({
        ...persisted,
        savedAt: 0,
        ...(persisted.retryAt && { retryAt: Math.max(persisted.retryAt, start) }),
      });
    }
  });
});

describe('what was stored by another hand', () => {
  it.each([
    ['another version', { version: 2, status: 'kicked' }],
    ['no version', { status: 'kicked' }],
    ['a version as text', { version: '1', status: 'kicked' }],
    ['an array', []],
    ['an empty object', {}],
  ])('is ignored with a warning when it is %s', (_, restore) => {
    const { connection, log } = createWorld({ restore: restore as never });
    expect(connection.getSnapshot()).toEqual({ status: 'idle', database: 'closed', attempt: 0 });
    expect(log).toEqual([expect.stringMatching(/^warn .*restore: version/)]);
  });

  it.each([null, undefined])('may be %s, as an empty storage is', (restore) => {
    const { connection, log } = createWorld(restore === null ? { restore } : {});
    expect(connection.getSnapshot().status).toBe('idle');
    expect(log).toEqual([]);
  });

  it.each(['connected', 'connecting', 'toString', '', 5, null, undefined, {}])(
    'never claims more than it may: status %j is idle',
    (status) => {
      const { connection } = createWorld({ restore: stored({ status }) });
      expect(connection.getSnapshot()).toEqual({ status: 'idle', database: 'closed', attempt: 0 });
    },
  );

  it.each([-1, NaN, Infinity, '5', null, {}])('takes an attempt of %s for none', (attempt) => {
    const { connection } = createWorld({ restore: stored({ status: 'kicked', attempt }) });
    expect(connection.getSnapshot()).toMatchObject({ status: 'kicked', attempt: 0 });
  });

  it.each(['text', 5, { kind: 'nonsense' }, { kind: 'kicked', code: {}, message: 5, retryAfter: -1 }, []])(
    'makes a failure of a closed kind out of %j',
    async (why) => {
      const world = createWorld({ restore: stored({ status: 'failed', failure: why }) });
      const kind = Object(why).kind === 'kicked' ? 'kicked' : 'unknown';
      expect(world.connection.getSnapshot()).toMatchObject({ status: 'failed', failure: { kind } });
      await world.connected();
      expect(world.status).toBe('connected');
    },
  );

  it('is not believed to have waited when it was saved in the future: the clock was set back', async () => {
    const tomorrow = start + 86_400_000;
    const world = createWorld({ restore: stored({ status: 'waiting', savedAt: tomorrow, retryAt: tomorrow + 1_000, attempt: 1 }) });
    expect(world.connection.getSnapshot()).toMatchObject({ status: 'waiting', retryAt: start });
    await world.settle();
    expect(world.status).toBe('connecting');
  });

  it.each([undefined, null, NaN, '1700000000000', -5])('does not wait for a retryAt of %s', async (retryAt) => {
    const world = createWorld({ restore: stored({ status: 'waiting', retryAt }) });
    await world.settle();
    expect(world.status).toBe('connecting');
  });

  it.each([start + 40 * 86_400_000, Number.MAX_SAFE_INTEGER, Number.MAX_VALUE])(
    'with retryAt %d neither starts at once nor shows a moment at which nothing happens',
    async (retryAt) => {
      const world = createWorld({ restore: stored({ status: 'waiting', retryAt, attempt: 1 }) });
      await world.settle();
      expect(world.status).toBe('waiting');
      const shown = world.connection.getSnapshot().retryAt ?? NaN;
      // the longest wait that the brain itself ever plans
      expect(shown).toBeLessThanOrEqual(start + 2 ** 31 - 1);
      await world.clock.advance(shown - start - 1);
      expect(world.status).toBe('waiting');
      await world.clock.advance(1);
      expect(world.status).toBe('connecting');
    },
  );

  it.each([5, 'yesterday', { length: 3 }, [null, 'x', -1, start + 86_400_000]])(
    'reads renewedAt of %j as no renewals',
    async (renewedAt) => {
      const world = createWorld({ policy: { maxTokenRenewalsPerHour: 1 }, restore: stored({ renewedAt }) });
      world.connection.connect();
      await world.settle();
      world.transport.last.report.error(failure({ kind: 'tokenIncorrect' }));
      await world.settle();
      expect(world.status).toBe('connecting');
    },
  );
});
