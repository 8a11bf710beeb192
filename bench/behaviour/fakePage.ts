import { createContext, Script } from 'node:vm';
import { inspect } from 'node:util';
import type { FakeClock } from './fakeClock.ts';
import { FakeCloseEvent } from './server/fakeWebSocket.ts';
import type { FakeServer } from './server/FakeServer.ts';

/** A browser's page as far as a connection needs one: a realm of its own, with the fake clock, the fake network and seeded chance. */
export interface FakePage {
  /** Runs a script and returns the value of its last expression. */
  run(code: string): unknown;
}

export interface FakePageOptions {
  readonly clock: FakeClock;
  readonly server: FakeServer;
  readonly random: () => number;
  readonly log: (line: string) => void;
  readonly report: (thrown: unknown) => void;
  /** ms that every timer of the page comes late. */
  readonly late: number;
}

/** What is the same in a page as in Node. */
const shared = {
  AbortController,
  AbortSignal,
  Blob,
  DOMException,
  Event,
  EventTarget,
  FormData,
  Headers,
  MessageEvent,
  TextDecoder,
  TextEncoder,
  URL,
  URLSearchParams,
  atob,
  btoa,
  structuredClone,
  queueMicrotask,
};

export function createFakePage({ clock, server, random, log, report, late }: FakePageOptions): FakePage {
  const guard = (run: unknown, args: readonly unknown[]) => () => {
    try {
      if (typeof run === 'function') run(...args);
    } catch (thrown) {
      report(thrown);
    }
  };
  const print = (...parts: unknown[]) => log(parts.map((part) => (typeof part === 'string' ? part : visible(part))).join(' '));
  const storage = () => {
    const items = new Map<string, string>();
    return {
      getItem: (name: string) => items.get(name) ?? null,
      setItem: (name: string, value: string) => void items.set(name, String(value)),
      removeItem: (name: string) => void items.delete(name),
      key: (index: number) => [...items.keys()][index] ?? null,
      clear: () => items.clear(),
      get length() {
        return items.size;
      },
    };
  };
  const events = { addEventListener() {}, removeEventListener() {}, dispatchEvent: () => true };
  const setTimer = (run: unknown, ms: unknown, ...args: unknown[]) => clock.set(guard(run, args), (Number(ms) || 0) + late);
  const clearTimer = (id: unknown) => clock.clear(Number(id));

  const globals = createContext({
    ...shared,
    ...events,
    CloseEvent: FakeCloseEvent,
    WebSocket: server.WebSocket,
    fetch: server.fetch,
    setTimeout: setTimer,
    clearTimeout: clearTimer,
    setInterval: (run: unknown, ms: unknown, ...args: unknown[]) => clock.set(guard(run, args), (Number(ms) || 0) + late, Number(ms) || 0),
    clearInterval: clearTimer,
    requestAnimationFrame: (run: unknown) => setTimer(run, 16),
    cancelAnimationFrame: clearTimer,
    performance: { now: () => clock.elapsed, timeOrigin: clock.now(), mark() {}, measure() {} },
    crypto: {
      getRandomValues: (array: Uint8Array) => array.map((_, index) => (array[index] = Math.floor(random() * 256))) && array,
      randomUUID: () => 'xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx'.replace(/x/g, () => Math.floor(random() * 16).toString(16)),
    },
    console: Object.fromEntries(
      ['log', 'info', 'warn', 'error', 'debug', 'trace', 'group', 'groupCollapsed', 'groupEnd'].map((name) => [name, print]),
    ),
    navigator: { onLine: true, userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0.0.0', language: 'en', product: 'Gecko' },
    location: new URL('https://app.example/'),
    document: { ...events, visibilityState: 'visible', hidden: false, documentElement: { style: {} }, cookie: '' },
    localStorage: storage(),
    sessionStorage: storage(),
    isSecureContext: true,
  });
  const run = (code: string): unknown => new Script(code).runInContext(globals);
  run('globalThis.window = globalThis.self = globalThis;');
  // what is part of the language has to be replaced from within
  Object.assign(globals, { hostNow: () => clock.now(), hostRandom: random });
  run(`{
    const now = hostNow;
    const RealDate = Date;
    globalThis.Date = class Date extends RealDate {
      constructor(...args) { if (args.length) super(...args); else super(now()); }
      static now() { return now(); }
    };
    Math.random = hostRandom;
    globalThis.MessageChannel = class MessageChannel {
      constructor() {
        const port = (other) => ({
          onmessage: null, start() {}, close() {},
          postMessage(data) { setTimeout(() => other().onmessage?.({ data }), 0); },
        });
        this.port1 = port(() => this.port2);
        this.port2 = port(() => this.port1);
      }
    };
    delete globalThis.hostNow; delete globalThis.hostRandom;
  }`);

  return { run };
}

/** All that a console would show of a value, as deep as a developer can click. */
function visible(value: unknown): string {
  return inspect(value, { depth: 8, maxStringLength: null, maxArrayLength: null, breakLength: Infinity });
}
