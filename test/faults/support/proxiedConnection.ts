import { connect, type Socket } from 'node:net';
import { createDelayLine, type Piece } from './delayLine.ts';
import { followHandshake, type ResetPhase, type Stage } from './handshakeStage.ts';

export interface ConnectionParts {
  readonly client: Socket;
  /** The server's port; `undefined` accepts the client and never speaks to anybody: a network that swallows all. */
  readonly target: number | undefined;
  /** How late the next piece is, in ms. */
  readonly delay: () => number;
  /** The phase of the reset that waits for a connection to get there. */
  readonly planned: () => PlannedReset | undefined;
  /** It got there. */
  readonly executed: (reset: PlannedReset) => void;
  readonly swallowed: (direction: Direction, bytes: number) => void;
  readonly gone: () => void;
}

export interface PlannedReset {
  readonly phase: ResetPhase;
  /** Only the client's end is reset. The server goes on talking to a ghost, as it does when a phone leaves the network. */
  readonly leavesGhost: boolean;
}

export type Direction = 'up' | 'down';

/** One client's way through the proxy to the server. */
export interface ProxiedConnection {
  readonly stage: Stage;
  /** Is the client's end still open? */
  isHeld(): boolean;
  /** How many of the two sockets are open. */
  sockets(): number;
  /** From now on and for ever, what is sent in this direction vanishes: no bytes, no FIN, no RST. */
  swallow(direction: Direction): void;
  /** RST to both ends, or with a ghost to the client alone. */
  reset(leavesGhost?: boolean): void;
}

/** After so long without its client a server gives a ghost up, as TCP's keepalive does. */
const ghostMs = 400;

export function openProxiedConnection(parts: ConnectionParts): ProxiedConnection {
  const { client, target } = parts;
  const server = target === undefined ? undefined : connect({ port: target, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
  const handshake = followHandshake();
  const deaf = { up: target === undefined, down: target === undefined };
  let isHeld = true;
  let isFirstChunk = true;
  let ghost: NodeJS.Timeout | undefined;
  const open = new Set<Socket>(server ? [client, server] : [client]);

  const up = createDelayLine(parts.delay, (piece) => server && hand(piece, server));
  const down = createDelayLine(parts.delay, (piece) => hand(piece, client));

  client.on('data', (chunk: Buffer) => {
    const isRequest = handshake.stage === 'accepted';
    handshake.sent(chunk);
    const reset = parts.planned();
    if (reset?.phase === 'request' && isRequest) return execute(reset);
    if (deaf.up) return swallowed('up', chunk);
    up.push(isFirstChunk && target !== undefined ? addressTo(target, chunk) : chunk);
    isFirstChunk = false;
    if (reset?.phase === 'connectFrame' && handshake.stage === 'introduced') execute(reset);
  });
  server?.on('data', (chunk: Buffer) => {
    if (deaf.down) return swallowed('down', chunk);
    const reset = parts.planned();
    const passing = handshake.answered(chunk, reset?.phase);
    if (!reset || passing === undefined) return down.push(chunk);
    down.drop();
    server.pause();
    parts.executed(reset);
    // The half that passes is on its way before the RST; a receiver reads what came before it.
    client.write(chunk.subarray(0, passing), () => connection.reset(reset.leavesGhost));
  });

  client.on('end', () => {
    isHeld = false;
    if (deaf.up || !server || !open.has(server)) return abandon();
    up.push('end');
  });
  server?.on('end', () => deaf.down || down.push('end'));
  for (const socket of open) {
    socket.on('error', () => undefined);
    socket.on('close', (hadError: boolean) => {
      open.delete(socket);
      if (socket === client) {
        isHeld = false;
        up.push('end');
        if (deaf.up) abandon();
        else if (hadError && !ghost) server?.resetAndDestroy();
      } else {
        clearTimeout(ghost);
        if (hadError && !deaf.down) client.resetAndDestroy();
        // It cannot be told to go, and the client that has gone cannot hear it.
        if (!isHeld) client.destroy();
      }
      if (open.size > 0) return;
      up.drop();
      down.drop();
      parts.gone();
    });
  }

  function swallowed(direction: Direction, chunk: Buffer): void {
    if (isHeld) parts.swallowed(direction, chunk.length);
  }

  /** The server does not learn that its client has gone, for a while. */
  function abandon(): void {
    client.destroy();
    if (server && open.has(server)) ghost ??= setTimeout(() => server.resetAndDestroy(), ghostMs);
  }

  function execute(reset: PlannedReset): void {
    parts.executed(reset);
    connection.reset(reset.leavesGhost);
  }

  const connection: ProxiedConnection = {
    get stage() {
      return handshake.stage;
    },
    isHeld: () => isHeld,
    sockets: () => open.size,
    swallow(direction) {
      deaf[direction] = true;
    },
    reset(leavesGhost = false) {
      isHeld = false;
      down.drop();
      if (leavesGhost) {
        deaf.up = deaf.down = true;
        client.resetAndDestroy();
        if (server && open.has(server)) ghost ??= setTimeout(() => server.resetAndDestroy(), ghostMs);
      } else {
        up.drop();
        client.resetAndDestroy();
        server?.resetAndDestroy();
      }
    },
  };
  return connection;
}

function hand(piece: Piece, to: Socket): void {
  if (to.destroyed) return;
  if (piece === 'end') to.end();
  else to.write(piece);
}

/**
 * What every reverse proxy does: the request is addressed to the server behind it, which lets in no other host. One request a
 * connection, so that no pool keeps a socket open that a test would have to wait for.
 */
function addressTo(target: number, chunk: Buffer): Buffer {
  const text = chunk
    .toString('latin1')
    .replace(/\r\nhost: 127\.0\.0\.1:\d+/i, `\r\nHost: 127.0.0.1:${target}`)
    .replace(/\r\nconnection: keep-alive/i, '\r\nConnection: close');
  return Buffer.from(text, 'latin1');
}
