import type { ClientRequest, IncomingMessage } from 'node:http';
import { afterEach } from 'vitest';
import { WebSocket, type ClientOptions } from 'ws';
import { startInspector, type Inspector, type InspectorOptions, type ServedFiles } from 'connection-machine/inspect/server';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

export const atEnd = (cleanup: () => unknown) => void cleanups.push(cleanup);

/** A page as small as can be. */
export const smallPage: ServedFiles = {
  '/': { type: 'text/html; charset=utf-8', body: '<!doctype html><title>viewer</title>' },
  '/page.js': { type: 'text/javascript; charset=utf-8', body: new TextEncoder().encode('"use strict";') },
};

/** An inspector on a free port, closed when the test ends. */
export async function useInspector(options: InspectorOptions = {}) {
  const inspector: Inspector = await startInspector({ port: 0, files: smallPage, ...options });
  atEnd(() => inspector.close());
  const origin = `http://127.0.0.1:${inspector.port}`;
  return {
    ...inspector,
    origin,
    app: (how?: ClientOptions) => openPeer(inspector.appUrl, how),
    viewer: (how: ClientOptions = {}) => openPeer(inspector.appUrl.replace('/app?', '/viewer?'), { origin, ...how }),
  };
}

export type InspectorInUse = Awaited<ReturnType<typeof useInspector>>;

/** What crossed, as far as tests look at it. */
interface Heard {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** One end of a real socket, open. */
export async function openPeer(url: string, how: ClientOptions = {}) {
  const socket = new WebSocket(url, how);
  atEnd(() => socket.terminate());
  const heard: Heard[] = [];
  const looking = new Set<() => void>();
  const closed = new Promise<number>((resolve) => void socket.once('close', resolve));
  socket.on('message', (data) => {
    heard.push(JSON.parse(String(data)) as Heard);
    for (const look of [...looking]) look();
  });
  await new Promise<void>((resolve, reject) => void socket.once('open', resolve).once('error', reject));
  socket.on('error', () => undefined);

  return {
    socket,
    heard,
    /** The code with which it was closed. */
    closed,
    say: (message: unknown) => socket.send(typeof message === 'string' || Buffer.isBuffer(message) ? message : JSON.stringify(message)),
    /** Resolves with all that was heard, once the last of it is what is wanted. */
    hears: (wanted: (message: Heard, all: readonly Heard[]) => boolean) =>
      new Promise<readonly Heard[]>((resolve) => {
        const look = () => {
          if (!heard.some((message) => wanted(message, heard))) return;
          looking.delete(look);
          resolve(heard);
        };
        looking.add(look);
        look();
      }),
  };
}

/** The whole answer to somebody who asks for a WebSocket and gets none. */
export function refusal(url: string, how: ClientOptions = {}): Promise<{ readonly status: number; readonly raw: string }> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, how);
    atEnd(() => socket.terminate());
    socket.once('open', () => reject(new Error('was let in')));
    socket.on('error', reject);
    socket.on('unexpected-response', (_: ClientRequest, response: IncomingMessage) => {
      let raw = [response.statusMessage, ...response.rawHeaders].join('\n');
      response.on('data', (chunk) => (raw += String(chunk)));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, raw }));
    });
  });
}

/** Messages as small as the relay takes them. */
export const step = (seq: number, more: object = {}) => ({ version: 1, type: 'step', connection: 'one', seq, ...more });
export const hello = { version: 1, type: 'hello' };

/** Lets what lies ready be read and written, without a moment of the clock. */
export const turn = () => new Promise<void>((resolve) => void setImmediate(resolve));
