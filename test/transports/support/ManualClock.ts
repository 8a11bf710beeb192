import type { Clock } from '../../../src/platform/Clock.ts';

/** Time that stands still until a test moves it. Timers run in order, each at its own moment. */
export class ManualClock implements Clock {
  #now = 1_700_000_000_000;
  #nextId = 1;
  readonly #timers = new Map<number, { at: number; run: () => void }>();

  now(): number {
    return this.#now;
  }

  setTimeout(run: () => void, ms: number): number {
    const id = this.#nextId++;
    this.#timers.set(id, { at: this.#now + ms, run });
    return id;
  }

  clearTimeout(id: unknown): void {
    this.#timers.delete(id as number);
  }

  /** How many timers are armed. */
  get pending(): number {
    return this.#timers.size;
  }

  advance(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const [due] = [...this.#timers].filter(([, timer]) => timer.at <= end).sort(([a, x], [b, y]) => x.at - y.at || a - b);
      if (!due) break;
      const [id, timer] = due;
      this.#timers.delete(id);
      this.#now = Math.max(this.#now, timer.at);
      timer.run();
    }
    this.#now = end;
  }

  /** The system's clock is corrected: the time of day jumps, the timers do not. */
  jump(ms: number): void {
    this.#now += ms;
    for (const timer of this.#timers.values()) timer.at += ms;
  }

  /** The machine sleeps: every timer that has run out meanwhile runs late, at once, on waking, and those armed then wait in full. */
  sleep(ms: number): void {
    this.#now += ms;
    const late = [...this.#timers].filter(([, timer]) => timer.at <= this.#now);
    for (const [id, timer] of late) {
      this.#timers.delete(id);
      timer.run();
    }
  }
}
