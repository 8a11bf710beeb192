import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FailureKind } from 'connection-machine';
import { anyStory, type Step } from './support/steps.ts';
import { inEveryWorld, live, often, witness } from './support/walk.ts';
import { wildWorld, type WildWorld } from './support/wildWorld.ts';

const isFinal = ({ status }: WildWorld) => status === 'failed' || status === 'kicked';
const counts = ({ transport, provider }: WildWorld) => [transport.sent.length, provider.requests.length];
const fatal = fc.constantFrom<FailureKind>('kicked', 'blocked', 'forbidden', 'configuration', 'wrongUser');

describe('13. Fatal is final, kicked is final: no attempt until the user acts.', () => {
  test('in every world', async () => {
    const reached = witness();
    await inEveryWorld(
      (world) => {
        let before: { status: string; counts: number[] } | undefined;
        return {
          async before(step) {
            await world.settle();
            const acts = step.do === 'connect' || step.do === 'disconnect';
            before = isFinal(world) && !acts ? { status: world.status, counts: counts(world) } : undefined;
          },
          async after() {
            if (!before) return;
            await world.settle();
            expect({ status: world.status, counts: counts(world) }).toEqual(before);
            reached(before.status);
          },
        };
      },
      {
        reaching: () => reached.atLeast(15, 'failed', 'kicked'),
        spice: fatal.map((kind): Step => ({ do: 'hear', word: { says: 'error', failure: { kind } } })),
      },
    );
  });

  test('nothing but connect() goes on: a whole story without it, and a day of silence', async () => {
    const story = anyStory({ without: ['connect', 'disconnect'], maxSteps: 20 });
    await fc.assert(
      fc.asyncProperty(fatal, fc.constantFrom('link', 'live link', 'provider'), story, async (kind, from, { beginning, steps }) => {
        const world = wildWorld({
          hasStore: beginning.hasStore,
          provider: from === 'provider' ? { kind } : 'new',
          transport: { ...beginning.transport, open: 'link', greet: from === 'link' ? { kind } : 'success' },
        });
        world.connection.connect();
        await world.settle();
        if (from === 'live link') world.transport.links[0]!.report.error({ kind });
        const status = kind === 'kicked' ? 'kicked' : 'failed';
        expect(world.status).toBe(status);
        const before = counts(world);
        for (const step of steps.slice(1)) await world.play(step);
        await world.clock.advance(86_400_000);
        expect(counts(world)).toEqual(before);
        expect(world.status).toBe(status);
        expect(world.named(status)).toHaveLength(1);
        expect(world.transport.live).toEqual([]);

        world.turnGood();
        world.connection.connect();
        await world.clock.advance(world.policy.closeTimeLimit);
        expect(world.status).toBe('connected');
      }),
      often(60),
    );
  });

  test('a disconnect() leads out as well', async () => {
    const reached = witness();
    await fc.assert(
      fc.asyncProperty(anyStory({ spice: fatal.map((kind): Step => ({ do: 'provider', mood: { kind } })) }), async (story) => {
        const world = await live(story, () => ({}));
        if (!isFinal(world)) return;
        reached(world.status);
        await world.disconnected();
        expect(world.status).toBe('idle');
        expect(world.snapshot).toMatchObject({ attempt: 0 });
        expect(world.snapshot.failure).toBeUndefined();
      }),
      often(80),
    );
    reached.atLeast(1, 'failed');
  });
});
