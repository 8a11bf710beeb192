import { systemClock, type Clock } from './Clock.ts';
import type { SafeLogger } from '../logger.ts';

/** An app's clock, made safe: one that throws or answers nonsense falls back to the system's, and is reported. */
export function safeClock(clock: Clock = systemClock, logger: SafeLogger): Clock {
  const orElse = <Result>(name: string, call: () => Result, instead: () => Result): Result => {
    try {
      return call();
    } catch (problem) {
      logger.error(`clock.${name} threw`, problem);
      return instead();
    }
  };
  return {
    now() {
      const now = orElse('now', () => clock.now(), systemClock.now);
      return Number.isFinite(now) ? now : systemClock.now();
    },
    setTimeout: (run, ms) => orElse('setTimeout', () => clock.setTimeout(run, ms), () => systemClock.setTimeout(run, ms)),
    clearTimeout: (id) => orElse('clearTimeout', () => clock.clearTimeout(id), () => undefined),
  };
}
