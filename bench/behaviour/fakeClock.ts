/** Time in the fake page: it stands still until `advance`, and timers run in order, each at its own moment. */
export interface FakeClock {
  /** Wall clock, epoch ms: what the page's `Date` says. */
  now(): number;
  /** ms that the page has been awake: what `performance.now()` says, and what timers run by. */
  readonly elapsed: number;
  set(run: () => void, ms: number, every?: number): number;
  clear(id: number): void;
  /** Lets `ms` pass; promises settle after each timer. Ends early as soon as `until` says so. */
  advance(ms: number, until?: () => boolean): Promise<void>;
  /** The machine sleeps: the wall clock goes on, timers do not, as in Chrome and Safari on a laptop whose lid is shut. */
  sleep(ms: number): void;
}

interface Timer {
  readonly id: number;
  readonly due: number;
  readonly run: () => void;
  readonly every: number | undefined;
}

/** So much in one and the same ms is a loop without a pause. */
const mostAtOnce = 20_000;

export function createFakeClock(start: number): FakeClock {
  const timers = new Map<number, Timer>();
  let nextId = 1;
  let elapsed = 0;
  let slept = 0;

  const next = (end: number): Timer | undefined => {
    let first: Timer | undefined;
    // a Map keeps the order of entry, so of two at one moment the older runs first
    for (const timer of timers.values()) if (timer.due <= end && (!first || timer.due < first.due)) first = timer;
    return first;
  };

  return {
    now: () => start + elapsed + slept,
    get elapsed() {
      return elapsed;
    },
    set(run, ms, every) {
      const wait = ms > 0 && ms <= 2 ** 31 - 1 ? Math.floor(ms) : 0;
      timers.set(nextId, { id: nextId, due: elapsed + wait, run, every });
      return nextId++;
    },
    clear(id) {
      timers.delete(id);
    },
    async advance(ms, until = () => false) {
      const end = elapsed + ms;
      let atOnce = 0;
      await promisesSettle();
      for (let timer = next(end); timer && !until(); timer = next(end)) {
        timers.delete(timer.id);
        atOnce = timer.due > elapsed ? 0 : atOnce + 1;
        if (atOnce > mostAtOnce) throw new Error(`more than ${mostAtOnce} timers in one ms`);
        elapsed = Math.max(elapsed, timer.due);
        // the same id, so that the page can clear it
        if (timer.every !== undefined) timers.set(timer.id, { ...timer, due: elapsed + Math.max(1, timer.every) });
        timer.run();
        await promisesSettle();
      }
      if (!until()) elapsed = end;
    },
    sleep(ms) {
      slept += ms;
    },
  };
}

function promisesSettle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
