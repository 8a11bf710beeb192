import { WebSocket, type ClientOptions } from 'ws';
import type { LoopbackOnly } from './createLoopbackOnly.ts';

/** The scope's `WebSocket` class, and the sockets that were made with it. */
export interface WebSockets {
  readonly pending: number;
  readonly WebSocket: new (url: string | URL, protocols?: string | string[]) => WebSocket;
  /** Cuts all, and those that are made later. */
  close(): void;
}

/** How long (ms, real ones) a socket waits for the other side's goodbye before it is cut. */
const closeTimeout = 2_000;

/** `ws` has the interface of a browser's WebSocket already; what is added are a page's manners. */
export function createWebSocketClass({ connectTo }: LoopbackOnly, guard: (handler: () => void) => void): WebSockets {
  const open = new Set<WebSocket>();
  let closed = false;
  class ScopeWebSocket extends WebSocket {
    constructor(url: string | URL, protocols: string | string[] = []) {
      const target = new URL(url);
      const options: ClientOptions & { closeTimeout: number } = {
        closeTimeout,
        perMessageDeflate: false,
        createConnection: () => connectTo(target),
      };
      super(target, protocols, options);
      open.add(this);
      this.once('close', () => open.delete(this));
      if (closed) this.terminate();
    }

    /** Listeners are called one by one: what one of them throws harms nobody else, and an `error` without a listener is no crash. */
    override emit(name: string | symbol, ...args: unknown[]): boolean {
      const listeners = this.rawListeners(name);
      for (const listener of listeners) guard(() => void Reflect.apply(listener, this, args));
      return listeners.length > 0;
    }
  }
  return {
    get pending() {
      return open.size;
    },
    WebSocket: ScopeWebSocket,
    close() {
      closed = true;
      for (const socket of [...open]) socket.terminate();
    },
  };
}
