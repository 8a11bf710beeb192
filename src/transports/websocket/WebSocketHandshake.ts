import type { Failure } from '../../../machines/connection/failure.ts';

/** What can be sent over a WebSocket: text, or binary in any of its shapes. */
export type WebSocketFrame = string | ArrayBuffer | ArrayBufferView;

/** What a frame of the server means to the link. */
export type WebSocketAnswer =
  /** The token is accepted, at first or after `renew`. An empty `userId` counts as an error of kind `unknown`. */
  | { readonly type: 'success'; readonly userId: string }
  /** A refusal: of the oldest open `renew` if there is one, otherwise of the whole link. A kind that is not in the table becomes `unknown`. */
  | ({ readonly type: 'error' } & Omit<Failure, 'cause'>)
  /** The server asks for a sign of life; `pong()` is sent back. */
  | { readonly type: 'ping' }
  /** The answer to `ping()`. */
  | { readonly type: 'pong' };

/**
 * The words between client and server: what to send, and how to read what comes. Replace the parts in which your server differs
 * from `jsonHandshake`; the link (timing, close codes, order, secrecy) stays the same.
 *
 * A part that throws ends the link with kind `unknown` before success; afterwards it costs that one frame, and the error goes to `logger`.
 */
export interface WebSocketHandshake {
  /** The first frame on an open socket: hands over the token. */
  connect(token: string): WebSocketFrame;
  /**
   * Hands a new token to the live link. The server answers with success, with an error, or not at all: then the pong to the ping
   * that is sent right behind it is the acceptance, since frames keep their order. So a server must not answer that ping while it still
   * checks the token; if it does, a late error ends the link, and the brain goes on as after any refused token.
   * `false` when the server cannot renew: the brain then opens the link anew.
   */
  renew: ((token: string) => WebSocketFrame) | false;
  /**
   * Asks the server for a sign of life. `false` when there is no such frame: then there is no heartbeat, a doubtful link is replaced
   * instead of verified, and only success or an error answers `renew`.
   */
  ping: (() => WebSocketFrame) | false;
  /** The answer to the server's ping. */
  pong(): WebSocketFrame;
  /**
   * Says what a frame means; `undefined` when it is the app's own, which then goes to `onMessage`. Called for every frame, so be quick
   * with those of the app: `connected` is true once the server has accepted a token, and from then on few frames are answers.
   * Binary frames come as `ArrayBuffer`.
   */
  read(data: string | ArrayBuffer, connected: boolean): WebSocketAnswer | undefined;
}
