import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Step } from './support/steps.ts';
import { inEveryWorld, often, witness } from './support/walk.ts';
import { goodMood } from './support/wildTransport.ts';
import { wildWorld } from './support/wildWorld.ts';

describe('19. The wrong user never gets in.', () => {
  test('in every world', async () => {
    const reached = witness();
    await inEveryWorld(
      (world) => {
        world.connection.subscribe(({ status, userId, failure }) => {
          if (status === 'connected' || status === 'recovering') expect(userId).toBe('alice');
          if (failure?.kind === 'wrongUser' && failure.message?.includes('expectedUserId')) reached('the wrong user');
        });
        return {
          after() {
            expect(world.snapshot.userId ?? 'alice').toBe('alice');
            for (const { payload } of world.named('connected')) expect(payload.userId).toBe('alice');
            for (const link of world.transport.links) {
              const heardWrong = link.heard.some((word) => word.says === 'success' && word.userId !== 'alice');
              // a repeated success is not looked at
              if (heardWrong && link.heard.filter(({ says }) => says === 'success').length === 1)
                expect(link.request.signal.aborted).toBe(true);
            }
          },
        };
      },
      {
        reaching: () => reached.atLeast(5, 'the wrong user'),
        options: () => ({ expectedUserId: 'alice' }),
        spice: fc.constantFrom<Step>(
          { do: 'hear', word: { says: 'success', userId: 'mallory' } },
          { do: 'hear', word: { says: 'interrupted' } },
          { do: 'transport', mood: { greet: 'nothing' } },
          { do: 'connect', userWaiting: false },
          { do: 'connect', userWaiting: false },
        ),
      },
    );
  });

  test('at first, after a reconnect, after a renewal, or when the SDK comes back by itself', async () => {
    const when = fc.constantFrom('first', 'reconnect', 'renewed', 'recovered');
    await fc.assert(
      fc.asyncProperty(
        when,
        fc.string({ minLength: 1 }).filter((name) => name !== 'alice'),
        async (stage, wrong) => {
          const world = wildWorld({ hasStore: true, transport: { ...goodMood, greet: 'nothing' } }, { expectedUserId: 'alice' });
          const { connection, transport, provider } = world;
          connection.connect();
          await world.settle();
          transport.links[0]!.report.dbOpened();
          if (stage !== 'first') {
            transport.links[0]!.report.success({ userId: 'alice' });
            if (stage === 'recovered') transport.links[0]!.report.interrupted();
            else transport.links[0]!.report.error({ kind: stage === 'renewed' ? 'tokenIncorrect' : 'network' });
            await world.clock.advance(600);
          }
          const connected = world.named('connected').length;
          transport.links.at(-1)!.report.success({ userId: wrong });
          await world.settle();
          expect(world.snapshot).toMatchObject({ status: 'failed', database: 'closed', failure: { kind: 'wrongUser' } });
          expect(world.named('connected')).toHaveLength(connected);
          expect(connection.link).toBeUndefined();
          expect(transport.live).toEqual([]);
          expect(world.store.kept, "somebody else's token is of no use").toBeUndefined();
          const requests = provider.requests.length;
          connection.connect();
          await world.settle();
          expect(provider.requests).toHaveLength(requests + 1);
        },
      ),
      often(40),
    );
  });
});
