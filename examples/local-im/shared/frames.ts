import type { FailureKind } from 'connection-machine';

/**
 * What goes over the socket, as JSON text. `connect` to `pong` is the library's handshake; `message` and `ack` are this app's own,
 * which the transport hands through untouched.
 */
export type ClientFrame =
  | { readonly type: 'connect'; readonly token: string }
  | { readonly type: 'renew'; readonly token: string }
  | { readonly type: 'ping' }
  | { readonly type: 'pong' }
  | ChatMessage;

export interface ChatMessage {
  readonly type: 'message';
  /** Chosen by the sender, so that a message sent twice is recognised. */
  readonly id: string;
  readonly text: string;
  /** Everybody, when absent. */
  readonly to?: string;
}

export type ServerFrame =
  | { readonly type: 'success'; readonly userId: string }
  | { readonly type: 'error'; readonly kind: FailureKind; readonly code?: number; readonly retryAfter?: number }
  | { readonly type: 'ping' | 'pong' }
  | AppFrame;

export type AppFrame =
  | { readonly type: 'ack'; readonly id: string; readonly at: number }
  | { readonly type: 'message'; readonly id: string; readonly from: string; readonly text: string; readonly at: number };

/** Longer texts are refused; the socket's own payload limit stands a little above. */
const maxTextLength = 2_000;

/** Reads what a client sent; `undefined` for anything that is not exactly one of its frames. */
export function parseClientFrame(text: string): ClientFrame | undefined {
  const frame = parseObject(text);
  if (!frame) return undefined;
  const { type, token, id, text: body, to } = frame;
  if (type === 'ping' || type === 'pong') return { type };
  if ((type === 'connect' || type === 'renew') && isText(token, 8_192)) return { type, token };
  if (type === 'message' && isText(id, 64) && isText(body, maxTextLength)) {
    if (to === undefined) return { type, id, text: body };
    if (isText(to, 64)) return { type, id, text: body, to };
  }
  return undefined;
}

/** Reads what the transport hands to the app: an own frame of this app, or `undefined` for what it does not know. */
export function parseAppFrame(data: unknown): AppFrame | undefined {
  const frame = typeof data === 'string' ? parseObject(data) : isObject(data) ? data : undefined;
  if (!frame) return undefined;
  const { type, id, from, text, at } = frame;
  if (!isText(id, 64) || typeof at !== 'number' || !Number.isFinite(at)) return undefined;
  if (type === 'ack') return { type, id, at };
  if (type === 'message' && isText(from, 64) && isText(text, maxTextLength)) return { type, id, from, text, at };
  return undefined;
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown, maxLength: number): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= maxLength;
}
