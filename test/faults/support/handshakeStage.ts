/** Where a reset can be planned: at each step from TCP's handshake to the library's own. */
export const resetPhases = ['accept', 'request', 'halfResponse', 'response', 'connectFrame', 'halfSuccess', 'success'] as const;
export type ResetPhase = (typeof resetPhases)[number];

/** How far a connection has come. A plain HTTP request never gets beyond `answered`. */
export const stages = ['accepted', 'requested', 'answered', 'introduced', 'live'] as const;
export type Stage = (typeof stages)[number];

export interface HandshakeStage {
  readonly stage: Stage;
  /** Bytes from the client. */
  sent(chunk: Buffer): void;
  /** Bytes from the server. Says how many of them may pass before the reset that is planned for `phase`; `undefined` lets all pass. */
  answered(chunk: Buffer, phase: ResetPhase | undefined): number | undefined;
}

const headEnd = '\r\n\r\n';

/** Reads along, as little as it takes to know the step: the head of the HTTP answer, and the first frame behind it. */
export function followHandshake(): HandshakeStage {
  let stage: Stage = 'accepted';
  /** All that the server said, until the step `live`. */
  let answer = Buffer.alloc(0);
  return {
    get stage() {
      return stage;
    },
    sent() {
      if (stage === 'accepted') stage = 'requested';
      // What follows the answer to an upgrade is the first frame, and that is `connect`.
      else if (stage === 'answered') stage = 'introduced';
    },
    answered(chunk, phase) {
      if (stage === 'live') return undefined;
      const before = answer.length;
      answer = Buffer.concat([answer, chunk]);
      const head = answer.indexOf(headEnd);
      if (head < 0) return undefined;
      const headBytes = head + headEnd.length;
      if (stage === 'requested') stage = 'answered';
      const end = endOfSuccess(answer, headBytes);
      if (end !== undefined) stage = 'live';
      const cut = cutFor(phase, headBytes, end);
      return cut === undefined ? undefined : Math.max(0, cut - before);
    },
  };
}

function cutFor(phase: ResetPhase | undefined, headBytes: number, end: number | undefined): number | undefined {
  if (phase === 'halfResponse') return Math.floor(headBytes / 2);
  if (phase === 'response') return headBytes;
  if (end === undefined) return undefined;
  if (phase === 'halfSuccess') return Math.floor((headBytes + end) / 2);
  return phase === 'success' ? end : undefined;
}

/** Where the frame `success` ends, if it is the first frame and whole. A server's frames are not masked, and this one is short. */
function endOfSuccess(bytes: Buffer, start: number): number | undefined {
  const length = bytes[start + 1];
  if (length === undefined || length > 125) return undefined;
  const end = start + 2 + length;
  if (bytes.length < end) return undefined;
  return bytes
    .subarray(start + 2, end)
    .toString('utf8')
    .includes('"type":"success"')
    ? end
    : undefined;
}
