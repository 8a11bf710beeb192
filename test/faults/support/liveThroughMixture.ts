import { setTimeout as pause } from 'node:timers/promises';
import { createChance, type Chance } from './chance.ts';
import { faultKinds, type FaultName } from './faultKinds.ts';
import { resetPhases } from './handshakeStage.ts';
import type { FaultyWorld } from './startFaultyWorld.ts';

export interface Mixture {
  /** ms; it goes on until each kind of fault has had its turn. */
  readonly duration: number;
  /** How long the first total loss lasts, in ms. */
  readonly longLoss: number;
}

export interface MixtureReport {
  /** How often each kind really happened. */
  readonly faults: Readonly<Record<string, number>>;
  /** How often the whole world was looked at, and found good. */
  calms: number;
  presses: number;
}

const names = Object.keys(faultKinds) as FaultName[];
/** A person does not type on and on while nothing goes out. */
const mostPending = 50;

/** All faults, in an order of chance, with storms of kills between them, while somebody writes all the time. */
export async function liveThroughMixture(world: FaultyWorld, chance: Chance, { duration, longLoss }: Mixture): Promise<MixtureReport> {
  const { connection, sender, imNetwork } = world;
  const faults: Record<string, number> = Object.fromEntries(names.map((name) => [name, 0]));
  const report: MixtureReport = { faults, calms: 0, presses: 0 };
  const end = performance.now() + duration;
  let isOver = false;
  let losses = 0;

  async function person(): Promise<void> {
    const { between } = createChance(chance.seed + 2);
    while (!isOver) {
      await pause(between(20, 60));
      if (sender.pending() < mostPending) sender.say();
      const { status } = connection.getSnapshot();
      if (status !== 'prompting' && status !== 'failed') continue;
      report.presses += 1;
      if (status === 'prompting') connection.retry();
      else connection.connect();
    }
  }

  /** Kills, and resets at a planned moment of the next handshake, as fast as the client comes back. */
  async function storm(): Promise<void> {
    for (const phase of chance.shuffled(resetPhases)) {
      await pause(chance.between(0, 60));
      const leavesGhost = chance.random() < 0.3;
      if (chance.random() < 0.6) imNetwork.planReset(phase, { leavesGhost });
      imNetwork.kill({ leavesGhost });
    }
  }

  connection.connect();
  await world.isConnected();
  const writing = person();
  try {
    for (let isComplete = false; performance.now() < end || !isComplete;) {
      for (const name of chance.shuffled(names)) {
        if (isComplete && performance.now() > end) break;
        // What came at a moment when nobody could feel it (the link was just being reset) comes again.
        for (let tries = 0; tries < 5; tries += 1) {
          const ms = name === 'lossWithDeadSockets' && losses++ === 0 ? longLoss : chance.between(200, 900);
          const isFelt = await faultKinds[name](world, chance, ms);
          await storm();
          if (!isFelt) continue;
          faults[name] = (faults[name] ?? 0) + 1;
          break;
        }
      }
      isComplete = true;
      await world.isGoodAgain();
      report.calms += 1;
    }
  } finally {
    isOver = true;
    await writing;
  }
  return report;
}
