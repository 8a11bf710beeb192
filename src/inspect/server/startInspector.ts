import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { mustBe } from '../../../machines/connection/ConnectionOptionError.ts';
import { isAppsOrigin, isOrigin, isOurHost, isRightKey, isViewersOrigin, type Door } from './checkCaller.ts';
import { createRelay, type Side } from './createRelay.ts';
import { viewerFiles, type ServedFiles } from './viewerFiles.ts';

export interface InspectorOptions {
  /** On 127.0.0.1. 0 takes any that is free. @default 5757 */
  readonly port?: number;
  /** What apps and the viewer have to know: 32 to 200 letters, digits, `-` and `_`, as it stands in URLs. @default 32 random bytes, base64url */
  readonly key?: string;
  /** Origins of apps that are not on this machine, such as `https://staging.example.com`. @default none */
  readonly allowOrigins?: readonly string[];
  /** The page. @default the one of this package */
  readonly files?: ServedFiles;
}

export interface Inspector {
  /** The viewer's address, with the key behind `#`, where no request and no log has it. */
  readonly url: string;
  /** For `webSocketSink(appUrl)`: `ws://127.0.0.1:5757/app?key=…`. */
  readonly appUrl: string;
  readonly key: string;
  /** The one that was taken. */
  readonly port: number;
  /** Drops everybody; resolves when the port is free again. May be called twice. */
  close(): Promise<void>;
}

/** Sockets of all kinds. */
const mostConnections = 200;

/** @returns 32 random bytes, as they can stand in a URL */
export const randomKey = (): string => randomBytes(32).toString('base64url');

/**
 * Serves the viewer, and carries messages between apps and viewers. It listens on 127.0.0.1 only, asks everybody for the key, lets no page in
 * that is not its own (viewer) or not of this machine (apps), and keeps nothing of what passes.
 *
 * @throws ConnectionOptionError for an option that is none
 * @throws Error when the port is taken, saying which, or when the viewer was not built
 */
export async function startInspector({
  port = 5757,
  key = randomKey(),
  allowOrigins = [],
  files,
}: InspectorOptions = {}): Promise<Inspector> {
  mustBe(Number.isInteger(port) && port >= 0 && port <= 65_535, 'port', 'a whole number from 0 to 65535', port);
  mustBe(typeof key === 'string' && /^[\w-]{32,200}$/.test(key), 'key', "32 to 200 letters, digits, '-' and '_'", key);
  mustBe(
    Array.isArray(allowOrigins) && allowOrigins.every(isOrigin),
    'allowOrigins',
    "origins such as 'https://staging.example.com'",
    allowOrigins,
  );
  const served = files ?? (await viewerFiles());
  const relay = createRelay();
  let door: Door = { port, key, allowOrigins };

  const server = createServer((request, response) => answer(request, response, served, door));
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    const [path, query] = splitUrl(request);
    const side: Side | undefined = path === '/app' ? 'app' : path === '/viewer' ? 'viewer' : undefined;
    const mayCome = side === 'viewer' ? isViewersOrigin : isAppsOrigin;
    if (!side) refuse(socket, '404 Not Found');
    else if (!isOurHost(request, door) || !mayCome(request, door)) refuse(socket, '403 Forbidden');
    else if (!isRightKey(new URLSearchParams(query).get('key'), door)) refuse(socket, '401 Unauthorized');
    else if (relay.isFull(side)) refuse(socket, '503 Service Unavailable');
    else relay.upgrade(side, request, socket, head);
  });

  server.maxConnections = mostConnections;
  await new Promise<void>((resolve, reject) => {
    server.on('error', ({ code, message }: NodeJS.ErrnoException) => {
      relay.close();
      reject(new Error(code === 'EADDRINUSE' ? `port ${port} is taken: choose another with --port, or --port 0 for any` : message));
    });
    server.listen(port, '127.0.0.1', resolve);
  });
  door = { ...door, port: (server.address() as AddressInfo).port };
  const host = `127.0.0.1:${door.port}`;
  return {
    url: `http://${host}/#key=${key}`,
    appUrl: `ws://${host}/app?key=${key}`,
    key,
    port: door.port,
    close() {
      relay.close();
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function answer(request: IncomingMessage, response: ServerResponse, files: ServedFiles, door: Door): void {
  const [path] = splitUrl(request);
  const file = Object.keys(files).includes(path) ? files[path] : undefined;
  const end = (status: number, type: string, body: string | Uint8Array) =>
    // what else a refused caller has sent is not read
    response.writeHead(status, { ...headers(door), 'content-type': type, ...(status >= 400 && { connection: 'close' }) }).end(body);
  if (!isOurHost(request, door)) end(403, 'text/plain', 'unknown host');
  else if (request.method !== 'GET') end(405, 'text/plain', 'GET only');
  else if (!file) end(404, 'text/plain', 'not here');
  else end(200, file.type, file.body);
}

/** Nothing from elsewhere, no inline code, no framing, and no connection but to ourselves. */
function headers({ port }: Door): Readonly<Record<string, string>> {
  return {
    'content-security-policy': [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      'img-src data:',
      `connect-src 'self' ws://127.0.0.1:${port} ws://localhost:${port}`,
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
      'trusted-types connection-machine',
    ].join('; '),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
  };
}

/** What a caller sends as address may be anything: it is cut, not parsed as a URL, which could throw. */
function splitUrl({ url = '/' }: IncomingMessage): readonly [path: string, query: string] {
  const start = url.indexOf('?');
  return start < 0 ? [url, ''] : [url.slice(0, start), url.slice(start + 1)];
}

function refuse(socket: Duplex, status: string): void {
  // the other side may keep its half open for as long as it likes, and nothing could be closed
  socket.once('finish', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
