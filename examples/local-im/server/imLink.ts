import { WebSocket } from 'ws';
import { failureCodes, type Refusal } from './refusals.ts';
import type { ServerFrame } from '../shared/frames.ts';

/** One client's socket, from its opening to its end. */
export interface ImLink {
  readonly socket: WebSocket;
  /** `greeting` until the token is accepted, `ended` once it was told to go. Only a link that is `up` is anybody's. */
  phase: 'greeting' | 'up' | 'ended';
  /** Whose token it showed; unknown before. */
  user: string | undefined;
  /** epoch ms: when its token runs out. */
  expiresAt: number;
}

export function sendFrame({ socket }: ImLink, frame: ServerFrame): void {
  if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(frame));
}

/** The user whose link is up, or nobody. */
export function userOf({ phase, user }: ImLink): string | undefined {
  return phase === 'up' ? user : undefined;
}

/** Says why in a frame, then closes with the code that says the same: a client may read either. */
export function endLink(link: ImLink, kind: Refusal, details: { readonly code?: number; readonly retryAfter?: number } = {}): void {
  const { code, close } = failureCodes[kind];
  sendFrame(link, {
    type: 'error',
    kind,
    code: details.code ?? code,
    ...(details.retryAfter !== undefined && { retryAfter: details.retryAfter }),
  });
  link.socket.close(close, kind);
}
