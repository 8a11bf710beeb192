import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Step } from './support/steps.ts';
import { inEveryWorld, often, witness } from './support/walk.ts';
import { goodMood } from './support/wildTransport.ts';
import { wildWorld } from './support/wildWorld.ts';

describe('20. Waking is noticed: after a sleep the link is verified or replaced within `verifyTimeLimit`.', () => {
  test('in every world', async () => {
    const reached = witness();
    await inEveryWorld(
      (world) => {
        const { transport, clock, policy, signals } = world;
        let doubt: { link: number; since: number } | undefined;
        world.connection.subscribe(({ status }) => {
          if (status !== 'connected') doubt = undefined;
        });
        return {
          before(step) {
            if (step.do !== 'woke' || world.status !== 'connected' || signals.listeners === 0) return;
            doubt ??= { link: transport.links.length - 1, since: clock.elapsed };
            reached('woken');
          },
          after(step) {
            if (!doubt || step.rush) return;
            const { link, since } = doubt;
            const { givenUpAt, verified } = transport.links[link]!;
            const isSettled = givenUpAt !== undefined || verified.some(({ resolvedAt = -1 }) => resolvedAt >= since);
            if (isSettled) doubt = undefined;
            else expect(clock.elapsed - since).toBeLessThan(policy.verifyTimeLimit);
          },
        };
      },
      {
        reaching: () => reached.atLeast(10, 'woken'),
        spice: fc.constantFrom<Step>(
          { do: 'woke', sleptMs: 60_000 },
          { do: 'transport', mood: { verify: 'hangs' } },
          { do: 'transport', mood: { greet: 'success' } },
        ),
      },
    );
  });

  test('whatever the link answers to the question', async () => {
    const answer = fc.constantFrom('absent', 'resolves', 'rejects', 'hangs', 'throws');
    await fc.assert(
      fc.asyncProperty(
        answer,
        fc.integer({ min: 1, max: 30_000 }),
        fc.nat(30_000),
        fc.boolean(),
        async (verify, verifyTimeLimit, connectedFor, userWaiting) => {
          const world = wildWorld({ transport: { ...goodMood, verify } }, { policy: { verifyTimeLimit } });
          const { connection, transport, clock, signals } = world;
          connection.connect({ userWaiting });
          await clock.advance(connectedFor);
          const [link] = transport.links;
          signals.woke(60_000);
          await clock.advance(verifyTimeLimit);
          if (verify === 'resolves') {
            expect(link!.verified).toHaveLength(1);
            expect([world.status, transport.links.length]).toEqual(['connected', 1]);
          } else {
            expect(link!.request.signal.aborted).toBe(true);
            expect(world.named('prompt')).toEqual([]);
            await clock.advance(2_000);
            expect([world.status, transport.links.length]).toEqual(['connected', 2]);
          }
        },
      ),
      often(60),
    );
  });

  test('a storm of wake-ups asks once at a time', async () => {
    const world = wildWorld({ transport: { ...goodMood, verify: 'hangs' } });
    world.connection.connect();
    await world.settle();
    for (let n = 0; n < 50; n++) await world.play({ do: 'woke', sleptMs: 60_000 });
    expect(world.transport.links[0]!.verified).toHaveLength(1);
    await world.clock.advance(world.policy.verifyTimeLimit);
    expect(world.transport.links[0]!.request.signal.aborted).toBe(true);
  });

  test('the answer to a question from before an interruption does not end the link that came back', async () => {
    const world = wildWorld({ transport: { ...goodMood, verify: 'hangs' } });
    world.connection.connect();
    await world.settle();
    const [link] = world.transport.links;
    world.signals.woke(60_000);
    await world.settle();
    link!.report.interrupted();
    link!.report.success({ userId: 'alice' });
    world.transport.release('verify', false);
    await world.settle();
    expect(world.status).toBe('connected');
    expect(world.transport.links).toHaveLength(1);
  });

  test('nor does it vouch for a link that slept once more', async () => {
    const world = wildWorld({ transport: { ...goodMood, verify: 'hangs' } });
    world.connection.connect();
    await world.settle();
    const [link] = world.transport.links;
    world.signals.woke(60_000);
    await world.settle();
    link!.report.interrupted();
    link!.report.success({ userId: 'alice' });
    world.signals.woke(60_000);
    await world.settle();
    expect(link!.verified).toHaveLength(2);
    // only the first question is answered; the second hangs for ever
    world.transport.releaseFirst('verify');
    await world.clock.advance(world.policy.verifyTimeLimit);
    expect(link!.request.signal.aborted).toBe(true);
  });

  test('a wait that slept is cut short', async () => {
    const world = wildWorld({ transport: { ...goodMood, greet: { kind: 'network' } } });
    world.connection.connect({ userWaiting: false });
    await world.clock.advance(120_000);
    while (world.status !== 'waiting' || world.snapshot.retryAt! - world.clock.now() < 2_000) await world.clock.advance(500);
    world.transport.mood = { ...goodMood };
    world.clock.jump(60_000);
    world.signals.woke(60_000);
    await world.clock.advance(world.policy.backoffMin);
    expect(world.status).toBe('connected');
  });
});
