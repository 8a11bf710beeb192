import { setTimeout as pause } from 'node:timers/promises';
import type { Chance } from './chance.ts';
import type { FaultyWorld } from './startFaultyWorld.ts';
import { until } from './until.ts';

/** Does one kind of harm for about `ms`. Says whether it really happened: whether somebody felt it. */
export type FaultKind = (world: FaultyWorld, chance: Chance, ms: number) => Promise<boolean>;

const hour = 60 * 60 * 1000;

/** Every fault of the mixture. Each leaves the world healed, but not necessarily connected. */
export const faultKinds = {
  async latency({ imNetwork, appNetwork }, { between }, ms) {
    const before = imNetwork.harm.delayed;
    imNetwork.delay(between(0, 40), between(0, 80));
    appNetwork.delay(between(0, 40), between(0, 80));
    await pause(ms);
    await imNetwork.heal();
    await appNetwork.heal();
    return imNetwork.harm.delayed > before;
  },

  halfOpenUp: (world, _chance, ms) => goSilent(world, ms, 'up'),
  halfOpenDown: (world, _chance, ms) => goSilent(world, ms, 'down'),
  halfOpenBoth: (world, _chance, ms) => goSilent(world, ms, 'up', 'down'),

  async lossWithDeadSockets({ imNetwork, appNetwork }, _chance, ms) {
    // Whoever wants to connect asks for a token first, if it has none.
    const dead = () => imNetwork.harm.dead + appNetwork.harm.dead;
    const before = dead();
    imNetwork.loseEverything();
    appNetwork.loseEverything();
    await pause(ms);
    await until('a dead socket', () => dead() > before);
    await imNetwork.heal();
    await appNetwork.heal();
    return dead() > before;
  },

  async lossWithRefusedSockets({ imNetwork, appNetwork, refusals }, _chance, ms) {
    const before = refusals();
    await imNetwork.refuseEverything();
    await appNetwork.refuseEverything();
    await pause(ms);
    await until('a refused socket', () => refusals() > before);
    await imNetwork.heal();
    await appNetwork.heal();
    return refusals() > before;
  },

  async secretRefreshed(world) {
    return needsToken(world);
  },

  async slowTokenServer(world, { oneOf }, ms) {
    world.set({ appServer: oneOf(['slow', 'hang']) });
    const asked = await needsToken(world);
    await pause(ms);
    world.set({ appServer: 'normal' });
    return asked;
  },

  async brokenTokenServer(world, { oneOf }, ms) {
    world.set({ appServer: oneOf(['broken', 'garbage']) });
    const asked = await needsToken(world);
    await pause(ms / 2);
    world.set({ appServer: 'normal' });
    return asked;
  },

  async resetTokenRequest(world, { oneOf }) {
    const { appNetwork } = world;
    const phase = oneOf(['accept', 'request', 'halfResponse', 'response'] as const);
    const before = appNetwork.harm.resets[phase];
    appNetwork.planReset(phase);
    await needsToken(world);
    const isFelt = () => appNetwork.harm.resets[phase] > before;
    await until('a reset token request', isFelt);
    return isFelt();
  },

  async imServerRestarts({ restartIm, lives }, { between }) {
    const before = lives();
    await restartIm(() => pause(between(0, 300)));
    return lives() > before;
  },

  async appServerRestarts(world, { between }) {
    let isFelt = false;
    await world.restartApp(async () => {
      isFelt = await needsToken(world);
      await pause(between(0, 300));
    });
    return isFelt;
  },

  async imServerSaysGoodbye({ im, connection, seen, isConnected }) {
    await isConnected();
    const before = seen.get('failure server') ?? 0;
    im().announceRestart(100);
    // A kill may have come first.
    await until('it has heard', () => connection.getSnapshot().status !== 'connected' || (seen.get('failure server') ?? 0) > before);
    return (seen.get('failure server') ?? 0) > before;
  },

  clockJumpsAhead: (world, { between, oneOf }, ms) => clockJumps(world, between(1, 48) * hour, oneOf([true, false]), ms),
  clockJumpsBack: (world, { between, oneOf }, ms) => clockJumps(world, -between(1, 48) * hour, oneOf([true, false]), ms),

  async wakesToDeadLink({ imNetwork, signals, webSockets, isConnected }) {
    await isConnected();
    const before = webSockets.opened;
    const links = imNetwork.halfOpen('up', 'down');
    signals.woke(60_000);
    await until('another socket', () => webSockets.opened > before);
    return links > 0;
  },

  async platformIsOffline({ signals, imNetwork, seen, webSockets, isConnected }, _chance, ms) {
    await isConnected();
    const before = seen.get('offline') ?? 0;
    const isFelt = () => (seen.get('offline') ?? 0) > before;
    signals.network(false);
    // A link that answers when it is asked is believed more than the platform.
    imNetwork.kill();
    await until('it is offline', isFelt);
    const { opened } = webSockets;
    await pause(ms / 2);
    if (webSockets.opened > opened) throw new Error('a socket was opened while the platform said offline');
    signals.network(true);
    return isFelt();
  },

  async personComesAndGoes({ connection, seen }, { between, random }) {
    const partings = () => (seen.get('idle') ?? 0) + (seen.get('closing') ?? 0);
    const before = partings();
    for (let presses = 0; presses < 6; presses += 1) {
      void connection.disconnect();
      if (random() < 0.7) await pause(between(0, 60));
      connection.connect();
      if (random() < 0.7) await pause(between(0, 60));
    }
    return partings() > before;
  },
} satisfies Record<string, FaultKind>;

export type FaultName = keyof typeof faultKinds;

async function goSilent(
  { imNetwork, webSockets, isConnected }: FaultyWorld,
  ms: number,
  ...directions: ('up' | 'down')[]
): Promise<boolean> {
  await isConnected();
  const before = webSockets.opened;
  const links = imNetwork.halfOpen(...directions);
  await pause(ms / 4);
  await until('another socket', () => webSockets.opened > before);
  return links > 0;
}

/** Refreshes the Secret, and has the client find out. */
async function needsToken({ refreshSecret, imNetwork, tokenReasons }: FaultyWorld): Promise<boolean> {
  const before = tokenReasons.length;
  refreshSecret();
  imNetwork.kill();
  await until('a token is asked for', () => tokenReasons.length > before);
  return true;
}

async function clockJumps({ clock, signals, imNetwork }: FaultyWorld, jump: number, isToldSo: boolean, ms: number): Promise<boolean> {
  const before = clock.reads;
  clock.jump(jump);
  if (isToldSo) signals.woke(Math.max(0, jump));
  await pause(ms / 4);
  imNetwork.kill();
  const isFelt = () => clock.reads > before;
  await until('somebody has looked at the clock', isFelt);
  await pause(ms / 4);
  clock.jump(-jump);
  return isFelt();
}
