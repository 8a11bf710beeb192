import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inEveryWorld, often, witness } from './support/walk.ts';
import { goodMood } from './support/wildTransport.ts';
import { wildWorld } from './support/wildWorld.ts';

describe('1. One link: at no instant are two links open or opening.', () => {
  test('in every world', async () => {
    const reached = witness();
    await inEveryWorld(
      ({ transport }) => ({
        after() {
          expect(transport.violations.filter((what) => /live at once|closed twice/.test(what))).toEqual([]);
        },
        end() {
          if (transport.links.length > 3) reached('several links');
        },
      }),
      { reaching: () => reached.atLeast(2, 'several links') },
    );
  });

  test('a new link waits until the last one is closed, or has had its time', async () => {
    const reached = witness();
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 9_000 }),
        fc.constantFrom('disconnect', 'setToken', 'refused'),
        async (closeTakes, why) => {
          const world = wildWorld({ transport: { ...goodMood, renew: 'absent', close: 'slow' } }, { random: () => 0 });
          const { connection, transport, clock, policy } = world;
          connection.connect();
          await world.settle();
          if (why === 'disconnect') {
            void connection.disconnect();
            connection.connect();
          } else if (why === 'setToken') {
            connection.setToken('another-token');
          } else {
            transport.links[0]!.report.error({ kind: 'tokenIncorrect' });
          }
          await clock.advance(closeTakes);
          expect(transport.links).toHaveLength(closeTakes < policy.closeTimeLimit ? 1 : 2);
          transport.release('close', true);
          await world.settle();
          expect(transport.links).toHaveLength(2);
          expect(transport.links[1]!.openedAt).toBe(Math.min(closeTakes, policy.closeTimeLimit));
          reached(closeTakes < policy.closeTimeLimit ? 'closed in time' : 'left to itself');
        },
      ),
      often(60),
    );
    reached.atLeast(5, 'closed in time', 'left to itself');
  });
});
