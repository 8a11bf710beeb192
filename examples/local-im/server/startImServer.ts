import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Tell } from '../shared/Fact.ts';
import type { Faults } from './createFaults.ts';
import type { VerifyToken } from './createTokenIssuer.ts';
import { checkCaller, type Door } from './http/checkCaller.ts';
import { createImSession } from './createImSession.ts';
import { userOf, type ImLink } from './imLink.ts';

export interface ImServerParts {
  /** Given by the App Server's side; the IM server never sees the Secret behind it. */
  readonly verify: VerifyToken;
  readonly faults: Faults;
  readonly tell: Tell;
}

export interface ImServer {
  readonly port: number;
  readonly url: string;
  /** Users whose links are up. */
  users(): readonly string[];
  /** Sockets that are open, accepted or not. */
  sockets(): number;
  /** Cuts every socket without a word, as a dying network does. */
  dropLinks(): void;
  /** Says goodbye to everybody with the time after which it may be asked again. */
  announceRestart(retryAfter: number): void;
  /** Which pages may talk to it; set once the page's own port is known. */
  openDoor(makeDoor: (ownPort: number) => Door): void;
  close(): Promise<void>;
}

/** A chat message is small; what is larger is cut off by the socket itself, with close code 1009. */
const maxPayloadBytes = 16 * 1024;
const maxSockets = 64;

/** The IM server: a real WebSocket server on 127.0.0.1 that can be made to misbehave. */
export async function startImServer({ verify, faults, tell }: ImServerParts): Promise<ImServer> {
  const links = new Set<ImLink>();
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxPayloadBytes });
  const session = createImSession({ links, verify, faults, tell });
  let door: Door = { hosts: new Set(), origins: new Set() };

  const http = createServer((_request, response) => response.writeHead(426).end());
  http.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    stream.on('error', () => stream.destroy());
    if (checkCaller(request, door)) return refuse(stream, '403 Forbidden');
    if (links.size >= maxSockets) return refuse(stream, '503 Service Unavailable');
    if (faults.state.imServer === 'refuse') {
      tell({ actor: 'im server', what: 'socket.refused', text: 'refused a socket: HTTP 503' });
      return refuse(stream, '503 Service Unavailable');
    }
    sockets.handleUpgrade(request, stream, head, (socket: WebSocket) => session.welcome(socket));
  });
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const { port } = http.address() as AddressInfo;

  return {
    port,
    url: `ws://127.0.0.1:${port}`,
    users: () => [...links].map(userOf).filter((user) => user !== undefined),
    sockets: () => links.size,
    dropLinks() {
      for (const { socket } of links) socket.terminate();
    },
    announceRestart: session.announceRestart,
    openDoor(makeDoor) {
      door = makeDoor(port);
    },
    async close() {
      session.stop();
      for (const { socket } of links) socket.terminate();
      await new Promise<void>((resolve) => {
        http.close(() => resolve());
        http.closeAllConnections();
      });
    },
  };
}

function refuse(stream: Duplex, status: string): void {
  stream.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
