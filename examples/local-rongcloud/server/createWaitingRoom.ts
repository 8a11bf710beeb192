/** Those whom a hanging server keeps waiting. When it wakes up, they are answered as they would be then. */
export interface WaitingRoom {
  readonly size: number;
  /** `leave` is for those who have gone before. */
  hold(answer: () => void): { leave(): void };
  release(): void;
}

export function createWaitingRoom(): WaitingRoom {
  const waiting = new Set<() => void>();
  return {
    get size() {
      return waiting.size;
    },
    hold(answer) {
      // a function of its own, so that the same answer may wait twice
      const turn = () => answer();
      waiting.add(turn);
      return { leave: () => void waiting.delete(turn) };
    },
    release() {
      const all = [...waiting];
      waiting.clear();
      for (const turn of all) turn();
    },
  };
}
