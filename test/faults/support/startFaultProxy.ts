import { createServer, type AddressInfo, type Server } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { resetPhases, stages, type ResetPhase, type Stage } from './handshakeStage.ts';
import { openProxiedConnection, type Direction, type PlannedReset, type ProxiedConnection } from './proxiedConnection.ts';

/** What has really been done to connections: a run that meant to do harm and did none is found out. */
export interface Harm {
  /** Connections that came in. */
  accepted: number;
  /** Planned resets that a connection ran into. */
  readonly resets: Record<ResetPhase, number>;
  /** Connections that were reset at a moment of chance, by how far they had come. */
  readonly kills: Record<Stage, number>;
  readonly swallowedBytes: Record<Direction, number>;
  /** Connections that were accepted and never spoke. */
  dead: number;
  delayed: number;
}

/** A TCP proxy on 127.0.0.1 that stands between a client and its server, and makes the network between them as bad as a test wants. */
export interface FaultProxy {
  readonly port: number;
  readonly harm: Harm;
  /** Where new connections go: a server that was restarted has another port, of which its clients know nothing. */
  aim(serverPort: number): void;
  /** From now on each piece is late by `ms` plus up to `jitter` ms, in order. */
  delay(ms: number, jitter?: number): void;
  /** The next connection that gets to this point is reset there. */
  planReset(phase: ResetPhase, how?: { readonly leavesGhost?: boolean }): void;
  /** Resets one of the connections, now. Says how far it had come, or `undefined` when there is none. */
  kill(how?: { readonly leavesGhost?: boolean }): Stage | undefined;
  /** Every connection that there is falls silent, in one direction or in both, for ever. New ones work. Says how many there were. */
  halfOpen(...directions: Direction[]): number;
  /** Nothing gets through: what is open falls silent, what is new is accepted and dead. */
  loseEverything(): void;
  /** Nothing gets through: what is open falls silent, what is new is refused by TCP itself. */
  refuseEverything(): Promise<void>;
  /** A good network again. What fell silent stays silent: bytes that were lost do not come back. */
  heal(): Promise<void>;
  /** Connections whose client holds its end open. */
  held(): readonly ProxiedConnection[];
  /** Open sockets on both sides. */
  sockets(): number;
  /** Those among them of connections on which the client has said nothing yet. */
  muteSockets(): number;
  close(): Promise<void>;
}

export async function startFaultProxy(serverPort: number, random: () => number): Promise<FaultProxy> {
  const connections = new Set<ProxiedConnection>();
  const harm: Harm = {
    accepted: 0,
    resets: zeros(resetPhases),
    kills: zeros(stages),
    swallowedBytes: { up: 0, down: 0 },
    dead: 0,
    delayed: 0,
  };
  let target = serverPort;
  let latency = { ms: 0, jitter: 0 };
  let isDead = false;
  let plans: PlannedReset[] = [];
  let port = 0;
  let listener: Server | undefined;

  function delay(): number {
    const ms = latency.ms + latency.jitter * random();
    if (ms > 0) harm.delayed += 1;
    return ms;
  }

  async function listen(): Promise<void> {
    const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
      harm.accepted += 1;
      const [next] = plans;
      if (next?.phase === 'accept') {
        executed(next);
        client.on('error', () => undefined);
        client.resetAndDestroy();
        return;
      }
      if (isDead) harm.dead += 1;
      const connection = openProxiedConnection({
        client,
        target: isDead ? undefined : target,
        delay,
        planned: () => plans[0],
        executed,
        swallowed: (direction, bytes) => void (harm.swallowedBytes[direction] += bytes),
        gone: () => void connections.delete(connection),
      });
      connections.add(connection);
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(port, '127.0.0.1', resolve);
    });
    port = (server.address() as AddressInfo).port;
    listener = server;
  }

  function executed(reset: PlannedReset): void {
    plans = plans.filter((plan) => plan !== reset);
    harm.resets[reset.phase] += 1;
  }

  function halfOpen(...directions: Direction[]): number {
    for (const connection of connections) for (const direction of directions) connection.swallow(direction);
    return connections.size;
  }

  /** Not awaited: it would wait for the connections, which live on. */
  function stopListening(): void {
    listener?.close();
    listener = undefined;
  }

  async function listenAgain(): Promise<void> {
    // Somebody else's socket may have been given the port meanwhile: for a moment, mostly.
    for (let tries = 0; !listener; tries += 1) {
      await listen().catch(async (error: unknown) => {
        if (tries === 100) throw error;
        await pause(50);
      });
    }
  }

  await listen();
  return {
    get port() {
      return port;
    },
    harm,
    aim(newPort) {
      target = newPort;
    },
    delay(ms, jitter = 0) {
      latency = { ms, jitter };
    },
    planReset(phase, { leavesGhost = false } = {}) {
      plans.push({ phase, leavesGhost });
    },
    kill({ leavesGhost = false } = {}) {
      const held = [...connections].filter((connection) => connection.isHeld());
      const victim = held[Math.floor(random() * held.length)];
      if (!victim) return undefined;
      const { stage } = victim;
      victim.reset(leavesGhost);
      harm.kills[stage] += 1;
      return stage;
    },
    halfOpen,
    loseEverything() {
      isDead = true;
      halfOpen('up', 'down');
    },
    async refuseEverything() {
      halfOpen('up', 'down');
      stopListening();
      await new Promise(setImmediate);
    },
    async heal() {
      isDead = false;
      latency = { ms: 0, jitter: 0 };
      plans = [];
      await listenAgain();
    },
    held: () => [...connections].filter((connection) => connection.isHeld()),
    sockets: () => countSockets(connections),
    muteSockets: () => countSockets([...connections].filter(({ stage }) => stage === 'accepted')),
    async close() {
      const last = listener;
      const closed = new Promise<void>((resolve) => (last ? last.close(() => resolve()) : resolve()));
      for (const connection of connections) connection.reset();
      await closed;
    },
  };
}

function countSockets(connections: Iterable<ProxiedConnection>): number {
  return [...connections].reduce((count, connection) => count + connection.sockets(), 0);
}

function zeros<Name extends string>(names: readonly Name[]): Record<Name, number> {
  return Object.fromEntries(names.map((name) => [name, 0])) as Record<Name, number>;
}
