import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { VerifyToken } from '../../local-im/server/createTokenIssuer.ts';
import { checkCaller, type Door } from '../../local-im/server/http/checkCaller.ts';
import type { Tell } from '../../local-im/shared/Fact.ts';
import { answerHttp, parseUrl } from './answerHttp.ts';
import { wellBehaved, type RongCloudBehaviour } from './behaviour.ts';
import { createRongCloudSession, type ConnectQuery, type RongCloudLink } from './createRongCloudSession.ts';
import { createWaitingRoom } from './createWaitingRoom.ts';
import { noCounts, type RongCloudCounts } from './RongCloudCounts.ts';

export interface RongCloudServerParts {
  /** Given by the App Server's side; this server never sees the Secret behind it. */
  readonly verify: VerifyToken;
  readonly tell?: Tell;
  /** @default 'local-app-key' */
  readonly appKey?: string;
  /** @default 0: a free one */
  readonly port?: number;
}

export interface RongCloudServer {
  /** For the SDK's `navigators` (v5) and `navi` (v4, v2). */
  readonly naviUrl: string;
  readonly socketAddress: string;
  readonly appKey: string;
  readonly behaviour: RongCloudBehaviour;
  readonly counts: Readonly<RongCloudCounts>;
  /** How it behaves from now on. Those whom it has kept waiting are answered once it does not hang any more. */
  behave(change: Partial<RongCloudBehaviour>): void;
  resetCounts(): void;
  /** Users whose links are up, one entry a link. */
  users(): readonly string[];
  /** Sockets that are open or wait for their upgrade, accepted or not. */
  sockets(): number;
  /** Ends the links that are up, everybody's or one user's, with this status byte. */
  sendDisconnect(status: number, userId?: string): void;
  /** Cuts every socket without a word, as a dying network does. */
  dropLinks(): void;
  /** Which pages may talk to it. Before that, none: only callers without an Origin. */
  openDoor(makeDoor: (ownPort: number) => Door): void;
  close(): Promise<void>;
}

/** A frame of a connecting client is small; what is larger is cut off by the socket itself, with close code 1009. */
const maxPayloadBytes = 16 * 1024;
const maxSockets = 64;

/** RongCloud, as far as a connection needs it, on 127.0.0.1: a navigation server and an IM server that can be made to misbehave. */
export async function startRongCloudServer(parts: RongCloudServerParts): Promise<RongCloudServer> {
  const { verify, tell = () => undefined, appKey = 'local-app-key', port: wantedPort = 0 } = parts;
  let behaviour = wellBehaved;
  let door: Door = { hosts: new Set(), origins: new Set() };
  const counts: RongCloudCounts = { ...noCounts };
  const links = new Set<RongCloudLink>();
  const waiting = { navi: createWaitingRoom(), upgrade: createWaitingRoom() };
  const unopened = new Set<Duplex>();
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxPayloadBytes });
  const session = createRongCloudSession({ links, verify, behaviour: () => behaviour, counts, appKey, tell });

  const http = createServer((request, response) => {
    if (checkCaller(request, door)) return void response.writeHead(403, { connection: 'close' }).end();
    void answerHttp(request, response, {
      appKey,
      address: () => address,
      behaviour: () => behaviour,
      onNavi: () => void (counts.navi += 1),
      awake,
    }).catch(() => response.destroy());
  });
  http.requestTimeout = 10_000;
  http.maxConnections = 200;

  function awake(stage: 'navi' | 'upgrade', response: ServerResponse): Promise<boolean> {
    if (behaviour[stage] !== 'hang') return Promise.resolve(true);
    return new Promise((resolve) => {
      const { leave } = waiting[stage].hold(() => resolve(true));
      response.once('close', () => {
        leave();
        resolve(false);
      });
    });
  }

  http.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    stream.on('error', () => stream.destroy());
    if (checkCaller(request, door)) return refuse(stream, '403 Forbidden');
    const query = readQuery(request);
    if (!query) return refuse(stream, '404 Not Found');
    if (links.size + unopened.size >= maxSockets) return refuse(stream, '503 Service Unavailable');
    counts.upgrades += 1;
    unopened.add(stream);
    stream.once('close', () => unopened.delete(stream));
    // Only a stream that is read says that the other side has gone.
    const drop = () => stream.destroy();
    stream.once('end', drop).resume();
    const open = () => {
      if (stream.destroyed) return;
      if (behaviour.upgrade === 'hang') return void waiting.upgrade.hold(open);
      unopened.delete(stream);
      stream.off('end', drop);
      if (behaviour.upgrade === 'refuse') {
        tell({ actor: 'im server', what: 'socket.refused', text: 'refused a socket: HTTP 503' });
        return refuse(stream, '503 Service Unavailable');
      }
      sockets.handleUpgrade(request, stream, head, (socket: WebSocket) => session.welcome(socket, query));
    };
    open();
  });

  await new Promise<void>((resolve, reject) => {
    http.once('error', reject).listen(wantedPort, '127.0.0.1', resolve);
  });
  const { port } = http.address() as AddressInfo;
  const address = `127.0.0.1:${port}`;
  door = { hosts: new Set([address, `localhost:${port}`]), origins: new Set() };

  const dropLinks = () => {
    for (const { socket } of links) socket.terminate();
    for (const stream of unopened) stream.destroy();
  };
  return {
    naviUrl: `http://${address}`,
    socketAddress: address,
    appKey,
    get behaviour() {
      return behaviour;
    },
    counts,
    behave(change) {
      behaviour = { ...behaviour, ...change };
      session.reconsider();
      if (behaviour.navi !== 'hang') waiting.navi.release();
      if (behaviour.upgrade !== 'hang') waiting.upgrade.release();
    },
    resetCounts: () => void Object.assign(counts, noCounts),
    users: () => [...links].flatMap(({ phase, user }) => (phase === 'up' && user !== undefined ? [user] : [])),
    sockets: () => links.size + unopened.size,
    sendDisconnect(status, userId) {
      for (const link of [...links]) if (userId === undefined || link.user === userId) session.end(link, status);
    },
    dropLinks,
    openDoor(makeDoor) {
      door = makeDoor(port);
    },
    async close() {
      session.stop();
      dropLinks();
      await new Promise<void>((resolve) => {
        http.close(() => resolve());
        http.closeAllConnections();
      });
    },
  };
}

/** What stands in the socket's URL, or `undefined` for a URL that is none of RongCloud's. */
function readQuery(request: IncomingMessage): ConnectQuery | undefined {
  const url = parseUrl(request);
  if (url?.pathname !== '/websocket') return undefined;
  const { searchParams } = url;
  // `abc@n1;n2` names the token's own navigators
  const token = (searchParams.get('token') ?? '').split('@')[0] ?? '';
  return { appKey: searchParams.get('appId') ?? '', token, version: searchParams.get('protocolVer') === '4' ? 4 : 3 };
}

function refuse(stream: Duplex, status: string): void {
  stream.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
