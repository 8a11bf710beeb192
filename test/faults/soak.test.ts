import { expect, test } from 'vitest';
import { liveThroughMixture } from './support/liveThroughMixture.ts';
import { hastyHeartbeat, inFaultyWorld } from './support/startFaultyWorld.ts';

/** Seconds. `npm run test:soak` gives it ten minutes. */
const seconds = Number(process.env['SOAK'] ?? 30);
const tenMinutes = 600;
const kills = Math.floor((1_000 * seconds) / tenMinutes);
/** A whole minute, when there is time for it. */
const longLoss = seconds >= tenMinutes ? 60_000 : 2_000;

test(
  `${seconds} s of everything at once: somebody writes while links are killed (${kills} times at least), fall silent, lose everything for ${longLoss / 1000} s, servers restart, Secrets and clocks change`,
  () =>
    inFaultyWorld(
      async (world, chance) => {
        const { harm } = world.imNetwork;
        const { faults, calms, presses } = await liveThroughMixture(world, chance, { duration: seconds * 1_000, longLoss });
        const killed = sum(harm.kills) + sum(harm.resets);
        // oxlint-disable-next-line no-console -- the figures are what a soak is for
        console.info(
          [
            `SEED=${chance.seed}, ${seconds} s, found good ${calms} times`,
            `kills ${killed}: at random moments ${list(harm.kills)}; in the handshake ${list(harm.resets)}`,
            `faults: ${list(faults)}`,
            `sockets opened ${world.webSockets.opened}, token requests ${world.tokenReasons.length}, server lives ${world.lives()}`,
            `messages acknowledged ${world.sender.acknowledged.size}, in the log ${world.log.size}, a person pressed ${presses} times`,
            `seen: ${list(Object.fromEntries(world.seen))}`,
          ].join('\n'),
        );
        expect(killed).toBeGreaterThanOrEqual(kills);
        for (const [name, times] of Object.entries({ ...faults, ...harm.resets })) expect(times, `how often: ${name}`).toBeGreaterThan(0);
        expect(calms).toBeGreaterThan(0);
        expect(world.sender.acknowledged.size).toBeGreaterThan(seconds);
      },
      {
        heartbeat: hastyHeartbeat,
        policy: {
          backoffMin: 10,
          backoffMax: 60,
          timeLimit: 1_500,
          attemptTimeLimit: 1_000,
          tokenTimeLimit: 1_000,
          verifyTimeLimit: 400,
        },
      },
    ),
  (seconds * 2 + 120) * 1_000,
);

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}

function list(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');
}
