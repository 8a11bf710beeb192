import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PersistedConnection } from 'connection-machine';
import { anyFailure, anyStory, type Step } from './support/steps.ts';
import { inEveryWorld, live, often, witness } from './support/walk.ts';
import { goodMood } from './support/wildTransport.ts';
import { wildWorld, type WildWorld } from './support/wildWorld.ts';

/** As an app does: to text and back. */
const reload = (world: WildWorld): PersistedConnection => JSON.parse(JSON.stringify(world.connection.persist())) as PersistedConnection;

describe('18. A restored snapshot never lies: it never claims connected, and holds no token.', () => {
  test('in every world', async () => {
    const reached = witness();
    await inEveryWorld(
      (world) => ({
        after() {
          const persisted = reload(world);
          expect(JSON.stringify(persisted)).not.toContain('tok-');
          expect(persisted).toMatchObject({ version: 1, savedAt: world.clock.now(), attempt: world.snapshot.attempt });
          expect(['idle', 'waiting', 'kicked', 'failed']).toContain(persisted.status);
          if (/^(waiting|kicked|failed)$/.test(world.status)) expect(persisted.status).toBe(world.status);
          expect(persisted.retryAt).toBe(world.snapshot.retryAt);

          const { snapshot, connection, clock } = wildWorld({}, { restore: persisted });
          expect(snapshot.status).toBe(persisted.status);
          expect(snapshot.userId).toBeUndefined();
          expect(snapshot.database).toBe('closed');
          expect(snapshot.attempt).toBe(world.snapshot.attempt);
          if (persisted.status !== 'idle') expect(snapshot.failure?.kind).toBe(world.snapshot.failure?.kind);
          expect(connection.link).toBeUndefined();
          expect(clock.pending).toBe(persisted.status === 'waiting' ? 1 : 0);
          reached(`${world.status} → ${snapshot.status}`);
        },
      }),
      { reaching: () => reached.atLeast(4, 'connected → idle', 'waiting → waiting', 'failed → failed'), runs: 40 },
    );
  });

  test('whatever is given as restored, connected is not claimed, and connect() still leads there', async () => {
    const nearly = fc.record(
      {
        version: fc.oneof({ weight: 8, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: fc.jsonValue() }),
        savedAt: fc.oneof(fc.integer(), fc.double(), fc.jsonValue()),
        status: fc.oneof(
          fc.constant('waiting'),
          fc.constantFrom('idle', 'waiting', 'kicked', 'failed', 'connected', 'connecting', 'prompting'),
          fc.jsonValue(),
        ),
        attempt: fc.oneof(fc.integer(), fc.double(), fc.jsonValue()),
        renewals: fc.oneof(fc.nat(3), fc.jsonValue()),
        renewedAt: fc.oneof(fc.array(fc.jsonValue()), fc.jsonValue()),
        retryAt: fc.oneof(fc.integer(), fc.constant(1_700_000_020_000), fc.double(), fc.jsonValue()),
        failure: fc.oneof(anyFailure, fc.jsonValue()),
        userId: fc.constant('alice'),
      },
      { requiredKeys: ['version'] },
    );
    const reached = witness();
    await fc.assert(
      fc.asyncProperty(fc.oneof({ weight: 4, arbitrary: nearly }, { weight: 1, arbitrary: fc.object() }), async (restore) => {
        const world = wildWorld({}, { restore: restore as unknown as PersistedConnection });
        expect(['idle', 'waiting', 'kicked', 'failed']).toContain(world.status);
        expect(world.snapshot.userId).toBeUndefined();
        expect(Number.isFinite(world.snapshot.attempt)).toBe(true);
        if (world.status === 'waiting') {
          reached('waiting');
          expect(world.snapshot.retryAt).toBeGreaterThanOrEqual(world.clock.now());
        } else expect(world.snapshot.retryAt).toBeUndefined();
        expect([world.transport.links.length, world.provider.requests.length]).toEqual([0, 0]);
        await world.disconnected();
        world.connection.connect();
        await world.settle();
        expect(world.status).toBe('connected');
      }),
      often(150),
    );
    reached.atLeast(5, 'waiting');
  });

  test('a reload neither shortens nor lengthens a wait', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 120_000 }), fc.integer(), async (retryAfter, seed) => {
        const before = wildWorld({ seed, transport: { ...goodMood, greet: { kind: 'server', code: 503, retryAfter } } });
        before.connection.connect({ userWaiting: false });
        await before.settle();
        const { retryAt, failure } = before.snapshot;
        const world = wildWorld({}, { restore: reload(before) });
        expect(world.snapshot).toEqual({ status: 'waiting', database: 'closed', attempt: 1, retryAt, failure });
        await world.clock.advance(Math.max(0, retryAt! - world.clock.now() - 1));
        if (retryAt! > before.clock.now()) expect(world.provider.requests).toEqual([]);
        await world.clock.advance(1);
        expect(world.status).toBe('connected');
      }),
      often(40),
    );
  });

  test('a reload undoes neither a kick nor a failure', async () => {
    for (const kind of ['kicked', 'blocked', 'forbidden', 'wrongUser'] as const) {
      const before = wildWorld({ transport: { ...goodMood, greet: { kind, code: 31010 } } });
      before.connection.connect();
      await before.settle();
      const world = wildWorld({}, { restore: reload(before) });
      await world.clock.advance(3_600_000);
      world.signals.woke(60_000);
      expect(world.snapshot).toMatchObject({ status: before.status, failure: { kind, code: 31010 } });
      expect(world.transport.links).toEqual([]);
      await expect(world.connection.whenConnected()).rejects.toMatchObject({ kind });
    }
  });

  test('a reload does not reset a backoff, even in the middle of an attempt', async () => {
    const before = wildWorld({ transport: { ...goodMood, greet: { kind: 'server' } } });
    before.connection.connect({ userWaiting: false });
    await before.clock.advance(60_000);
    before.transport.mood.greet = 'nothing';
    await before.clock.advance(before.snapshot.retryAt! - before.clock.now());
    expect(before.status).toBe('connecting');
    const { attempt } = before.snapshot;
    expect(attempt).toBeGreaterThan(4);

    const world = wildWorld({ transport: { ...goodMood, greet: { kind: 'server' } } }, { restore: reload(before) });
    // the page is back, and does what pages do
    world.connection.connect({ userWaiting: false });
    await world.settle();
    expect(world.snapshot).toMatchObject({ status: 'waiting', attempt: attempt + 1 });
  });

  test('nor the count of token renewals', async () => {
    const restore = () => (last ? { restore: reload(last) } : {});
    let last: WildWorld | undefined;
    let renewals = 0;
    for (let visit = 0; visit < 6; visit++) {
      const world: WildWorld = wildWorld({ transport: { ...goodMood, greet: 'nothing' } }, restore());
      world.connection.connect();
      await world.settle();
      // refused once, renewed once, and the page is reloaded before the server answers
      world.transport.links.at(-1)!.report.error({ kind: 'tokenIncorrect' });
      await world.settle();
      renewals += world.provider.requests.filter(({ reason }) => reason === 'incorrect').length;
      if (world.connection.getSnapshot().status === 'failed') break;
      // what has failed is over; a connect() after that is the user's wish
      if (world.status === 'failed') break;
      last = world;
    }
    expect(renewals).toBeLessThanOrEqual(3);
  });

  test('a story, a reload, and the story goes on', async () => {
    const story = anyStory({ maxSteps: 20 });
    await fc.assert(
      fc.asyncProperty(story, story, async (before, after) => {
        const world = await live(before, () => ({}));
        await live({ ...after, steps: after.steps.slice(1) as Step[] }, () => ({}), { restore: reload(world) });
      }),
      often(60),
    );
  });
});
