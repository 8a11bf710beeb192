import type { Clock } from 'connection-machine';

/** The platform's timers, counted, and a wall clock that can be set. */
export interface CountingClock extends Clock {
  /** Timers that have neither run nor been cleared. */
  readonly pending: number;
  /** How often the time was asked for. */
  readonly reads: number;
  /** Sets the wall clock, forward or (negative) back. Timers go on as if nothing had happened, as the platform's do. */
  jump(ms: number): void;
}

export function countingClock(): CountingClock {
  const pending = new Set<unknown>();
  let ahead = 0;
  let reads = 0;
  return {
    get pending() {
      return pending.size;
    },
    get reads() {
      return reads;
    },
    jump(ms) {
      ahead += ms;
    },
    now() {
      reads += 1;
      return Date.now() + ahead;
    },
    setTimeout(run, ms) {
      const id = setTimeout(() => {
        pending.delete(id);
        run();
      }, ms);
      pending.add(id);
      return id;
    },
    clearTimeout(id) {
      pending.delete(id);
      clearTimeout(id as NodeJS.Timeout);
    },
  };
}
