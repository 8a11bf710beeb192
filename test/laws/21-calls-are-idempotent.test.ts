import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Step } from './support/steps.ts';
import { often, witness } from './support/walk.ts';
import { goodMood, type TransportMood } from './support/wildTransport.ts';
import { wildWorld } from './support/wildWorld.ts';

const call = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('connect' as const), userWaiting: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('disconnect' as const), logout: fc.boolean() }) },
  { weight: 1, arbitrary: fc.constantFrom<Step>({ do: 'retry' }, { do: 'cancel' }, { do: 'setToken', which: 'new' }) },
);
const rhythm = fc.array(fc.tuple(call, fc.constantFrom('rush', 'settle', 10, 1_000, 6_000)), { maxLength: 20 });

describe('21. Calls are idempotent: connect-disconnect-connect, in any rhythm, leaves exactly one link.', () => {
  test('any calls, in any rhythm, then connect()', async () => {
    const reached = witness();
    await fc.assert(
      fc.asyncProperty(
        rhythm,
        fc.constantFrom('link', 'promise' as const),
        fc.constantFrom('now', 'slow', 'never', 'rejects', 'throws' as const),
        fc.constantFrom('success', 'successSoon', 'nothing' as const),
        async (calls, open, close, greet) => {
          const world = wildWorld(
            { transport: { ...goodMood, open, close, greet } },
            { policy: { timeLimit: Infinity, attemptTimeLimit: Infinity } },
          );
          for (const [step, pause] of calls) {
            if (pause === 'rush') {
              void world.play({ ...step, rush: true });
              reached('in the same breath');
            } else {
              await world.play(step);
              if (typeof pause === 'number') await world.clock.advance(pause);
            }
          }
          world.connection.connect();
          world.connection.connect({ userWaiting: false });
          await world.clock.advance(world.policy.closeTimeLimit);
          expect(world.status).toBe(greet === 'nothing' ? 'connecting' : 'connected');
          expect(world.transport.live).toHaveLength(1);
          expect(world.transport.live[0]!.state).toBe('open');
          expect(world.transport.violations).toEqual([]);
          // every other link was closed, once
          for (const link of world.transport.links.slice(0, -1)) expect(link.closeCalls).toBe(1);
        },
      ),
      often(200),
    );
    reached.atLeast(60, 'in the same breath');
  });

  test('any calls, in any rhythm, then disconnect()', async () => {
    await fc.assert(
      fc.asyncProperty(rhythm, async (calls) => {
        const world = wildWorld();
        for (const [step, pause] of calls) {
          if (pause === 'rush') void world.play({ ...step, rush: true });
          else await world.play(step);
        }
        await world.disconnected();
        expect(world.status).toBe('idle');
        expect(world.transport.live).toEqual([]);
        await Promise.all(world.disconnects);
      }),
      often(100),
    );
  });

  test('connect, disconnect, connect in one breath opens one link and asks for one token', async () => {
    const world = wildWorld();
    world.connection.connect();
    void world.connection.disconnect();
    world.connection.connect();
    await world.settle();
    expect(world.status).toBe('connected');
    expect([world.transport.links.length, world.provider.requests.length]).toEqual([1, 1]);
  });

  test('each call a second time changes nothing', async () => {
    const twice: Step[] = [
      { do: 'connect', userWaiting: true },
      { do: 'connect', userWaiting: false },
      { do: 'retry' },
      { do: 'cancel' },
      { do: 'setToken', which: 'same' },
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...twice),
        fc.constantFrom<TransportMood['greet']>('success', 'nothing', { kind: 'kicked' }, { kind: 'network' }),
        async (step, greet) => {
          const world = wildWorld({ transport: { ...goodMood, greet } });
          world.connection.connect();
          await world.settle();
          await world.play(step);
          const { snapshot } = world;
          const counts = [world.announcements.length, world.transport.sent.length];
          if (step.do === 'connect' && (snapshot.status === 'kicked' || snapshot.status === 'failed')) return;
          await world.play(step);
          expect(world.snapshot).toBe(snapshot);
          expect([world.announcements.length, world.transport.sent.length]).toEqual(counts);
        },
      ),
      often(40),
    );
  });
});
