import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Step } from './support/steps.ts';
import { inEveryWorld, often, witness } from './support/walk.ts';
import { goodMood, isRefusal } from './support/wildTransport.ts';
import { wildWorld } from './support/wildWorld.ts';

const refusals = fc.constant<Step>({ do: 'transport', mood: { greet: { kind: 'tokenIncorrect' } } });
const refusal = fc.constantFrom('tokenIncorrect' as const, 'tokenExpired' as const);

describe('5. Token renewals are counted: at most `maxTokenRenewals` in a row without a stable connection, then `failed`.', () => {
  test('in every world', async () => {
    const reached = witness();
    await inEveryWorld(
      (world) => {
        const { transport, policy } = world;
        let connectedAt = Infinity;
        let changes = 0;
        let before = 0;
        const forget = () => (before = transport.refusals.length);
        return {
          before(step) {
            if (step.do === 'connect' && /idle|closing|kicked|failed/.test(world.status)) forget();
          },
          after() {
            for (const { at, payload } of world.named('change').slice(changes)) {
              const { previous, current } = payload;
              if (previous.status === 'connected' && at - connectedAt >= policy.stableAfter) {
                forget();
                // what was refused at the end of a stable connection is the first of a new row
                if (current.status !== 'recovering' && current.failure && isRefusal(current.failure)) before -= 1;
              }
              if (current.status !== previous.status) connectedAt = current.status === 'connected' ? at : Infinity;
            }
            changes = world.named('change').length;
            if (world.clock.elapsed - connectedAt >= policy.stableAfter) forget();

            const inRow = transport.refusals.length - before;
            expect(inRow).toBeLessThanOrEqual(policy.maxTokenRenewals + 1);
            if (inRow > policy.maxTokenRenewals) {
              expect(world.status).toMatch(/failed|closing|idle/);
              reached('the cap');
            }
          },
          end() {
            if (transport.refusals.length > 0) reached('a refusal');
          },
        };
      },
      {
        reaching: () => reached.atLeast(3, 'the cap', 'a refusal'),
        spice: fc.oneof(refusals, fc.constant<Step>({ do: 'hear', word: { says: 'error', failure: { kind: 'tokenIncorrect' } } })),
      },
    );
  });

  test('every token refused: the cap is exact, then it rests', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(5), fc.array(refusal, { minLength: 7, maxLength: 7 }), fc.boolean(), async (cap, kinds, userWaiting) => {
        const world = wildWorld({ transport: { ...goodMood, greet: 'nothing' } }, { policy: { maxTokenRenewals: cap } });
        const { connection, transport, provider } = world;
        connection.connect({ userWaiting });
        await world.settle();
        for (const kind of kinds) {
          if (world.status !== 'connecting') break;
          transport.links.at(-1)!.report.error({ kind, code: 31004 });
          await world.settle();
        }
        expect(world.status).toBe('failed');
        expect(world.snapshot.failure).toMatchObject({ kind: kinds[cap], code: 31004 });
        expect(transport.links).toHaveLength(cap + 1);
        expect(provider.requests.map(({ reason }) => reason)).toEqual([
          'initial',
          ...kinds.slice(0, cap).map((kind) => (kind === 'tokenExpired' ? 'expired' : 'incorrect')),
        ]);
        await world.clock.advance(3_600_000);
        expect(transport.links).toHaveLength(cap + 1);
      }),
      often(60),
    );
  });

  test('a connection that was not stable does not reset the count, a stable one does', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { minLength: 1, maxLength: 12 }), async (stables) => {
        const world = wildWorld();
        const { connection, transport, policy } = world;
        connection.connect({ userWaiting: false });
        await world.settle();
        let row = 0;
        for (const isStable of stables) {
          await world.clock.advance(isStable ? policy.stableAfter : policy.stableAfter - 1);
          row = isStable ? 1 : row + 1;
          transport.links.at(-1)!.report.error({ kind: 'tokenIncorrect' });
          await world.settle();
          expect(world.status).toBe(row > policy.maxTokenRenewals ? 'failed' : 'connected');
          if (world.status === 'failed') break;
        }
      }),
      often(60),
    );
  });

  test('stable connections or not: the long-window budget ends a slow loop', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 8 }), async (budget) => {
        const world = wildWorld({}, { policy: { maxTokenRenewalsPerHour: budget } });
        world.connection.connect({ userWaiting: false });
        await world.settle();
        for (let refusals = 1; refusals <= budget + 1; refusals++) {
          await world.clock.advance(20_000);
          expect(world.status).toBe('connected');
          world.transport.links.at(-1)!.report.error({ kind: 'tokenExpired' });
          await world.settle();
        }
        expect(world.status).toBe('failed');
        expect(world.provider.requests).toHaveLength(budget + 1);
      }),
      often(8),
    );
  });

  test('a provider that answers with a refused token uses up renewals as well', async () => {
    const world = wildWorld({ kept: true, provider: 'refused', transport: { ...goodMood, greet: { kind: 'tokenIncorrect' } } });
    world.connection.connect();
    await world.settle();
    expect(world.status).toBe('failed');
    expect(world.provider.requests).toHaveLength(world.policy.maxTokenRenewals);
    expect(world.transport.links).toHaveLength(1);
  });
});
