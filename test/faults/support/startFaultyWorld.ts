import { createConnection, type Connection, type ConnectionPolicy, type Transport } from 'connection-machine';
import { webSocketTransport, type WebSocketLink, type WebSocketTransportOptions } from 'connection-machine/transports/websocket';
import { fetchTokenFrom, logIn } from '../../../examples/local-im/client/appServerApi.ts';
import type { Fact } from '../../../examples/local-im/shared/Fact.ts';
import { manualSignals, type ManualSignals } from 'connection-machine/testing';
import { createAcknowledgingSender, type AcknowledgingSender } from './acknowledgingSender.ts';
import { createChance, withChance, type Chance } from './chance.ts';
import { countingClock, type CountingClock } from './countingClock.ts';
import {
  whatIsLeftElsewhere,
  whatKeepsFromBeingConnected,
  whatStillRuns,
  whatTheLogBreaks,
  whatTheProcessHoldsMore,
  type Standing,
} from './judge.ts';
import { createServerLog, type ServerLog } from './serverLog.ts';
import { startServersBehindProxies, type ServersBehindProxies } from './startServersBehindProxies.ts';
import { until } from './until.ts';
import { watchedWebSocket, type WatchedWebSocket } from './watchedWebSocket.ts';

/** Real servers, real sockets, a bad network between them, one person's connection, and everybody who counts. */
export interface FaultyWorld extends ServersBehindProxies {
  readonly connection: Connection<WebSocketLink>;
  readonly clock: CountingClock;
  readonly signals: ManualSignals;
  readonly webSockets: WatchedWebSocket;
  readonly sender: AcknowledgingSender;
  readonly log: ServerLog;
  /** Why tokens were asked for, in order. */
  readonly tokenReasons: readonly string[];
  /** Sockets and token requests that TCP refused to connect. */
  refusals(): number;
  /** How often each status was entered, and each kind of failure shown. */
  readonly seen: ReadonlyMap<string, number>;
  /** What must never be, seen while it was: two links, two token requests, a wrong user, a kick by nobody, an unhandled rejection. */
  readonly violations: readonly string[];
  standing(): Standing;
  /** Sends a message, and waits until the server has acknowledged it. */
  say(): Promise<void>;
  isConnected(): Promise<void>;
  /** Waits until the world is as if nothing had happened, and everything said is acknowledged; then looks at all that must hold. */
  isGoodAgain(): Promise<void>;
  /** Disconnects, and looks that nothing is left: no timer, listener or socket, here or there. Then the servers go, too. */
  ends(): Promise<void>;
}

export interface WorldOptions {
  readonly policy?: Partial<ConnectionPolicy>;
  readonly heartbeat?: WebSocketTransportOptions['heartbeat'];
  /** A client that does something wrong, to see whether it is noticed. */
  readonly spoil?: (transport: Transport<WebSocketLink>, clock: CountingClock) => Transport<WebSocketLink>;
  /** How long to wait for what never happens, in ms. @default 40_000 */
  readonly patience?: number;
}

/**
 * The waits at a pace for tests. What a slow machine could run into is long: a test that is about a limit sets it. The limit of a close
 * stays above the transport's own 2 s, so that no socket is ever left behind.
 */
export const hastyPolicy: Partial<ConnectionPolicy> = {
  timeLimit: 120_000,
  attemptTimeLimit: 30_000,
  tokenTimeLimit: 30_000,
  closeTimeLimit: 20_000,
  backoffMin: 20,
  backoffMax: 300,
  stableAfter: 100,
  verifyTimeLimit: 20_000,
  maxTokenRenewalsPerHour: 100_000,
};

export const hastyHeartbeat = { interval: 250, timeLimit: 250 };

const user = 'alice';

export async function startFaultyWorld({ seed }: Chance, options: WorldOptions = {}): Promise<FaultyWorld> {
  const { policy, heartbeat, spoil = (transport) => transport, patience = 40_000 } = options;
  // Dice of its own: how often the network throws them depends on the moment, and must not change what the story does next.
  const { random } = createChance(seed + 1);
  const resourcesBefore = process.getActiveResourcesInfo();
  const violations: string[] = [];
  const onRejection = () => void violations.push('a promise was left to reject on its own');
  process.on('unhandledRejection', onRejection);

  const log = createServerLog();
  const servers = await startServersBehindProxies(random, hear);
  const { imNetwork, appNetwork } = servers;

  function hear({ what, user: who, text }: Fact): void {
    if (what === 'message.received') log.write(servers.lives(), /“(.*)”/.exec(text)?.[1] ?? text);
    if (what !== 'connect.accepted') return;
    if (who !== user) violations.push(`accepted ${who}`);
    const { length } = servers.im().users();
    if (length !== 1) violations.push(`${length} links up at the server`);
    // A client that closes one link before it opens the next has sent that FIN before this connect: two turns are enough to read it.
    const held = imNetwork.held();
    setImmediate(() =>
      setImmediate(() => {
        const still = held.filter((one) => one.isHeld()).length;
        if (still > 1) violations.push(`${still} links held open by one client`);
      }),
    );
  }

  const login = await logIn(servers.appUrl, user, servers.password);
  const askForToken = fetchTokenFrom(servers.appUrl, login);
  const tokenReasons: string[] = [];
  /** Those that have not ended yet. An aborted one needs a moment for that, and the next need not wait for it. */
  const tokenRequests = new Set<AbortSignal>();
  let refusedRequests = 0;

  const clock = countingClock();
  const signals = manualSignals();
  const webSockets = watchedWebSocket();
  const sender = createAcknowledgingSender();
  const connection = createConnection({
    transport: spoil(
      webSocketTransport({
        url: login.imUrl,
        WebSocket: webSockets.WebSocket,
        onMessage: sender.receive,
        clock,
        ...(heartbeat !== undefined && { heartbeat }),
      }),
      clock,
    ),
    async fetchToken(request) {
      tokenReasons.push(request.reason);
      if ([...tokenRequests].some(({ aborted }) => !aborted)) violations.push('two token requests at once');
      tokenRequests.add(request.signal);
      try {
        return await askForToken(request);
      } catch (error) {
        if (isRefusedByTcp(error)) refusedRequests += 1;
        throw error;
      } finally {
        tokenRequests.delete(request.signal);
      }
    },
    expectedUserId: user,
    policy: { ...hastyPolicy, ...policy },
    signals,
    clock,
    random,
  });
  sender.attach(connection);

  const seen = new Map<string, number>();
  const count = (what: string) => void seen.set(what, (seen.get(what) ?? 0) + 1);
  connection.on('change', ({ previous, current }) => {
    if (current.status !== previous.status) count(current.status);
    if (current.failure && current.failure !== previous.failure) count(`failure ${current.failure.kind}`);
  });
  connection.on('kicked', () => violations.push('kicked, and there is no other device'));
  connection.on('failed', ({ failure: { kind } }) => {
    // Only a Secret that is refreshed faster than anybody can follow may end in `failed` here.
    if (kind !== 'tokenIncorrect') violations.push(`failed with ${kind}`);
  });
  connection.on('connected', ({ userId }) => void (userId === user || violations.push(`connected as ${userId}`)));

  const standing = (): Standing => {
    const { status, userId } = connection.getSnapshot();
    return {
      status,
      userId,
      users: servers.im().users(),
      serverSockets: servers.im().sockets(),
      clientSockets: webSockets.alive(),
      // After an aborted request Node's fetch opens a spare connection for its pool, and closes it when it was idle for 4 s.
      networkSockets: imNetwork.sockets() + appNetwork.sockets() - appNetwork.muteSockets(),
      pending: sender.pending(),
      timers: clock.pending,
      forgottenListeners: webSockets.forgottenListeners(),
      platformListeners: signals.listeners,
      tokenRequests: tokenRequests.size,
    };
  };
  const history = (): string[] => [
    ...violations,
    ...(webSockets.overlaps > 0 ? [`${webSockets.overlaps} sockets were opened beside another one`] : []),
    ...(sender.surprises > 0 ? [`${sender.surprises} frames that nobody had asked for`] : []),
    ...whatTheLogBreaks(sender.acknowledged, log),
  ];
  const eventually = (what: string, problems: () => string[]) =>
    until(
      what,
      () => problems().length === 0,
      () => [...problems(), ...history()].join('; '),
      patience,
    );
  const mustBeNothing = (problems: readonly string[]) => {
    if (problems.length > 0) throw new Error(problems.join('; '));
  };

  return {
    ...servers,
    connection,
    clock,
    signals,
    webSockets,
    sender,
    log,
    tokenReasons,
    refusals: () => webSockets.refused + refusedRequests,
    seen,
    violations,
    standing,
    async say() {
      const text = sender.say();
      await eventually('a message is acknowledged', () => (sender.acknowledged.has(text) ? [] : [text]));
    },
    async isConnected() {
      await eventually('connected', () => {
        const { status } = connection.getSnapshot();
        return status === 'connected' ? [] : [status];
      });
    },
    async isGoodAgain() {
      await Promise.all([imNetwork.heal(), appNetwork.heal()]);
      servers.set({ appServer: 'normal', imServer: 'normal' });
      const problems = () => whatKeepsFromBeingConnected(standing(), user);
      await eventually('the world is good again', problems);
      const text = sender.say();
      await eventually('messages go through', () => [...problems(), ...(log.has(text) ? [] : ['the last one is not in the log'])]);
      mustBeNothing(history());
    },
    async ends() {
      try {
        await connection.disconnect();
        mustBeNothing(whatStillRuns(standing()));
        await eventually('nothing is left of the connection', () => [...whatStillRuns(standing()), ...whatIsLeftElsewhere(standing())]);
        mustBeNothing(history());
      } finally {
        await connection.disconnect();
        await servers.close();
        process.off('unhandledRejection', onRejection);
      }
      await eventually('the process is as it was', () => whatTheProcessHoldsMore(resourcesBefore, process.getActiveResourcesInfo()));
    },
  };
}

/** Lives a story in a world of its own, then looks that the world is good again, and that nothing is left when it ends. */
export function inFaultyWorld(story: (world: FaultyWorld, chance: Chance) => Promise<void>, options?: WorldOptions): Promise<void> {
  return withChance(async (chance) => {
    const world = await startFaultyWorld(chance, options);
    try {
      await story(world, chance);
      await world.isGoodAgain();
    } catch (error) {
      await world.connection.disconnect();
      await world.close();
      throw error;
    }
    await world.ends();
  });
}

function isRefusedByTcp(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { code, cause } = error as { readonly code?: unknown; readonly cause?: unknown };
  return code === 'ECONNREFUSED' || isRefusedByTcp(cause);
}
