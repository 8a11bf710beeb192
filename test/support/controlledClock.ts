import type { Clock } from 'connection-machine';

interface Timer {
  readonly id: number;
  readonly due: number;
  readonly run: () => void;
}

/** A clock that a test owns. Time stands still until `advance`; timers run in order, each at its own moment. */
export interface ControlledClock extends Clock {
  /** Lets `ms` pass: every timer due on the way runs at its moment, and promises settle after each. */
  advance(ms: number): Promise<void>;
  /** Moves the wall clock without running a timer, as an adjusted or a sleeping machine does. */
  jump(ms: number): void;
  /** How many timers are waiting. */
  readonly pending: number;
  /** ms since the clock was made, evenly, whatever the wall clock does. */
  readonly elapsed: number;
}

export function controlledClock(start = 1_700_000_000_000): ControlledClock {
  let timers: Timer[] = [];
  let nextId = 1;
  /** Runs evenly, whatever the wall clock does. */
  let elapsed = 0;
  let offset = start;

  return {
    now: () => offset + elapsed,
    setTimeout(run, ms) {
      // as platforms do: what a timer cannot hold runs at once
      const wait = ms >= 0 && ms <= 2 ** 31 - 1 ? ms : 0;
      timers.push({ id: nextId, due: elapsed + wait, run });
      return nextId++;
    },
    clearTimeout(id) {
      timers = timers.filter((timer) => timer.id !== id);
    },
    async advance(ms) {
      const end = elapsed + ms;
      await flush();
      for (;;) {
        const next = timers.filter(({ due }) => due <= end).sort((a, b) => a.due - b.due || a.id - b.id)[0];
        if (!next) break;
        timers = timers.filter((timer) => timer !== next);
        elapsed = Math.max(elapsed, next.due);
        next.run();
        await flush();
      }
      elapsed = end;
      await flush();
    },
    jump(ms) {
      offset += ms;
    },
    get pending() {
      return timers.length;
    },
    get elapsed() {
      return elapsed;
    },
  };
}

/** Lets every promise that is ready settle, and those that follow from it. */
function flush(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
