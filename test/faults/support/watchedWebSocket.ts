import { WebSocket } from 'ws';
import type { WebSocketClass } from 'connection-machine/transports/websocket';

/** What the client's own end shows: each socket that the transport ever opened. */
export interface WatchedWebSocket {
  readonly WebSocket: WebSocketClass;
  /** Sockets opened, ever. */
  readonly opened: number;
  /** Sockets that are not closed: connecting and closing ones, too. */
  alive(): number;
  /** How often a socket was opened while another one was not closed. */
  readonly overlaps: number;
  /** Listeners still on closed sockets; `error` keeps its one on purpose, because `ws` may throw without. */
  forgottenListeners(): number;
  /** Sockets that TCP refused to open. */
  readonly refused: number;
}

const events = ['open', 'message', 'close'];

export function watchedWebSocket(): WatchedWebSocket {
  const alive = new Set<WebSocket>();
  const closed: WebSocket[] = [];
  let overlaps = 0;
  let opened = 0;
  let refused = 0;

  class Watched extends WebSocket {
    constructor(address: string | URL, protocols?: string | string[]) {
      if (alive.size > 0) overlaps += 1;
      super(address, protocols);
      opened += 1;
      alive.add(this);
      // Before the transport's own listeners: they may open the next one at once.
      this.once('close', () => {
        alive.delete(this);
        closed.push(this);
      });
      this.once('error', ({ code }: NodeJS.ErrnoException) => {
        if (code === 'ECONNREFUSED') refused += 1;
      });
    }
  }

  return {
    WebSocket: Watched as unknown as WebSocketClass,
    get opened() {
      return opened;
    },
    alive: () => alive.size,
    get overlaps() {
      return overlaps;
    },
    forgottenListeners: () =>
      closed.reduce((count, socket) => count + events.reduce((sum, event) => sum + socket.listenerCount(event), 0), 0),
    get refused() {
      return refused;
    },
  };
}
