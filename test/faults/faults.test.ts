import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { resetPhases } from './support/handshakeStage.ts';
import type { Direction } from './support/proxiedConnection.ts';
import { hastyHeartbeat, inFaultyWorld } from './support/startFaultyWorld.ts';
import { until } from './support/until.ts';

/** Back at once, so that there is always something to kill. */
const hastier = { policy: { backoffMin: 10, backoffMax: 60 } };
const day = 24 * 60 * 60 * 1000;

test('a slow and uneven network is no reason to give a link up: everything arrives, over one link', () =>
  inFaultyWorld(async ({ imNetwork, appNetwork, connection, sender, webSockets, isConnected, say }) => {
    imNetwork.delay(20, 60);
    appNetwork.delay(20, 60);
    connection.connect();
    await isConnected();
    for (let count = 0; count < 5; count += 1) {
      sender.say();
      await say();
    }
    expect(imNetwork.harm.delayed).toBeGreaterThan(10);
    expect(appNetwork.harm.delayed).toBeGreaterThan(0);
    expect(webSockets.opened).toBe(1);
  }));

test.each<[how: string, directions: Direction[], vanishing: Direction]>([
  ['hears nothing', ['down'], 'down'],
  ['is not heard', ['up'], 'up'],
  ['is cut off in both directions', ['up', 'down'], 'up'],
])('a half-open link on which the client %s is noticed by its silence and replaced', (_how, directions, vanishing) =>
  inFaultyWorld(
    async ({ imNetwork, connection, sender, webSockets, seen, isConnected, say }) => {
      connection.connect();
      await isConnected();
      await say();
      const before = webSockets.opened;
      expect(imNetwork.halfOpen(...directions)).toBe(1);
      sender.say();
      await until('another link', () => webSockets.opened > before);
      await isConnected();
      expect(imNetwork.harm.swallowedBytes[vanishing]).toBeGreaterThan(0);
      expect(seen.get('failure network')).toBeGreaterThan(0);
    },
    { heartbeat: hastyHeartbeat },
  ),
);

test.each(resetPhases)('a reset at "%s" costs one socket and no token, whether or not the server has noticed it', (phase) =>
  inFaultyWorld(async ({ imNetwork, connection, webSockets, tokenReasons, isConnected, isGoodAgain }) => {
    for (const leavesGhost of [false, true]) {
      imNetwork.planReset(phase, { leavesGhost });
      connection.connect();
      await until('the reset', () => imNetwork.harm.resets[phase] === (leavesGhost ? 2 : 1));
      await isConnected();
      await isGoodAgain();
      if (!leavesGhost) await connection.disconnect();
    }
    expect(webSockets.opened).toBe(4);
    expect(tokenReasons).toEqual(['initial']);
  }),
);

test.each(['accept', 'request', 'halfResponse', 'response'] as const)(
  'a token request that is reset at "%s" is made once more, and then the link is opened',
  (phase) =>
    inFaultyWorld(async ({ appNetwork, connection, webSockets, tokenReasons, isConnected }) => {
      appNetwork.planReset(phase);
      connection.connect();
      await isConnected();
      expect(appNetwork.harm.resets[phase]).toBe(1);
      expect(tokenReasons).toEqual(['initial', 'initial']);
      expect(webSockets.opened).toBe(1);
    }),
);

test('100 % loss: every new connection is accepted and dead (a second here, a minute in the ten-minute soak)', () =>
  inFaultyWorld(
    async ({ imNetwork, connection, sender, webSockets, tokenReasons, isConnected, isGoodAgain }) => {
      connection.connect();
      await isConnected();
      const start = performance.now();
      const before = webSockets.opened;
      imNetwork.loseEverything();
      sender.say();
      await pause(1_000);
      await until('a dead socket', () => imNetwork.harm.dead > 0);
      // Each of them has had its whole limit before the next one.
      const attempts = webSockets.opened - before;
      expect(attempts).toBeLessThanOrEqual(Math.floor((performance.now() - start) / 300) + 1);
      await isGoodAgain();
      expect(tokenReasons).toEqual(['initial']);
    },
    { heartbeat: hastyHeartbeat, policy: { attemptTimeLimit: 300 } },
  ));

test('100 % loss: every new connection is refused (a second here)', () =>
  inFaultyWorld(
    async ({ imNetwork, connection, sender, webSockets, tokenReasons, isConnected, isGoodAgain }) => {
      connection.connect();
      await isConnected();
      await imNetwork.refuseEverything();
      sender.say();
      await pause(1_000);
      await until('a refused socket', () => webSockets.refused > 0);
      await isGoodAgain();
      expect(tokenReasons).toEqual(['initial']);
    },
    { heartbeat: hastyHeartbeat },
  ));

test.each(['slow', 'hang'] as const)(
  'a token server that is too slow (%s) is asked again, one request at a time, until it answers',
  (mode) =>
    inFaultyWorld(
      async ({ set, connection, tokenReasons, seen, isConnected }) => {
        set({ appServer: mode });
        connection.connect();
        await until('three requests', () => tokenReasons.length >= 3);
        expect(seen.get('failure timeout')).toBeGreaterThan(0);
        expect(connection.getSnapshot().status).not.toBe('connected');
        set({ appServer: 'normal' });
        await isConnected();
      },
      { policy: { tokenTimeLimit: 150 } },
    ),
);

test('a token server that is slow within its limit only costs time', () =>
  inFaultyWorld(
    async ({ set, connection, tokenReasons, isConnected }) => {
      set({ appServer: 'slow' });
      connection.connect();
      await isConnected();
      expect(tokenReasons).toEqual(['initial']);
    },
    { policy: { tokenTimeLimit: 20_000 } },
  ));

test('the way to the token server is refused, and comes back', () =>
  inFaultyWorld(async ({ appNetwork, connection, refusals, webSockets, isConnected }) => {
    await appNetwork.refuseEverything();
    connection.connect();
    await until('two requests', () => refusals() >= 2);
    expect(webSockets.opened).toBe(0);
    await appNetwork.heal();
    await isConnected();
  }));

test('the way to the token server is dead, and comes back', () =>
  inFaultyWorld(
    async ({ appNetwork, connection, tokenReasons, isConnected }) => {
      appNetwork.loseEverything();
      connection.connect();
      await until('two requests', () => tokenReasons.length >= 2);
      expect(appNetwork.harm.dead).toBeGreaterThan(0);
      await appNetwork.heal();
      await isConnected();
    },
    { policy: { tokenTimeLimit: 150 } },
  ));

test('the IM server restarts and has forgotten everybody: connected again, and what was said meanwhile is in its log', () =>
  inFaultyWorld(async ({ restartIm, connection, sender, log, lives, tokenReasons, isConnected, say, isGoodAgain }) => {
    connection.connect();
    await isConnected();
    await say();
    let meanwhile = '';
    await restartIm(async () => {
      meanwhile = sender.say();
      await pause(200);
    });
    expect(lives()).toBe(2);
    await isGoodAgain();
    expect(log.has(meanwhile)).toBe(true);
    expect(tokenReasons).toEqual(['initial']);
  }));

test('the Secret is refreshed while the App Server restarts: the old token is refused once, the new one comes when it can', () =>
  inFaultyWorld(async ({ restartApp, refreshSecret, imNetwork, connection, tokenReasons, isConnected }) => {
    connection.connect();
    await isConnected();
    await restartApp(async () => {
      refreshSecret();
      expect(imNetwork.kill()).toBe('live');
      await until('a request', () => tokenReasons.length > 1);
    });
    await isConnected();
    expect(tokenReasons[1]).toBe('incorrect');
  }));

test.each([
  ['a day ahead', day],
  ['a day back', -day],
])('a wall clock that jumps %s costs no storm of requests, and no link is lost for good', (_where, jump) =>
  inFaultyWorld(async ({ clock, signals, imNetwork, connection, tokenReasons, webSockets, isConnected, say }) => {
    connection.connect();
    await isConnected();
    clock.jump(jump);
    await say();
    signals.woke(Math.max(0, jump));
    await isConnected();
    imNetwork.kill();
    await until('another link', () => webSockets.opened > 1);
    await isConnected();
    clock.jump(-jump);
    await say();
    expect(webSockets.opened).toBeLessThanOrEqual(3);
    expect(tokenReasons.length).toBeLessThanOrEqual(3);
  }),
);

test('after a sleep a link that died meanwhile is found out by asking it, with no heartbeat to help', () =>
  inFaultyWorld(
    async ({ clock, signals, imNetwork, connection, webSockets, isConnected }) => {
      connection.connect();
      await isConnected();
      imNetwork.halfOpen('up', 'down');
      clock.jump(60_000);
      signals.woke(60_000);
      await until('another link', () => webSockets.opened === 2);
      await isConnected();
      expect(imNetwork.harm.swallowedBytes.up).toBeGreaterThan(0);
    },
    { heartbeat: false, policy: { verifyTimeLimit: 400 } },
  ));

test('forty kills at random moments (a thousand in the ten-minute soak)', () =>
  inFaultyWorld(async ({ imNetwork, connection, sender, webSockets }, chance) => {
    connection.connect();
    let kills = 0;
    while (kills < 40) {
      if (sender.pending() < 20) sender.say();
      await pause(chance.between(0, 30));
      if (imNetwork.kill({ leavesGhost: chance.random() < 0.3 })) kills += 1;
    }
    expect(imNetwork.harm.kills.live).toBeGreaterThan(0);
    expect(webSockets.opened).toBeGreaterThanOrEqual(kills);
  }, hastier));

test('a person who connects and disconnects in any rhythm on a slow network has one link in the end', () =>
  inFaultyWorld(async ({ imNetwork, appNetwork, connection }, chance) => {
    imNetwork.delay(0, 20);
    appNetwork.delay(0, 20);
    for (let presses = 0; presses < 40; presses += 1) {
      if (chance.random() < 0.5) connection.connect();
      else void connection.disconnect();
      if (chance.random() < 0.7) await pause(chance.between(0, 40));
    }
    connection.connect();
  }));
