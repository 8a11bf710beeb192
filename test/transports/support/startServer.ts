import { createServer, type AddressInfo } from 'node:net';
import { WebSocketServer, type ServerOptions, type WebSocket } from 'ws';
import { Queue } from './Queue.ts';

/** One client as the server sees it. */
export interface Peer {
  readonly socket: WebSocket;
  /** The next frame of the client: text frames that are JSON come parsed, all others as they are. */
  next(): Promise<any>;
  send(frame: object | string): void;
  /** Settles when this connection is gone at the server's side. */
  readonly closed: Promise<{ code: number }>;
  /** Stops reading, so that pings and even the closing handshake stay unanswered while the connection looks alive. */
  freeze(): void;
  thaw(): void;
}

export interface Server {
  readonly url: string;
  /** The next client that has connected. */
  nextPeer(): Promise<Peer>;
  /** How many clients are connected now. */
  readonly size: number;
  stop(): Promise<void>;
}

const running = new Set<Server>();

/** A real WebSocket server on a free port of 127.0.0.1 that says nothing by itself. */
export async function startServer(options: ServerOptions = {}): Promise<Server> {
  const sockets = new WebSocketServer({ host: '127.0.0.1', port: 0, ...options });
  await new Promise((resolve) => sockets.once('listening', resolve));
  const peers = new Queue<Peer>();
  sockets.on('connection', (socket) => peers.push(asPeer(socket)));

  const server: Server = {
    url: `ws://127.0.0.1:${(sockets.address() as AddressInfo).port}`,
    nextPeer: () => peers.next(),
    get size() {
      return sockets.clients.size;
    },
    async stop() {
      running.delete(server);
      for (const client of sockets.clients) client.terminate();
      await new Promise((resolve) => sockets.close(resolve));
    },
  };
  running.add(server);
  return server;
}

/** For `afterEach`: no server outlives its test. */
export async function stopServers(): Promise<void> {
  await Promise.all([...running].map((server) => server.stop()));
}

/** An address of 127.0.0.1 where nobody listens. */
export async function refusedUrl(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `ws://127.0.0.1:${port}`;
}

function asPeer(socket: WebSocket): Peer {
  const frames = new Queue<unknown>();
  socket.on('message', (data, isBinary) => frames.push(isBinary ? data : parse(String(data))));
  socket.on('error', () => {});
  return {
    socket,
    next: () => frames.next(),
    send: (frame) => socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame)),
    closed: new Promise((resolve) => socket.on('close', (code) => resolve({ code }))),
    freeze: () => socket.pause(),
    thaw: () => socket.resume(),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
