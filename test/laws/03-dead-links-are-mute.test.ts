import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyWord } from './support/steps.ts';
import { inEveryWorld, often, witness } from './support/walk.ts';
import { goodMood, type TransportMood } from './support/wildTransport.ts';
import { wildWorld, type WildWorld } from './support/wildWorld.ts';

/** All that a dead link could have changed. */
const seen = ({ connection, announcements, transport, provider, clock }: WildWorld) => ({
  snapshot: connection.getSnapshot(),
  chart: connection.actor.getSnapshot(),
  counts: [announcements.length, transport.sent.length, provider.requests.length, clock.pending],
});

function expectUnchanged(world: WildWorld, before: ReturnType<typeof seen>): void {
  const after = seen(world);
  expect(after.snapshot).toBe(before.snapshot);
  expect(after.chart).toBe(before.chart);
  expect(after.counts).toEqual(before.counts);
}

describe('3. Dead links are mute: whatever an ended attempt reports later changes nothing.', () => {
  test('in every world', async () => {
    const reached = witness();
    await inEveryWorld(
      (world) => {
        let before: ReturnType<typeof seen> | undefined;
        return {
          async before(step) {
            if (step.do !== 'hearLate') return;
            await world.settle();
            before = seen(world);
          },
          async after(step) {
            if (step.do !== 'hearLate' || !before) return;
            await world.settle();
            expectUnchanged(world, before);
            reached('a late word');
          },
        };
      },
      { reaching: () => reached.atLeast(20, 'a late word') },
    );
  });

  test('however the link ended, whatever it says', async () => {
    const ends = {
      disconnect: ({ connection }: WildWorld) => void connection.disconnect(),
      error: ({ transport }: WildWorld) => transport.links[0]!.report.error({ kind: 'server', retryAfter: 500_000 }),
      kicked: ({ transport }: WildWorld) => transport.links[0]!.report.error({ kind: 'kicked' }),
      offline: ({ signals }: WildWorld) => signals.network(false),
      replaced: ({ connection }: WildWorld) => connection.setToken('another-token'),
    };
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...(Object.keys(ends) as (keyof typeof ends)[])),
        fc.array(anyWord, { minLength: 1, maxLength: 5 }),
        fc.boolean(),
        fc.constantFrom('slow', 'now', 'throws'),
        async (end, words, well, close) => {
          const world = wildWorld({ transport: { ...goodMood, open: 'link', renew: 'absent', verify: 'absent', close } });
          world.connection.connect({ userWaiting: false });
          await world.settle();
          expect(world.status).toBe('connected');
          ends[end](world);
          await world.clock.advance(20);
          const before = seen(world);
          for (const word of words) world.transport.tell(world.transport.links[0]!, word);
          world.transport.release('verify', well);
          await world.settle();
          expectUnchanged(world, before);
        },
      ),
      often(150),
    );
  });

  test('an attempt that ended while `open` was still under way is closed when it comes, and not listened to', async () => {
    await fc.assert(
      fc.asyncProperty(fc.boolean(), fc.array(anyWord, { maxLength: 3 }), async (well, words) => {
        const world = wildWorld({ transport: { ...goodMood, open: 'hangs', greet: 'nothing' } });
        world.connection.connect({ userWaiting: false });
        await world.settle();
        const [link] = world.transport.links;
        void world.connection.disconnect();
        await world.clock.advance(60_000);
        expect(world.status).toBe('idle');
        const before = seen(world);
        world.transport.release('open', well);
        for (const word of words) world.transport.tell(link!, word);
        await world.settle();
        expectUnchanged(world, before);
        expect(link!.closeCalls).toBe(well ? 1 : 0);
        expect(link!.state).toBe('closed');
      }),
      often(40),
    );
  });

  test('not even in the breath in which it ends, from within a listener', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyWord,
        fc.constantFrom('connected' as const, 'change' as const),
        fc.constantFrom<TransportMood['open']>('link', 'hangs'),
        async (word, name, open) => {
          const world = wildWorld();
          const { connection, transport } = world;
          let heard = 0;
          connection.on(name, () => {
            if (connection.getSnapshot().status !== 'connected' || heard++ > 0) return;
            transport.mood = { ...goodMood, open, greet: 'nothing' };
            void connection.disconnect();
            connection.connect({ userWaiting: false });
            // the old link is still there, but its end is decided
            transport.tell(transport.links[0]!, word);
          });
          connection.connect({ userWaiting: false });
          await world.settle();
          expect(heard).toBe(1);
          expect(world.snapshot).toEqual({ status: 'connecting', database: 'closed', attempt: 0 });
          expect(transport.live.map(({ number }) => number)).toEqual([1]);
        },
      ),
      often(60),
    );
  });

  test('a token request that was given up changes nothing when it is answered', async () => {
    await fc.assert(
      fc.asyncProperty(fc.boolean(), fc.boolean(), async (well, isOffline) => {
        const world = wildWorld({ provider: 'hangs', hasStore: true });
        world.connection.connect({ userWaiting: false });
        await world.settle();
        if (isOffline) world.signals.network(false);
        else void world.connection.disconnect();
        await world.settle();
        const before = seen(world);
        world.provider.release(well);
        await world.settle();
        expectUnchanged(world, before);
        expect(world.store.kept).toBeUndefined();
      }),
      often(8),
    );
  });
});
