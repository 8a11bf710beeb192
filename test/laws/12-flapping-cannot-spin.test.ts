import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Step } from './support/steps.ts';
import { inEveryWorld, often, witness } from './support/walk.ts';
import { wildWorld } from './support/wildWorld.ts';

describe('12. Flapping cannot spin: counters reset only after `stableAfter`.', () => {
  test('in every world', async () => {
    const reached = witness();
    await inEveryWorld(
      (world) => {
        let heard = 0;
        let connectedAt = Infinity;
        return {
          after(step) {
            const isUsers = /^(connect|disconnect|retry|cancel)$/.test(step.do) || step.rush;
            for (const { at, payload } of world.named('change').slice(heard)) {
              const { previous, current } = payload;
              if (current.attempt < previous.attempt && !isUsers) {
                expect(at - connectedAt).toBeGreaterThanOrEqual(world.policy.stableAfter);
                reached('a reset');
              }
              if (current.status !== 'connected') connectedAt = Infinity;
              else if (previous.status !== 'connected') connectedAt = at;
            }
            heard = world.named('change').length;
          },
        };
      },
      {
        reaching: () => reached.atLeast(3, 'a reset'),
        spice: fc.constantFrom<Step>(
          { do: 'hear', word: { says: 'error', failure: { kind: 'network' } } },
          { do: 'transport', mood: { greet: 'success' } },
          { do: 'pass', ms: 5_000 },
        ),
      },
    );
  });

  test('a link that lasts less than stableAfter adds to the count, one that lasts clears it', async () => {
    const lifetime = fc.oneof(fc.integer({ min: 0, max: 9_999 }), fc.integer({ min: 10_000, max: 60_000 }));
    await fc.assert(
      fc.asyncProperty(
        fc.array(lifetime, { minLength: 1, maxLength: 12 }),
        fc.constantFrom('error', 'woke', 'interrupted' as const),
        async (lifetimes, how) => {
          const world = wildWorld(
            { transport: { open: 'link', greet: 'successSoon', close: 'now', verify: 'absent', renew: 'absent' } },
            { policy: { recoveryTimeLimit: 1 } },
          );
          const { connection, transport, clock, policy, signals } = world;
          connection.connect({ userWaiting: false });
          await world.settle();
          let attempt = 0;
          for (const ms of lifetimes) {
            expect(world.status).toBe('connected');
            await clock.advance(ms);
            attempt = ms >= policy.stableAfter ? 1 : attempt + 1;
            if (how === 'woke') signals.woke(60_000);
            else if (how === 'error') transport.links.at(-1)!.report.error({ kind: 'network' });
            else {
              transport.links.at(-1)!.report.interrupted();
              await clock.advance(1);
            }
            expect(world.snapshot).toMatchObject({ status: 'waiting', attempt });
            const bound = Math.min(policy.backoffMax, policy.backoffMin * 2 ** (attempt - 1));
            const wait = world.snapshot.retryAt! - clock.now();
            expect(wait).toBeLessThanOrEqual(bound);
            // accepted and dropped: the lower half is left out
            if (ms < policy.stableAfter) expect(wait).toBeGreaterThanOrEqual(Math.floor(bound / 2));
            await clock.advance(wait);
          }
        },
      ),
      often(60),
    );
  });

  test('a verification does not make a flapping link trusted', async () => {
    const world = wildWorld();
    world.connection.connect({ userWaiting: false });
    await world.settle();
    world.transport.links[0]!.report.error({ kind: 'network' });
    await world.clock.advance(500);
    expect(world.snapshot).toMatchObject({ status: 'connected', attempt: 1 });
    for (let minute = 0; minute < 20; minute++) {
      await world.clock.advance(world.policy.stableAfter - 500);
      world.signals.woke(60_000);
      await world.settle();
    }
    expect(world.snapshot).toMatchObject({ status: 'connected', attempt: 1 });
  });
});
