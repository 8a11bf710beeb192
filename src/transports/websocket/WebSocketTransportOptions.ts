import type { Clock } from '../../platform/Clock.ts';
import type { HeartbeatOptions } from './heartbeat.ts';
import type { WebSocketHandshake } from './WebSocketHandshake.ts';
import type { WebSocketClass } from './WebSocketLike.ts';

export interface WebSocketTransportOptions {
  /**
   * Where to connect: a `ws:` or `wss:` address, as text or as a `URL`. Give a function to choose anew for each link (another region, a
   * fresh ticket in the query); it is called at the moment of opening, must not wait, and when it throws or returns something else the
   * link is over with kind `configuration`. Do not put the token here: addresses end up in logs, the handshake does not.
   */
  readonly url: string | { readonly href: string } | (() => string | { readonly href: string });
  /** Subprotocols to offer, as the WebSocket class takes them. @default none */
  readonly protocols?: string | string[];
  /**
   * The WebSocket class. Needed where there is no global one (Node before 22: `import { WebSocket } from 'ws'`), or to give each socket
   * headers, an agent or a proxy by way of a subclass. @default globalThis.WebSocket, looked up when a link is opened, not before
   */
  readonly WebSocket?: WebSocketClass;
  /**
   * How a server that has fallen silent is noticed. `false` when the server does not answer pings, or when something else does this
   * job: then only the platform's own time limits end a dead link, after minutes or never. @default { interval: 10_000, timeLimit: 8_000 }
   */
  readonly heartbeat?: HeartbeatOptions | false;
  /** The words of the handshake, where your server's differ; parts left out are the usual ones. @default jsonHandshake */
  readonly handshake?: Partial<WebSocketHandshake>;
  /**
   * Gets every frame that is not part of the handshake: text as a string, binary as an `ArrayBuffer`, also before success. It is not called
   * any more once the link is over. If it throws, the link stays up and the error goes to `logger`. @default such frames are dropped
   */
  readonly onMessage?: (data: string | ArrayBuffer) => void;
  /** Time for the heartbeat and the closing handshake; a test passes its own. @default the platform's timers */
  readonly clock?: Clock;
  /** Hears of mistakes in the functions given here (`onMessage`, `handshake`); `console` will do. It never sees a token. @default nobody */
  readonly logger?: { error(message: string, thrown: unknown): void };
}
