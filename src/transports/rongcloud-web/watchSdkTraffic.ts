import { wrapGlobal } from './wrapGlobal.ts';

/**
 * What the SDK sends out, and the means to end it.
 *
 * RongCloud's web SDKs cannot be stopped by their own functions: with a socket that is open and silent, `connect()` never settles,
 * and `disconnect()` waits for it; a `disconnect()` during a connect is undone by that connect. They do obey a socket that breaks. So
 * while a link exists, the global `WebSocket` and `XMLHttpRequest` are wrapped; the SDK's own sockets and address lookups are known by
 * their URL, and everything else passes through untouched.
 */
export interface SdkTraffic {
  /** How many sockets the server has said something on, whatever it was. */
  answers(): number;
  /** Did the last lookup say 401 or 403, as its HTTP status or in its JSON? It was shown the token, and does not know it. */
  isLookupRefused(): boolean;
  /** Breaks what is open, and whatever the SDK opens from now on, before it reaches the network. */
  cutOff(): void;
  /** Resolves when the SDK, cut off, has given up opening things. */
  settled(): Promise<void>;
  /** Gives the globals back. */
  release(): void;
}

interface SdkTrafficOptions {
  readonly version: SdkVersion;
  /** More sockets were opened within `floodWindow` than any honest SDK needs. */
  readonly onFlood: () => void;
}

/** Four addresses, tried every 5 s, make 12 in this window. An endless redirect makes 400 a second. */
const floodLimit = 20;
/** ms */
const floodWindow = 10_000;
/** Addresses that a list may have. */
const patience = 50;

/** What each version (its engines 5.38, 5.2 and 4.4) calls when it connects. A URL that names another version is another SDK's. */
const socketUrls = {
  5: /\/websocket\?appId=[^&]*&token=(?!.*&sdkVer=(?!5\.))/,
  4: /\/websocket\?appId=[^&]*&token=(?!.*&sdkVer=(?!4\.))/,
  2: /\/websocket\?appId=[^&]*&token=(?!.*&sdkVer=(?!2\.))/,
};
/** Where it asks for addresses (`navi`), and tries which one is near (`ping`). */
const lookupUrls = {
  5: /\/v2\/navi\.json\?/,
  4: /\/(?:comet)?navi\.js\?(?!.*&v=(?!4\.))/,
  2: /\/(?:comet)?navi\.js\?(?!.*&v=(?!2\.))|\/ping\?r=\d+$/,
};

export type SdkVersion = keyof typeof socketUrls;

type Handler = ((event: object) => void) | null;

/** The part of a socket that the SDK sees. */
interface SdkSocket {
  onopen: Handler;
  onmessage: Handler;
  onerror: Handler;
  onclose: Handler;
  close(): void;
}

export function watchSdkTraffic({ version, onFlood }: SdkTrafficOptions): SdkTraffic {
  const socketUrl = socketUrls[version];
  const lookupUrl = lookupUrls[version];
  const open = new Set<() => void>();
  const opened: number[] = [];
  let answers = 0;
  let isLookupRefused = false;
  /** Things that the SDK tried while cut off. */
  let vain = 0;
  let isCutOff = false;
  let isReleased = false;

  function countSocket(): void {
    const now = Date.now();
    opened.push(now);
    while (opened[0]! < now - floodWindow) opened.shift();
    if (opened.length > floodLimit) onFlood();
  }

  function adoptSocket(socket: WebSocket): void {
    const end = () => open.delete(breakOff);
    const breakOff = () => {
      end();
      breakSocket(socket as unknown as SdkSocket);
    };
    open.add(breakOff);
    socket.addEventListener('close', end);
    socket.addEventListener('message', () => (answers += 1), { once: true });
  }

  const restoreWebSocket = wrapGlobal('WebSocket', (args, make) => {
    const isOurs = !isReleased && socketUrl.test(String(args[0]));
    if (isOurs && !isCutOff) countSocket();
    // onFlood may have cut it off
    if (isOurs && isCutOff) {
      vain += 1;
      return stillbornSocket();
    }
    const socket = make();
    if (isOurs) adoptSocket(socket as WebSocket);
    return socket;
  });

  const restoreRequest = wrapGlobal('XMLHttpRequest', (_args, make) => {
    const request = make() as XMLHttpRequest;
    const { open: openRequest, send } = request;
    request.open = (...how: unknown[]) => {
      if (!isReleased && lookupUrl.test(String(how[1]))) {
        const end = () => open.delete(breakOff);
        const breakOff = () => {
          end();
          request.abort();
          // what abort() tells depends on how far the request had come
          (request.onerror as Handler)?.({});
        };
        request.addEventListener('loadend', end);
        // The SDK hears the answer by this event, and in a browser it acts on it before `loadend` comes.
        request.addEventListener('readystatechange', () => {
          if (request.readyState === 4) isLookupRefused = isRefusal(request);
        });
        request.send = (...body) => {
          if (!isCutOff) {
            open.add(breakOff);
            return send.apply(request, body);
          }
          vain += 1;
          setTimeout(breakOff);
        };
      }
      return Reflect.apply(openRequest, request, how) as void;
    };
    return request;
  });

  return {
    answers: () => answers,
    isLookupRefused: () => isLookupRefused,
    cutOff() {
      isCutOff = true;
      for (const breakOff of [...open]) breakOff();
    },
    async settled() {
      // it goes through its list of addresses, one a task
      for (let before = -1, rounds = 0; before !== vain && rounds < patience; rounds += 1) {
        before = vain;
        await nextTask();
        await nextTask();
      }
    },
    release() {
      isReleased = true;
      restoreWebSocket();
      restoreRequest();
    },
  };
}

function isRefusal(request: XMLHttpRequest): boolean {
  const { status, responseType } = request;
  // an answer of another type has no text: to ask for it throws
  const text = responseType && responseType !== 'text' ? '' : request.responseText;
  return status === 401 || status === 403 || /"code"\s*:\s*40[13]\b/.test(text);
}

/** Tells the SDK at once that its socket is gone, and does not wait for a server that may never answer the closing handshake. */
function breakSocket(socket: SdkSocket): void {
  const { onerror, onclose } = socket;
  socket.onopen = socket.onmessage = socket.onerror = socket.onclose = null;
  socket.close();
  try {
    // in this order, as a browser does when a connection fails: the error stops the SDK's own timer
    onerror?.call(socket, { type: 'error' });
    onclose?.call(socket, { type: 'close', code: 1006, reason: '', wasClean: false });
  } catch {
    // in a browser, too, nobody but window.onerror hears of it
  }
}

/** A socket that never comes about. */
function stillbornSocket(): object {
  const socket = {
    readyState: 3,
    binaryType: 'arraybuffer',
    onopen: null,
    onmessage: null,
    onerror: null,
    onclose: null,
    send: () => undefined,
    close: () => undefined,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  };
  setTimeout(() => breakSocket(socket));
  return socket;
}

/** Lets what is under way come to its end. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve);
  });
}
