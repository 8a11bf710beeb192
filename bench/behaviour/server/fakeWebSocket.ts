import type { FakeClock } from '../fakeClock.ts';

/** The server's end of a fake socket. */
export interface SocketEnd {
  readonly url: string;
  open(): void;
  say(text: string): void;
  /** Ends the socket from the network's side, with an `error` event before the `close` event or without. */
  drop(code: number, reason: string, withError: boolean): void;
  /** Set by the server. */
  heard: (text: string) => void;
  closed: () => void;
  /** Does the other side answer a closing handshake? */
  answers: () => boolean;
}

export type FakeWebSocketClass = new (url: string | URL, protocols?: string | string[]) => object;

type Listener = ((event: Event) => void) | { handleEvent(event: Event): void };

/** As long a browser waits for the answer to its closing handshake (Chrome and Firefox: 10 s). ms */
const closingTimeLimit = 10_000;

export class FakeCloseEvent extends Event {
  readonly code: number;
  readonly reason: string;
  readonly wasClean: boolean;
  constructor(type: string, init: { code?: number; reason?: string; wasClean?: boolean } = {}) {
    super(type);
    this.code = init.code ?? 0;
    this.reason = init.reason ?? '';
    this.wasClean = init.wasClean ?? false;
  }
}

/** A browser's WebSocket without a network. Each event comes in a task of its own, and no time passes on the way. */
export function createFakeWebSocketClass(
  clock: FakeClock,
  knock: (socket: SocketEnd) => void,
  report: (thrown: unknown) => void,
): FakeWebSocketClass {
  return class WebSocket {
    static readonly CONNECTING = 0;
    static readonly OPEN = 1;
    static readonly CLOSING = 2;
    static readonly CLOSED = 3;
    readonly CONNECTING = 0;
    readonly OPEN = 1;
    readonly CLOSING = 2;
    readonly CLOSED = 3;
    readonly url: string;
    readonly protocol: string;
    readonly extensions = '';
    readonly bufferedAmount = 0;
    binaryType = 'blob';
    readyState = 0;
    onopen: Listener | null = null;
    onmessage: Listener | null = null;
    onerror: Listener | null = null;
    onclose: Listener | null = null;
    readonly #listeners = new Map<string, Listener[]>();
    readonly #end: SocketEnd;

    constructor(url: string | URL, protocols: string | string[] = []) {
      this.url = new URL(url).href;
      this.protocol = [protocols].flat()[0] ?? '';
      this.#end = {
        url: this.url,
        open: () =>
          this.#later(() => {
            if (this.readyState !== 0) return;
            this.readyState = 1;
            this.#emit(new Event('open'));
          }),
        say: (text) => this.#later(() => this.readyState === 1 && this.#emit(new MessageEvent('message', { data: text }))),
        drop: (code, reason, withError) =>
          this.#later(() => {
            if (this.readyState === 3) return;
            this.readyState = 3;
            if (withError) this.#emit(new Event('error'));
            this.#emit(new FakeCloseEvent('close', { code, reason, wasClean: code !== 1006 }));
          }),
        heard: () => undefined,
        closed: () => undefined,
        answers: () => true,
      };
      knock(this.#end);
    }

    send(data: unknown): void {
      if (this.readyState === 0) throw new DOMException('Still in CONNECTING state.', 'InvalidStateError');
      if (this.readyState === 1) this.#later(() => this.#end.heard(typeof data === 'string' ? data : ''));
    }

    close(code?: number, reason = ''): void {
      if (code !== undefined && code !== 1000 && !(code >= 3000 && code <= 4999)) {
        throw new DOMException('The code must be 1000, or between 3000 and 4999.', 'InvalidAccessError');
      }
      if (this.readyState >= 2) return;
      const wasOpen = this.readyState === 1;
      this.readyState = 2;
      this.#end.closed();
      if (!wasOpen) this.#end.drop(1006, '', true);
      else if (this.#end.answers()) this.#end.drop(code ?? 1005, reason, false);
      else clock.set(() => this.#end.drop(1006, '', false), closingTimeLimit);
    }

    addEventListener(type: string, listener: Listener): void {
      const listeners = this.#listeners.get(type) ?? [];
      if (!listeners.includes(listener)) this.#listeners.set(type, [...listeners, listener]);
    }

    removeEventListener(type: string, listener: Listener): void {
      this.#listeners.set(
        type,
        (this.#listeners.get(type) ?? []).filter((other) => other !== listener),
      );
    }

    #later(run: () => void): void {
      clock.set(run, 0);
    }

    #emit(event: Event): void {
      for (const name of ['target', 'currentTarget', 'srcElement']) Object.defineProperty(event, name, { value: this });
      const own = this[`on${event.type}` as 'onopen'];
      for (const listener of [own, ...(this.#listeners.get(event.type) ?? [])]) {
        try {
          if (typeof listener === 'function') listener.call(this, event);
          else listener?.handleEvent(event);
        } catch (thrown) {
          report(thrown);
        }
      }
    }
  };
}
