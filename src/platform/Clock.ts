/** Time as the brain sees it. Injectable, so that a test can own it. */
export interface Clock {
  /** epoch ms */
  now(): number;
  setTimeout(run: () => void, ms: number): unknown;
  clearTimeout(id: unknown): void;
}

/** The platform's own clock. The globals are read at each call, so that a test runner's fake timers work too. */
export const systemClock: Clock = {
  now: () => Date.now(),
  setTimeout: (run, ms) => setTimeout(run, ms),
  clearTimeout: (id) => clearTimeout(id as ReturnType<typeof setTimeout>),
};
