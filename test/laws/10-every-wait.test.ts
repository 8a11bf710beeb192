import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FailureKind } from 'connection-machine';
import type { Step } from './support/steps.ts';
import { inEveryWorld, often, witness } from './support/walk.ts';
import { goodMood } from './support/wildTransport.ts';
import { wildWorld } from './support/wildWorld.ts';

/** Failures that time may heal. `timeout` only where nobody waits. */
const healing = fc.constantFrom<FailureKind>('network', 'server', 'timeout', 'unknown');
const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe("10. Every wait is jittered, bounded, never earlier than the server's hint, and equals `retryAt`.", () => {
  test('in every world', async () => {
    const reached = witness();
    const longestHint = 90_000;
    await inEveryWorld(
      (world) => {
        let heard = 0;
        return {
          after(step) {
            for (const { now, payload } of world.named('change').slice(heard)) {
              const { previous, current } = payload;
              if (current.status !== 'waiting') expect(current.retryAt).toBeUndefined();
              else if (current !== previous) {
                expect(current.retryAt! - now).toBeGreaterThanOrEqual(0);
                expect(current.retryAt! - now).toBeLessThanOrEqual(world.policy.backoffMax + longestHint);
              }
              // left by the timer and by nothing else
              if (step.do === 'pass' && previous.status === 'waiting' && /^(connecting|fetchingToken)$/.test(current.status)) {
                expect(now).toBe(previous.retryAt);
                reached('a wait that ended by itself');
              }
            }
            heard = world.named('change').length;
          },
        };
      },
      { reaching: () => reached.atLeast(20, 'a wait that ended by itself'), without: ['jump'] },
    );
  });

  test('the n-th wait is drawn from 0 to backoffMin · 2ⁿ, at most backoffMax, and ends at retryAt to the ms', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(healing, chance), { minLength: 1, maxLength: 12 }),
        fc.constantFrom(1, 500, 3_000),
        fc.constantFrom(1, 8_000, 30_000),
        async (failures, backoffMin, backoffMax) => {
          let draw = 0;
          const world = wildWorld(
            { transport: { ...goodMood, greet: 'nothing' } },
            { random: () => draw, policy: { backoffMin, backoffMax } },
          );
          const { connection, transport, clock } = world;
          connection.connect({ userWaiting: false });
          await world.settle();
          for (const [index, [kind, random]] of failures.entries()) {
            draw = random;
            transport.links.at(-1)!.report.error({ kind });
            const bound = Math.min(backoffMax, backoffMin * 2 ** index);
            // however unlucky the dice, after twenty failures there is a pause
            const wait = Math.max(Math.floor(random * bound), Math.min(bound, index - 20));
            expect(world.snapshot).toMatchObject({ status: 'waiting', attempt: index + 1, retryAt: clock.now() + wait });
            const links = transport.links.length;
            await clock.advance(Math.max(0, wait - 1));
            if (wait > 0) expect(transport.links).toHaveLength(links);
            await clock.advance(wait > 0 ? 1 : 0);
            expect(transport.links).toHaveLength(links + 1);
          }
        },
      ),
      often(60),
    );
  });

  test('at the cap the jitter stays: clients that failed together come back apart', async () => {
    const waits = new Set<number>();
    for (let client = 0; client < 50; client++) {
      const world = wildWorld({ seed: client, transport: { ...goodMood, greet: { kind: 'server' } } });
      world.connection.connect({ userWaiting: false });
      await world.clock.advance(600_000);
      expect(world.snapshot.attempt).toBeGreaterThan(7);
      waits.add(Math.floor(world.snapshot.retryAt! / 100));
    }
    expect(waits.size).toBeGreaterThan(40);
  });

  test('a random source that misbehaves makes no loop without a pause', async () => {
    for (const nonsense of [NaN, -1, 1, 2, Infinity, undefined as unknown as number]) {
      const world = wildWorld({ transport: { ...goodMood, greet: 'nothing' } }, { random: () => nonsense });
      world.connection.connect({ userWaiting: false });
      await world.settle();
      for (let failures = 1; failures <= 10; failures++) {
        world.transport.links.at(-1)!.report.error({ kind: 'network' });
        expect(world.snapshot.retryAt! - world.clock.now()).toBeLessThanOrEqual(world.policy.backoffMax);
        await world.clock.advance(world.snapshot.retryAt! - world.clock.now());
      }
      expect(world.clock.elapsed, `random() = ${nonsense}`).toBeGreaterThan(1_000);
    }
  });

  test('nor do dice that always fall on the same side', async () => {
    const world = wildWorld({ transport: { ...goodMood, greet: { kind: 'network' } } }, { random: () => 0 });
    world.connection.connect({ userWaiting: false });
    await world.clock.advance(600_000);
    expect(world.transport.links.length).toBeLessThan(2_000);
  });

  test("never earlier than the server's hint, whatever hurries it, from the link or from the token server", async () => {
    const hurry = fc.constantFrom<Step>(
      { do: 'app', foreground: true },
      { do: 'woke', sleptMs: 60_000 },
      { do: 'network', online: false },
      { do: 'network', online: true },
      { do: 'connect', userWaiting: true },
      { do: 'connect', userWaiting: false },
      { do: 'retry' },
      { do: 'setToken', which: 'new' },
      { do: 'pass', ms: 500 },
      { do: 'pass', ms: 6_000 },
      { do: 'hearLate', link: 0, word: { says: 'success', userId: 'alice' } },
    );
    const reached = witness();
    await fc.assert(
      fc.asyncProperty(
        healing,
        fc.integer({ min: 1, max: 300_000 }),
        fc.constantFrom('link', 'provider', 'live link'),
        fc.array(hurry, { maxLength: 12 }),
        async (kind, retryAfter, from, hurries) => {
          const failure = { kind, retryAfter };
          const world = wildWorld({
            transport: { ...goodMood, greet: from === 'link' ? failure : 'successSoon' },
            provider: from === 'provider' ? failure : 'new',
          });
          const { connection, transport, provider, clock } = world;
          connection.connect({ userWaiting: false });
          await world.settle();
          if (from === 'live link') transport.links[0]!.report.error(failure);
          world.transport.mood = { ...goodMood };
          world.provider.mood = 'new';
          const told = clock.elapsed;
          const [links, requests] = [transport.links.length, provider.requests.length];
          for (const step of hurries) {
            await world.play(step);
            if (clock.elapsed - told < retryAfter) {
              expect([transport.links.length, provider.requests.length], step.do).toEqual([links, requests]);
              if (step.do !== 'pass') reached('hurried in vain');
            }
          }
        },
      ),
      often(60),
    );
    reached.atLeast(30, 'hurried in vain');
  });

  test('nor after a reload', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 2_000, max: 300_000 }),
        fc.constantFrom<Step>({ do: 'app', foreground: true }, { do: 'woke', sleptMs: 60_000 }),
        async (retryAfter, hurry) => {
          const world = wildWorld({ transport: { ...goodMood, greet: { kind: 'server', retryAfter } } });
          world.connection.connect({ userWaiting: false });
          await world.settle();
          const after = wildWorld({}, { restore: JSON.parse(JSON.stringify(world.connection.persist())) });
          await after.play(hurry);
          await after.clock.advance(retryAfter - 1);
          expect(after.provider.requests).toEqual([]);
        },
      ),
      often(20),
    );
  });
});
