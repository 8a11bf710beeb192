/** Bytes, or the end of them. */
export type Piece = Buffer | 'end';

export interface DelayLine {
  push(piece: Piece): void;
  /** Forgets what is under way. */
  drop(): void;
}

/** One direction of a slow network: pieces arrive late, each by a delay of its own, but never out of order. */
export function createDelayLine(delay: () => number, deliver: (piece: Piece) => void): DelayLine {
  let pieces: { readonly piece: Piece; readonly due: number }[] = [];
  let timer: NodeJS.Timeout | undefined;

  function run(): void {
    timer = undefined;
    while (pieces[0] && pieces[0].due <= performance.now()) deliver(pieces.shift()!.piece);
    // Delivering may have dropped the rest.
    if (pieces[0] && !timer) timer = setTimeout(run, Math.max(1, pieces[0].due - performance.now()));
  }

  return {
    push(piece) {
      const ms = delay();
      if (ms === 0 && pieces.length === 0) return deliver(piece);
      pieces.push({ piece, due: Math.max(performance.now() + ms, pieces.at(-1)?.due ?? 0) });
      timer ??= setTimeout(run, ms);
    },
    drop() {
      pieces = [];
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
