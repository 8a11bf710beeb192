import { connect, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import type { Transport } from 'connection-machine';
import { withChance } from './support/chance.ts';
import {
  whatIsLeftElsewhere,
  whatKeepsFromBeingConnected,
  whatStillRuns,
  whatTheLogBreaks,
  whatTheProcessHoldsMore,
  type Standing,
} from './support/judge.ts';
import { createServerLog } from './support/serverLog.ts';
import { startFaultyWorld, type FaultyWorld, type WorldOptions } from './support/startFaultyWorld.ts';

/** A world in which something is wrong on purpose, connected. */
function inSpoiltWorld(story: (world: FaultyWorld) => Promise<void>, spoil?: WorldOptions['spoil']): Promise<void> {
  return withChance(async (chance) => {
    const world = await startFaultyWorld(chance, { patience: 500, ...(spoil && { spoil }) });
    try {
      world.connection.connect();
      await world.isConnected();
      await story(world);
    } finally {
      await world.connection.disconnect();
      await world.close();
    }
  });
}

const mute = { dbOpened: () => undefined, success: () => undefined, interrupted: () => undefined, error: () => undefined };

test('the checks bite: a client that opens two links at once is caught, at its own end and in between', () =>
  inSpoiltWorld(
    async (world) => {
      await expect(world.isGoodAgain()).rejects.toThrow(/2 links held open by one client/);
      expect(world.webSockets.overlaps).toBe(1);
      await expect(world.ends()).rejects.toThrow(/1 sockets were opened beside another one/);
    },
    (transport) => doubled(transport),
  ));

/** Opens a second link before each one, and closes both. One after the other: of two that arrive together, the server might kick the real one. */
function doubled<Link extends { close(): void | Promise<void> }>(transport: Transport<Link>): Transport<Link> {
  return {
    open(request, report) {
      let link: Link | undefined;
      let isClosed = false;
      const openReal = () => {
        if (!isClosed) link ??= transport.open(request, report);
      };
      const shadow = transport.open(request, { ...mute, success: openReal });
      const close = async () => {
        isClosed = true;
        await Promise.all([shadow.close(), link?.close()]);
      };
      return new Proxy(shadow, { get: (_, name) => (name === 'close' ? close : Reflect.get(link ?? shadow, name)) });
    },
  };
}

test('the checks bite: a timer of the client that outlives disconnect() is caught', () => {
  let timer: unknown;
  let clear = (): void => undefined;
  return inSpoiltWorld(
    async (world) => {
      await world.isGoodAgain();
      await expect(world.ends()).rejects.toThrow(/timers is 1, not 0/);
      clear();
    },
    (transport, clock) => ({
      open(request, report) {
        timer = clock.setTimeout(() => undefined, 60_000);
        clear = () => clock.clearTimeout(timer);
        return transport.open(request, report);
      },
    }),
  );
});

test('the checks bite: a listener that nobody took off is caught', () =>
  inSpoiltWorld(async (world) => {
    const stop = world.signals.subscribe({ network: () => undefined, app: () => undefined, woke: () => undefined });
    await expect(world.isGoodAgain()).rejects.toThrow(/platformListeners is 2, not 1/);
    await expect(world.ends()).rejects.toThrow(/platformListeners is 1, not 0/);
    stop();
  }));

test('the checks bite: a socket that somebody left open is caught in between', () =>
  inSpoiltWorld(async (world) => {
    const forgotten = await openTcp(world.imNetwork.port);
    await expect(world.isGoodAgain()).rejects.toThrow(/networkSockets is 4, not 2/);
    await expect(world.ends()).rejects.toThrow(/networkSockets is 2, not 0/);
    forgotten.destroy();
  }));

test('the checks bite: a timer or socket of the process that was not there before is caught, one of the same type or not', () => {
  const before = ['TCPSocketWrap', 'Timeout'];
  expect(whatTheProcessHoldsMore(before, ['Timeout', 'TCPSocketWrap'])).toEqual([]);
  expect(whatTheProcessHoldsMore(before, ['Timeout'])).toEqual([]);
  expect(whatTheProcessHoldsMore(before, ['TCPSocketWrap', 'Timeout', 'Timeout', 'TCPServerWrap'])).toEqual(['Timeout', 'TCPServerWrap']);
  const really = process.getActiveResourcesInfo();
  const timer = setTimeout(() => undefined, 60_000);
  expect(whatTheProcessHoldsMore(really, process.getActiveResourcesInfo())).toContain('Timeout');
  clearTimeout(timer);
});

test('the checks bite: an acknowledged message that the log has not, or has twice in one life of the server, is caught', () => {
  const log = createServerLog();
  log.write(1, 'kept');
  expect(whatTheLogBreaks(['kept'], log)).toEqual([]);
  log.write(2, 'kept');
  expect(whatTheLogBreaks(['kept'], log), 'a server that was restarted has forgotten what it knew').toEqual([]);
  expect(whatTheLogBreaks(['kept', 'lost'], log)).toEqual(["acknowledged, but not in the server's log: lost"]);
  log.write(2, 'kept');
  expect(whatTheLogBreaks(['kept'], log)).toEqual(['twice in the log of one life of the server: kept']);
});

test('the checks bite: an acknowledgement of what nobody said is caught', () =>
  inSpoiltWorld(async (world) => {
    world.sender.receive(JSON.stringify({ type: 'ack', id: 'nobody said this', at: 1 }));
    await expect(world.isGoodAgain()).rejects.toThrow(/1 frames that nobody had asked for/);
  }));

const connected: Standing = {
  status: 'connected',
  userId: 'alice',
  users: ['alice'],
  serverSockets: 1,
  clientSockets: 1,
  networkSockets: 2,
  pending: 0,
  timers: 2,
  forgottenListeners: 0,
  platformListeners: 1,
  tokenRequests: 0,
};

test.each<Partial<Standing>>([
  { status: 'waiting' },
  { userId: 'bob' },
  { users: ['bob'] },
  { users: ['alice', 'alice'] },
  { users: [] },
  { serverSockets: 2 },
  { clientSockets: 2 },
  { networkSockets: 4 },
  { pending: 1 },
  { forgottenListeners: 1 },
  { platformListeners: 2 },
  { tokenRequests: 1 },
])('the checks bite: a world that is good but for %o is not good', (wrong) => {
  expect(whatKeepsFromBeingConnected(connected, 'alice')).toEqual([]);
  expect(whatKeepsFromBeingConnected({ ...connected, ...wrong }, 'alice')).toHaveLength(1);
});

test('the checks bite: after the end, all that belongs to a connection is named', () => {
  expect(whatStillRuns(connected)).toHaveLength(4);
  expect(whatStillRuns({ ...connected, forgottenListeners: 1 })).toHaveLength(5);
  expect(whatIsLeftElsewhere({ ...connected, tokenRequests: 1 })).toHaveLength(4);
});

function openTcp(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket: Socket = connect(port, '127.0.0.1', () => resolve(socket)).on('error', reject);
  });
}
