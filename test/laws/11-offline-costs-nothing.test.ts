import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyFailure, type Step } from './support/steps.ts';
import { inEveryWorld, often, witness } from './support/walk.ts';
import { goodMood } from './support/wildTransport.ts';
import { wildWorld } from './support/wildWorld.ts';

describe('11. Offline costs nothing: no attempt and no count while the platform says offline; online tries at once (small jitter).', () => {
  test('in every world', async () => {
    const reached = witness();
    await inEveryWorld(
      (world) => {
        const { transport, provider, connection } = world;
        let before: { opened: number; requests: number; attempt: number } | undefined;
        const counts = () => ({
          opened: transport.sent.length,
          requests: provider.requests.length,
          attempt: connection.getSnapshot().attempt,
        });
        return {
          async before(step) {
            if (step.do === 'connect' || step.do === 'pass' || step.do === 'woke') await world.settle();
            // a live link that has proved the platform wrong may lose its token, and that counts
            before = world.isOffline && !/^(connected|recovering)$/.test(world.status) ? counts() : undefined;
          },
          async after() {
            await world.settle();
            if (!before || !world.isOffline) return;
            const { opened, requests, attempt } = counts();
            expect([opened, requests]).toEqual([before.opened, before.requests]);
            expect(attempt).toBeLessThanOrEqual(before.attempt);
            if (world.status === 'offline') reached('offline');
          },
        };
      },
      {
        reaching: () => reached.atLeast(50, 'offline'),
        spice: fc.constantFrom<Step>({ do: 'network', online: false }, { do: 'pass', ms: 30_000 }, { do: 'connect', userWaiting: false }),
      },
    );
  });

  test('while anything is tried or waited for, offline stops it, and online goes on where the count stood', async () => {
    const stage = fc.constantFrom('fetchingToken', 'connecting', 'waiting', 'recovering', 'connected');
    await fc.assert(
      fc.asyncProperty(stage, fc.nat(3), fc.integer({ min: 0, max: 3_600_000 }), fc.integer(), async (when, failures, offlineFor, seed) => {
        const world = wildWorld({ seed, transport: { ...goodMood, verify: 'absent', greet: { kind: 'network' } } });
        const { connection, transport, provider, signals, clock } = world;
        connection.connect({ userWaiting: false });
        await world.settle();
        while (world.snapshot.attempt < failures || world.status !== 'waiting') await clock.advance(50);
        if (when !== 'waiting') {
          transport.mood.greet = when === 'connecting' ? 'nothing' : 'successSoon';
          if (when === 'fetchingToken') {
            await world.disconnected(true);
            provider.mood = 'hangs';
            connection.connect({ userWaiting: false });
            await world.settle();
          } else {
            await clock.advance(world.snapshot.retryAt! - clock.now());
            if (when === 'recovering') transport.links.at(-1)!.report.interrupted();
          }
        }
        expect(world.status).toBe(when);
        const { attempt } = world.snapshot;
        const [links, requests] = [transport.links.length, provider.requests.length];

        signals.network(false);
        expect(world.snapshot).toMatchObject({ status: 'offline', attempt, failure: { kind: 'network', code: 'offline' } });
        await clock.advance(offlineFor);
        expect([transport.links.length, provider.requests.length]).toEqual([links, requests]);
        expect(world.snapshot).toMatchObject({ status: 'offline', attempt });
        expect(clock.pending, 'no timer').toBe(0);
        expect(transport.live).toEqual([]);

        transport.mood = { ...goodMood };
        provider.mood = 'new';
        signals.network(true);
        expect(world.snapshot.attempt).toBe(attempt);
        await clock.advance(world.policy.backoffMin);
        expect(world.status).toBe('connected');
      }),
      often(60),
    );
  });

  test('offline from the start, a connect() tries nothing', async () => {
    const world = wildWorld({ hasStore: true, stored: true });
    await world.play({ do: 'network', online: false });
    world.connection.connect({ userWaiting: false });
    await world.clock.advance(3_600_000);
    expect(world.snapshot).toMatchObject({ status: 'offline', attempt: 0 });
    expect([world.transport.links.length, world.provider.requests.length]).toEqual([0, 0]);
    world.signals.network(true);
    await world.clock.advance(world.policy.backoffMin);
    expect(world.status).toBe('connected');
  });

  test('a thousand clients that come online together do not come back together', async () => {
    const moments = new Set<number>();
    for (let client = 0; client < 100; client++) {
      const world = wildWorld({ seed: client });
      await world.play({ do: 'network', online: false });
      world.connection.connect({ userWaiting: false });
      world.signals.network(true);
      moments.add(world.snapshot.retryAt!);
    }
    expect(moments.size).toBeGreaterThan(60);
  });

  test('a failure of a live link that is judged while offline is not counted, whatever it is that time may heal', async () => {
    await fc.assert(
      fc.asyncProperty(anyFailure, async (failure) => {
        const world = wildWorld({ transport: { ...goodMood, verify: 'resolves' } });
        world.connection.connect();
        await world.settle();
        await world.play({ do: 'network', online: false });
        expect(world.status).toBe('connected');
        world.transport.links[0]!.report.error(failure);
        const { status, attempt } = world.snapshot;
        if (/network|server|timeout|unknown/.test(failure.kind)) expect([status, attempt]).toEqual(['offline', 0]);
        else if (/token/.test(failure.kind)) expect(status).toBe('offline');
        else expect(status).toMatch(/kicked|failed/);
      }),
      often(40),
    );
  });

  test('whoever puts it off, leaves, and is back before it is closed: the platform is listened to again', async () => {
    const world = wildWorld();
    const { connection, transport, signals } = world;
    connection.connect();
    await world.settle();
    // somebody is in, so that there is something to close after the prompt was cancelled
    transport.mood.greet = 'nothing';
    transport.links[0]!.report.error({ kind: 'tokenIncorrect' });
    connection.connect();
    await world.clock.advance(world.policy.timeLimit);
    connection.cancel();
    expect(world.status).toBe('idle');
    void connection.disconnect();
    connection.connect({ userWaiting: false });
    await world.settle();
    signals.network(false);
    expect(world.status).toBe('offline');
  });
});
