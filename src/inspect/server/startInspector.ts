import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { isAppsOrigin, isOurHost, isRightKey, isViewersOrigin, type Door } from './checkCaller.ts';
import { createRelay, type Side } from './createRelay.ts';
import { viewerFiles, type ServedFiles } from './viewerFiles.ts';

export interface InspectorOptions {
  /** 0 takes any that is free. @default 5757 */
  readonly port?: number;
  /** What apps and the viewer have to know. @default 32 random bytes */
  readonly key?: string;
  /** Origins of apps that are not on this machine, such as `https://staging.example.com`. @default none */
  readonly allowOrigins?: readonly string[];
  /** The page. @default the one of this package */
  readonly files?: ServedFiles;
}

export interface Inspector {
  /** The viewer's address, with the key behind `#`, where no request and no log has it. */
  readonly url: string;
  /** For `webSocketSink(appUrl)`. */
  readonly appUrl: string;
  readonly key: string;
  readonly port: number;
  close(): Promise<void>;
}

/** @returns 32 random bytes, as they can stand in a URL */
export const randomKey = (): string => randomBytes(32).toString('base64url');

/**
 * Serves the viewer, and carries messages between apps and viewers. It listens on 127.0.0.1 only, asks everybody for the key, lets no page in
 * that is not its own (viewer) or not of this machine (apps), and keeps nothing of what passes.
 *
 * @throws Error when the port is taken, saying which, or when the viewer was not built
 */
export async function startInspector({
  port = 5757,
  key = randomKey(),
  allowOrigins = [],
  files,
}: InspectorOptions = {}): Promise<Inspector> {
  const served = files ?? (await viewerFiles());
  const relay = createRelay();
  let door: Door = { port, key, allowOrigins };

  const server = createServer((request, response) => answer(request, response, served, door));
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://inspector');
    const side = ({ '/app': 'app', '/viewer': 'viewer' } as Readonly<Record<string, Side>>)[pathname];
    const mayCome = side === 'viewer' ? isViewersOrigin : isAppsOrigin;
    if (!side) refuse(socket, '404 Not Found');
    else if (!isOurHost(request, door) || !mayCome(request, door)) refuse(socket, '403 Forbidden');
    else if (!isRightKey(searchParams.get('key'), door)) refuse(socket, '401 Unauthorized');
    else if (relay.isFull(side)) refuse(socket, '503 Service Unavailable');
    else relay.upgrade(side, request, socket, head);
  });

  await new Promise<void>((resolve, reject) => {
    server.once('error', ({ code, message }: NodeJS.ErrnoException) => {
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
  const [path = '/'] = (request.url ?? '/').split('?', 1);
  const file = Object.keys(files).includes(path) ? files[path] : undefined;
  const end = (status: number, type: string, body: string | Uint8Array) =>
    response.writeHead(status, { ...headers(door), 'content-type': type }).end(body);
  if (!isOurHost(request, door)) end(403, 'text/plain', 'unknown host');
  else if (request.method !== 'GET' && request.method !== 'HEAD') end(405, 'text/plain', 'GET only');
  else if (!file) end(404, 'text/plain', 'not here');
  else end(200, file.type, request.method === 'HEAD' ? '' : file.body);
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

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
