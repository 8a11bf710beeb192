import type { WebSocketHandshake } from './WebSocketHandshake.ts';

/** Longer frames than this are the app's own without a look, once connected: no answer needs so much. */
const maxAnswerLength = 8192;

const answers = ['success', 'error', 'ping', 'pong'];
const looksLikeAnswer = /"type"\s*:\s*"(success|error|ping|pong)"/;

/**
 * The handshake in JSON text frames that is spoken unless told otherwise:
 *
 * | who | frame | meaning |
 * | --- | --- | --- |
 * | client | `{"type":"connect","token":"…"}` | first frame |
 * | server | `{"type":"success","userId":"…"}` | the token is accepted |
 * | server | `{"type":"error","kind":"…","code"?,"retryAfter"?,"message"?}` | refused; `kind` as in `Failure`, `retryAfter` in ms |
 * | both | `{"type":"ping"}` | answered by `{"type":"pong"}` |
 * | client | `{"type":"renew","token":"…"}` | a new token for the live link |
 *
 * These four types of the server are reserved; every other frame is the app's own. Only before success must each frame be JSON.
 */
export const jsonHandshake: WebSocketHandshake & { renew: (token: string) => string; ping: () => string } = {
  connect: (token) => write('connect', token),
  renew: (token) => write('renew', token),
  ping: () => write('ping'),
  pong: () => write('pong'),
  read(data, connected) {
    const isText = typeof data === 'string';
    // An app may receive megabytes here: what cannot be an answer is not parsed.
    if (connected && !(isText && data.length <= maxAnswerLength && looksLikeAnswer.test(data))) return undefined;
    try {
      const frame = JSON.parse(data as string);
      return frame && answers.includes(frame.type) ? frame : undefined;
    } catch {
      // The parser's own message quotes the frame, and the frame may hold anything.
      return connected
        ? undefined
        : { type: 'error', kind: 'unknown', message: `the server answered in ${isText ? 'text that is not JSON' : 'binary'}` };
    }
  },
};

function write(type: string, token?: string): string {
  return JSON.stringify({ type, token });
}
