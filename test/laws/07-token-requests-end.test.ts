import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Step } from './support/steps.ts';
import { inEveryWorld, often, witness } from './support/walk.ts';
import { goodMood } from './support/wildTransport.ts';
import { wildWorld, type WildWorld } from './support/wildWorld.ts';

describe('7. A token request ends: time limit, abort on exit, one at a time, and it is told why it is made.', () => {
  test('in every world', async () => {
    const reached = witness();
    await inEveryWorld(
      (world) => {
        const { provider, clock, policy } = world;
        let seen = 0;
        return {
          after(step) {
            if (step.rush) return;
            const { active } = provider;
            expect(active.length, 'one at a time').toBeLessThanOrEqual(1);
            for (const { askedAt } of active) {
              reached('a request that hangs');
              expect(clock.elapsed - askedAt, 'time limit').toBeLessThan(policy.tokenTimeLimit);
              expect(world.status, 'abort on exit').toMatch(/^(fetchingToken|connected)$/);
            }
            for (const { reason, attempt } of provider.requests.slice(seen)) {
              expect(['initial', 'incorrect', 'expired', 'expiring']).toContain(reason);
              expect(Number.isInteger(attempt) && attempt >= 0).toBe(true);
              reached(reason);
            }
            seen = provider.requests.length;
          },
        };
      },
      {
        reaching: () => reached.atLeast(2, 'a request that hangs', 'initial', 'incorrect', 'expired', 'expiring'),
        spice: fc.constantFrom<Step>(
          { do: 'provider', mood: 'hangs' },
          { do: 'provider', mood: 'near' },
          { do: 'provider', mood: 'near' },
          { do: 'connect', userWaiting: false },
          { do: 'connect', userWaiting: false },
          { do: 'pass', ms: 15_000 },
          { do: 'pass', ms: 15_000 },
          { do: 'hear', word: { says: 'error', failure: { kind: 'tokenIncorrect' } } },
        ),
      },
    );
  });

  test('a hung request is aborted exactly at its limit, and tried again after a wait', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 60_000 }), fc.integer(), async (tokenTimeLimit, seed) => {
        const world = wildWorld({ seed, provider: 'hangs' }, { policy: { tokenTimeLimit } });
        world.connection.connect({ userWaiting: false });
        await world.settle();
        const [request] = world.provider.requests;
        await world.clock.advance(tokenTimeLimit - 1);
        expect(request!.signal.aborted).toBe(false);
        await world.clock.advance(1);
        expect(request!.signal.aborted).toBe(true);
        expect(world.snapshot).toMatchObject({ status: 'waiting', attempt: 1, failure: { kind: 'timeout', code: 'tokenTimeLimit' } });
        world.provider.mood = 'new';
        await world.clock.advance(500);
        expect(world.status).toBe('connected');
        expect(world.provider.requests.map(({ reason, attempt }) => ({ reason, attempt }))).toEqual([
          { reason: 'initial', attempt: 0 },
          { reason: 'initial', attempt: 1 },
        ]);
      }),
      often(30),
    );
  });

  test('whatever ends the wish for an answer aborts the request at once', async () => {
    const exits: Record<string, (world: WildWorld) => void | Promise<void>> = {
      disconnect: ({ connection }) => void connection.disconnect(),
      logout: ({ connection }) => void connection.disconnect({ logout: true }),
      offline: ({ signals }) => signals.network(false),
      'a pushed token': ({ connection }) => connection.setToken('pushed'),
      'the time limit of a waiting person': ({ clock, policy }) => clock.advance(policy.timeLimit),
    };
    for (const [name, exit] of Object.entries(exits)) {
      const world = wildWorld({ provider: 'hangs' });
      world.connection.connect();
      await world.settle();
      await exit(world);
      expect(world.provider.requests[0]!.signal.aborted, name).toBe(true);
    }
  });

  test('a renewal beside a live link ends with the link, and has the same limit', async () => {
    for (const how of ['limit', 'lost', 'disconnect'] as const) {
      const world = wildWorld({ provider: 'near' });
      world.connection.connect();
      await world.settle();
      world.provider.mood = 'hangs';
      await world.clock.advance(15_000);
      expect(world.provider.active.map(({ reason }) => reason)).toEqual(['expiring']);
      if (how === 'limit') await world.clock.advance(world.policy.tokenTimeLimit);
      if (how === 'lost') world.transport.links[0]!.report.error({ kind: 'network' });
      if (how === 'disconnect') void world.connection.disconnect();
      expect(world.provider.requests[1]!.signal.aborted, how).toBe(true);
      if (how === 'limit') expect(world.status).toBe('connected');
    }
  });

  test('a connect() that is taken back in the same breath asks nothing', async () => {
    const world = wildWorld();
    world.connection.connect();
    void world.connection.disconnect();
    await world.settle();
    expect(world.provider.requests).toEqual([]);
  });

  test('each request says why it is made', async () => {
    const cause = fc.constantFrom('tokenIncorrect' as const, 'tokenExpired' as const, 'clock' as const, 'near' as const);
    await fc.assert(
      fc.asyncProperty(fc.array(cause, { minLength: 1, maxLength: 6 }), async (causes) => {
        const world = wildWorld(
          { transport: { ...goodMood, greet: 'nothing' } },
          { policy: { maxTokenRenewals: 99, attemptTimeLimit: Infinity, backoffMax: 1_000 } },
        );
        const { connection, transport, provider, clock } = world;
        const expected: string[] = ['initial'];
        provider.mood = causes[0] === 'clock' || causes[0] === 'near' ? 'near' : 'new';
        connection.connect({ userWaiting: false });
        await world.settle();
        for (const [index, why] of causes.entries()) {
          const next = causes[index + 1];
          provider.mood = next === 'clock' || next === 'near' ? 'near' : 'new';
          const link = transport.links.at(-1)!;
          if (why === 'near') {
            link.report.success({ userId: 'alice' });
            await clock.advance(15_000);
            expected.push('expiring');
            // back to an unanswered link, whatever the token
            transport.links.at(-1)!.report.error({ kind: 'server', retryAfter: 0 });
            await clock.advance(1_000);
          } else if (why === 'clock') {
            link.report.error({ kind: 'server', retryAfter: 20_000 });
            await clock.advance(21_000);
            expected.push('expired');
          } else {
            link.report.error({ kind: why });
            await world.settle();
            expected.push(why === 'tokenIncorrect' ? 'incorrect' : 'expired');
          }
        }
        expect(provider.requests.map(({ reason }) => reason)).toEqual(expected);
      }),
      often(40),
    );
  });
});
