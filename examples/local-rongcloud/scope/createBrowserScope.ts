import { createContext, Script } from 'node:vm';
import { createEvents, type Events } from './createEvents.ts';
import { createFetch } from './createFetch.ts';
import { createLoopbackOnly } from './createLoopbackOnly.ts';
import { createRequests } from './createRequests.ts';
import { createStorage } from './createStorage.ts';
import { createTimers } from './createTimers.ts';
import { createWebSocketClass } from './createWebSocketClass.ts';
import { createXmlHttpRequest } from './createXmlHttpRequest.ts';
import { checkSpeed, scaledTimeScript, type ScaledTime } from './scaledTime.ts';

export type ScopeConsole = Pick<Console, 'log' | 'info' | 'warn' | 'error' | 'debug'>;

export interface BrowserScopeOptions {
  /** How many times faster time runs inside: at 10, the SDK's wait of 5 s takes half a second. @default 1 */
  readonly speed?: number;
  /** Where the scope's console writes. @default nowhere: the SDKs write the raw token into it */
  readonly console?: ScopeConsole;
}

/** The scope's global object, as far as it is worth a type. */
export interface ScopeGlobals extends Events {
  readonly navigator: { onLine: boolean; userAgent: string };
  readonly document: Events & { visibilityState: 'visible' | 'hidden'; hidden: boolean };
  readonly localStorage: Storage;
  readonly Date: DateConstructor;
  readonly setTimeout: (handler: () => void, delay?: number) => number;
  readonly scaledTime: ScaledTime;
  [name: string]: unknown;
}

/** Something like a browser's page in Node, for one instance of an SDK. */
export interface BrowserScope {
  /** Runs a script in the scope and returns what its last expression gave. */
  run(code: string, filename?: string): unknown;
  readonly globals: ScopeGlobals;
  /** How fast time runs from now on: slow while the network is needed, fast while something is only waited for. */
  setSpeed(speed: number): void;
  /** Resolves when so much of the scope's own time has passed, after every timer in it that was due before. */
  wait(ms: number): Promise<void>;
  /** Hosts outside of this machine that something in the scope wanted to reach, in vain. */
  readonly blocked: readonly string[];
  /** What handlers of timers, sockets, requests and events threw; a page would write it to its console. */
  readonly errors: readonly unknown[];
  /** What is alive in it. */
  readonly pending: { readonly timers: number; readonly sockets: number; readonly requests: number };
  /** Ends everything that is alive, and starts nothing any more. */
  close(): void;
}

const silent: ScopeConsole = { log() {}, info() {}, warn() {}, error() {}, debug() {} };

/** Where the page seems to come from: requests are made relative to it. It is http, or the SDKs would ask for https everywhere. */
const pageUrl = 'http://127.0.0.1/';
const userAgent = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36';

/** Each has a global object of its own, because the SDKs keep their one instance in module variables and in `window`. */
export function createBrowserScope({ speed = 1, console = silent }: BrowserScopeOptions = {}): BrowserScope {
  const errors: unknown[] = [];
  const guard = (handler: () => void) => {
    try {
      handler();
    } catch (error) {
      errors.push(error);
      console.error(error);
    }
  };
  const timers = createTimers(guard);
  const loopback = createLoopbackOnly();
  const requests = createRequests(loopback);
  const sockets = createWebSocketClass(loopback, guard);
  const context = createContext({
    ...standardGlobals,
    ...timers.globals,
    ...createEvents(guard),
    console,
    queueMicrotask: (handler: () => void) => queueMicrotask(() => guard(handler)),
    // an object of its own: the scope may speed it up
    performance: { now: () => performance.now(), timeOrigin: performance.timeOrigin },
    fetch: createFetch(requests, pageUrl),
    XMLHttpRequest: createXmlHttpRequest(requests, guard, pageUrl),
    WebSocket: sockets.WebSocket,
    localStorage: createStorage(),
    sessionStorage: createStorage(),
    // `onLine` may be changed by whoever plays the network; v5 reads the kind of connection for its statistics
    navigator: { userAgent, onLine: true, language: 'en-US', platform: 'Linux x86_64', connection: { effectiveType: '4g' } },
    location: {
      href: pageUrl,
      origin: new URL(pageUrl).origin,
      protocol: 'http:',
      host: '127.0.0.1',
      hostname: '127.0.0.1',
      pathname: '/',
    },
    document: { ...createEvents(guard), visibilityState: 'visible', hidden: false, readyState: 'complete' },
  });
  const run = (code: string, filename = 'scope.js') => compile(code, filename).runInContext(context) as unknown;
  const globals = run('globalThis.window = globalThis.self = globalThis') as ScopeGlobals;
  run(scaledTimeScript(speed), 'scaledTime.js');

  return {
    run,
    globals,
    setSpeed(next) {
      checkSpeed(next);
      globals.scaledTime.setSpeed(next);
    },
    wait: (ms) => new Promise((resolve) => void globals.setTimeout(resolve, ms)),
    get blocked() {
      return loopback.blocked;
    },
    errors,
    get pending() {
      return { timers: timers.pending, sockets: sockets.pending, requests: requests.pending };
    },
    close() {
      timers.close();
      sockets.close();
      requests.close();
    },
  };
}

/** What browsers and Node have in common and ECMAScript has not, so that a new context lacks it. */
const standardGlobals = {
  AbortController,
  AbortSignal,
  Blob,
  CustomEvent,
  DOMException,
  Event,
  EventTarget,
  FormData,
  Headers,
  MessageEvent,
  Request,
  Response,
  TextDecoder,
  TextEncoder,
  URL,
  URLSearchParams,
  atob,
  btoa,
  crypto,
  structuredClone,
};

/** A bundle has a megabyte or more and is run in many scopes: parsed once. */
const compiled = new Map<string, Script>();

function compile(code: string, filename: string): Script {
  const known = compiled.get(code);
  if (known) return known;
  const script = new Script(code, { filename });
  if (code.length > 100_000) compiled.set(code, script);
  return script;
}
