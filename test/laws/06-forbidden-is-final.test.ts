import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Step } from './support/steps.ts';
import { inEveryWorld, often, witness } from './support/walk.ts';
import { wildWorld } from './support/wildWorld.ts';

describe('6. A forbidden login is final at once: no link is opened, no further request is made.', () => {
  test('in every world', async () => {
    const reached = witness();
    await inEveryWorld(
      (world) => {
        const { provider, transport } = world;
        let final: { sent: number; requests: number } | undefined;
        const isForbidden = () => world.status === 'failed' && world.snapshot.failure?.kind === 'forbidden';
        return {
          before(step) {
            if (step.do === 'connect') final = undefined;
          },
          after(step) {
            if (step.rush) return;
            const counts = { sent: transport.sent.length, requests: provider.requests.length };
            if (final) expect(counts).toEqual(final);
            else if (isForbidden()) {
              reached('forbidden');
              expect(transport.live.filter(({ state }) => state === 'open')).toEqual([]);
              final = counts;
            }
          },
        };
      },
      {
        reaching: () => reached.atLeast(3, 'forbidden'),
        spice: fc.constantFrom<Step>({ do: 'provider', mood: { kind: 'forbidden' } }, { do: 'connect', userWaiting: true }),
      },
    );
  });

  test('said to a first request, to a renewal, or by the server itself, online or not', async () => {
    const stage = fc.constantFrom('initial', 'incorrect', 'expiring', 'link');
    await fc.assert(
      fc.asyncProperty(
        stage,
        fc.boolean(),
        fc.option(fc.constantFrom(401, 403, 'E_LOGIN'), { nil: undefined }),
        async (when, userWaiting, code) => {
          const forbidden = { kind: 'forbidden' as const, ...(code !== undefined && { code }) };
          const world = wildWorld({ hasStore: true, provider: when === 'initial' ? forbidden : 'near' });
          const { connection, transport, provider, store } = world;
          connection.connect({ userWaiting });
          await world.settle();
          if (when !== 'initial') {
            expect(world.status).toBe('connected');
            provider.mood = forbidden;
            if (when === 'incorrect') transport.links[0]!.report.error({ kind: 'tokenIncorrect' });
            if (when === 'link') transport.links[0]!.report.error(forbidden);
            await world.clock.advance(when === 'expiring' ? 20_000 : 0);
          }
          expect(world.status).toBe('failed');
          expect(world.snapshot.failure).toEqual(forbidden);
          expect(transport.links).toHaveLength(when === 'initial' ? 0 : 1);
          expect(transport.live).toEqual([]);
          expect(store.kept, 'the token is of no use to anybody').toBeUndefined();
          const requests = provider.requests.length;
          connection.retry();
          world.signals.network(false);
          world.signals.network(true);
          world.signals.woke(60_000);
          await world.clock.advance(3_600_000);
          expect(provider.requests).toHaveLength(requests);
          expect(transport.links).toHaveLength(when === 'initial' ? 0 : 1);
          expect(world.named('failed')).toHaveLength(1);
        },
      ),
      often(40),
    );
  });
});
