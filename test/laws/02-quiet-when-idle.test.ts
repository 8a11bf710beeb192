import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Step } from './support/steps.ts';
import { inEveryWorld, witness } from './support/walk.ts';
import { wildWorld, type WildWorld } from './support/wildWorld.ts';

/** Everything that could still run, and everything that could still be noticed. */
const traces = ({ transport, provider, announcements, log }: WildWorld) => [
  transport.sent.length,
  provider.requests.length,
  announcements.length,
  log.length,
];

function expectQuiet({ clock, transport, provider, signals, status }: WildWorld): void {
  expect(status).toBe('idle');
  expect(clock.pending, 'timers').toBe(0);
  expect(provider.active, 'token requests').toEqual([]);
  expect(signals.listeners, 'listeners').toBe(0);
  expect(
    transport.live.map(({ number }) => number),
    'links',
  ).toEqual([]);
}

describe('2. Quiet when idle: after `disconnect()` resolves nothing runs: no timer, no link, no token request, no listener.', () => {
  test('in every world', async () => {
    const reached = witness();
    await inEveryWorld(
      (world) => ({
        async end() {
          const { provider, transport, clock, status } = world;
          reached(status);
          await world.disconnected(provider.requests.length % 2 === 0);
          expectQuiet(world);
          const before = traces(world);
          await clock.advance(3_600_000);
          transport.release('verify', true);
          transport.release('renew', false);
          provider.release(true);
          await clock.advance(3_600_000);
          expect(traces(world)).toEqual(before);
          expectQuiet(world);
        },
      }),
      { reaching: () => reached.atLeast(1, 'connected', 'waiting', 'prompting', 'failed') },
    );
  });

  test('a disconnect takes no longer than the link may take to close', async () => {
    const reached = witness();
    await inEveryWorld(
      (world) => ({
        async end() {
          const took = await world.disconnected();
          // the token store has a limit of its own: 2 s for each call, and they wait for one another
          const forTheStore = 2_000 * world.log.filter(({ message }) => message.includes('tokenStore')).length;
          expect(took).toBeLessThanOrEqual(Math.max(world.policy.closeTimeLimit, forTheStore) + 100);
          if (took > 0) reached('a slow close');
        },
      }),
      { reaching: () => reached.atLeast(1, 'a slow close') },
    );
  });

  test('after cancel() too', async () => {
    const reached = witness();
    await inEveryWorld(
      (world) => ({
        async end() {
          if (world.status !== 'prompting') return;
          reached('a prompt');
          world.connection.cancel();
          await world.clock.advance(60_000);
          expectQuiet(world);
        },
      }),
      {
        reaching: () => reached.atLeast(1, 'a prompt'),
        spice: fc.constantFrom<Step>(
          { do: 'connect', userWaiting: true },
          { do: 'transport', mood: { greet: 'nothing' } },
          { do: 'pass', ms: 20_000 },
        ),
      },
    );
  });

  test('before the first connect() too', () => {
    const world = wildWorld({ kept: true, hasStore: true, stored: true });
    expectQuiet(world);
    expect(traces(world)).toEqual([0, 0, 0, 0]);
  });
});
