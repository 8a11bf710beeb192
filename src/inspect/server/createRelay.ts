import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import { inspectVersion, type InspectedEnd } from '../InspectMessage.ts';
import { checkMessage } from './checkMessage.ts';

export type Side = 'app' | 'viewer';

/** Bytes in a frame: an app introduces itself with its whole chart, a viewer asks for little. */
const mostBytes = { app: 1_000_000, viewer: 16_000 };
/** Connections that one app can show at a time. */
const mostConnections = 1_000;
/** Sockets at one time. */
const mostSockets = { app: 50, viewer: 10 };
/** Bytes that may wait for one who does not read. */
const mostBuffered = 8_000_000;
/** ms between two pings; who has not answered the last one is gone. */
const pingEvery = 30_000;

/** Passes on what apps tell to all viewers, and what viewers ask to all apps. It keeps nothing: a viewer that comes late says hello, and apps answer. */
export function createRelay() {
  const sockets: Record<Side, Set<WebSocket>> = { app: new Set(), viewer: new Set() };
  const servers: Record<Side, WebSocketServer> = {
    app: new WebSocketServer({ noServer: true, maxPayload: mostBytes.app, perMessageDeflate: false }),
    viewer: new WebSocketServer({ noServer: true, maxPayload: mostBytes.viewer, perMessageDeflate: false }),
  };
  const silent = new WeakSet<WebSocket>();

  const tell = (side: Side, text: string) => {
    for (const socket of sockets[side]) {
      if (socket.bufferedAmount > mostBuffered) socket.terminate();
      else if (socket.readyState === socket.OPEN) socket.send(text);
    }
  };

  const welcome = (side: Side, socket: WebSocket) => {
    const other: Side = side === 'app' ? 'viewer' : 'app';
    /** Connections that came over this socket. */
    const shown = new Set<string>();
    sockets[side].add(socket);
    socket.on('pong', () => silent.delete(socket));
    // a frame that is too large, or none: `ws` closes the socket and says why; without a handler it would throw
    socket.on('error', () => undefined);
    socket.on('message', (data: RawData, isBinary: boolean) => {
      const text = isBinary ? '' : String(data);
      const message = checkMessage(side, text);
      if (!message) return;
      if (side === 'app') {
        const { type, connection } = message;
        if (type === 'end') shown.delete(connection);
        else if (shown.has(connection) || shown.size < mostConnections) shown.add(connection);
        else return;
      }
      tell(other, text);
    });
    socket.on('close', () => {
      sockets[side].delete(socket);
      for (const connection of shown) {
        const end: InspectedEnd = { version: inspectVersion, type: 'end', connection, at: Date.now() };
        tell('viewer', JSON.stringify(end));
      }
    });
  };

  const everyone = () => [...sockets.app, ...sockets.viewer];
  const pinging = setInterval(() => {
    for (const socket of everyone()) {
      if (silent.has(socket)) socket.terminate();
      silent.add(socket);
      if (socket.readyState === socket.OPEN) socket.ping();
    }
  }, pingEvery);
  pinging.unref();

  return {
    isFull: (side: Side) => sockets[side].size >= mostSockets[side],
    /** Takes over a request that has passed the door. */
    upgrade: (side: Side, ...request: UpgradeRequest) => servers[side].handleUpgrade(...request, (socket) => welcome(side, socket)),
    close() {
      clearInterval(pinging);
      for (const socket of everyone()) socket.terminate();
      for (const server of Object.values(servers)) server.close();
    },
  };
}

type UpgradeRequest = [
  request: Parameters<WebSocketServer['handleUpgrade']>[0],
  socket: Parameters<WebSocketServer['handleUpgrade']>[1],
  head: Parameters<WebSocketServer['handleUpgrade']>[2],
];
