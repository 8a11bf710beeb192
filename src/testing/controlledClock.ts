import { mustBe } from '../../machines/connection/ConnectionOptionError.ts';
import type { Clock } from '../platform/Clock.ts';
import { nextTask } from './nextTask.ts';

interface Timer {
  readonly id: number;
  readonly due: number;
  readonly run: () => void;
}

/** A clock that a test owns. Time stands still until `advance`; timers run in order, each at its own moment. */
export interface ControlledClock extends Clock {
  /** Lets `ms` pass: every timer due on the way runs at its moment, and promises settle after each. `advance(0)` only lets them settle. */
  advance(ms: number): Promise<void>;
  /** Moves the wall clock without running a timer, as an adjusted or a sleeping machine does. */
  jump(ms: number): void;
  /** How many timers are waiting. */
  readonly pending: number;
  /** ms since the clock was made, evenly, whatever the wall clock does. */
  readonly elapsed: number;
}

/**
 * A clock for `createConnection({ clock })`, so that a test decides by no real time. Pass it to everything that takes a clock.
 *
 * @param start epoch ms that `now()` begins with
 * @example
 * const clock = controlledClock();
 * const connection = createConnection({ transport, fetchToken, clock });
 * connection.connect();
 * await clock.advance(5_000);   // nobody answered: connection.getSnapshot().status is 'prompting'
 */
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
      mustBe(ms >= 0 && ms < Infinity, 'controlledClock: advance(ms)', 'a finite number of ms, 0 or more', ms);
      const end = elapsed + ms;
      await nextTask();
      for (;;) {
        const next = timers.filter(({ due }) => due <= end).sort((a, b) => a.due - b.due || a.id - b.id)[0];
        if (!next) break;
        timers = timers.filter((timer) => timer !== next);
        elapsed = Math.max(elapsed, next.due);
        next.run();
        await nextTask();
      }
      elapsed = end;
      await nextTask();
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
