/** The part of a global object that tells the time. */
export interface TimeGlobal {
  Date: DateConstructor;
  readonly performance: { now(): number };
  setTimeout: unknown;
  setInterval: unknown;
  clearTimeout: unknown;
  clearInterval: unknown;
  scaledTime?: ScaledTime;
}

export interface ScaledTime {
  /** From now on; what is waited for comes earlier or later accordingly. */
  setSpeed(speed: number): void;
}

/**
 * Makes time run `speed` times faster for everybody who uses this global object: timers, `Date` and `performance.now()` agree with
 * each other. The speed can be changed later through the global variable `scaledTime`. The function refers to nothing outside of
 * itself, so that its source text can be run anywhere: in a `node:vm` context, or in a page of a browser before its own scripts.
 */
export function installScaledTime(global: TimeGlobal, speed: number): void {
  type Handler = (...args: unknown[]) => void;
  type SetTimer = (handler: () => void, delay: number) => unknown;
  type ClearTimer = (timer: unknown) => void;
  interface Timer {
    /** in scaled ms since the installation */
    readonly due: number;
    readonly fire: () => void;
    turn: Turn;
  }
  /** A real timer, and for whom it was started. */
  interface Turn {
    timer: Timer;
    readonly real: unknown;
  }
  const RealDate = global.Date;
  const { performance } = global;
  const realNow = performance.now.bind(performance);
  const setTimer = (global.setTimeout as SetTimer).bind(global);
  const clearTimer = (global.clearTimeout as ClearTimer).bind(global);
  const startedAt = RealDate.now();
  const startedNow = realNow();
  let pace = speed;
  let paceSince = startedNow;
  let before = 0;
  const elapsed = () => before + (realNow() - paceSince) * pace;
  const dateNow = () => Math.floor(startedAt + elapsed());

  const timers = new Map<number, Timer>();
  let lastId = 0;
  const startTurn = (timer: Timer): Turn => {
    const delay = Math.ceil(Math.max(0, timer.due - elapsed()) / pace);
    const turn: Turn = { timer, real: setTimer(() => take(turn), delay) };
    return turn;
  };
  /** Real timers fire by the ms, in which much can be due: whoever is due first takes the turn, and leaves his own to whose it was. */
  const take = (turn: Turn) => {
    const { timer } = turn;
    let first = timer;
    for (const other of timers.values()) if (other.due < first.due) first = other;
    if (first.due > elapsed()) {
      // They may fire a little early, too. Nobody is to see a time at which he could not have been called.
      timer.turn = startTurn(timer);
      return;
    }
    if (first !== timer) {
      first.turn.timer = timer;
      timer.turn = first.turn;
    }
    first.fire();
  };
  const start = (id: number, due: number, fire: () => void) => {
    const timer = { due, fire } as Timer;
    timer.turn = startTurn(timer);
    timers.set(id, timer);
  };
  const delayOf = (delay: unknown) => Math.max(0, Number(delay) || 0);
  global.setTimeout = (handler: Handler, delay?: number, ...args: unknown[]) => {
    const id = (lastId += 1);
    start(id, elapsed() + delayOf(delay), () => {
      timers.delete(id);
      handler(...args);
    });
    return id;
  };
  global.setInterval = (handler: Handler, delay?: number, ...args: unknown[]) => {
    const id = (lastId += 1);
    const period = Math.max(1, delayOf(delay));
    const startAt = (due: number) =>
      start(id, due, () => {
        // started again before the handler runs, which may clear it
        startAt(due + period);
        handler(...args);
      });
    startAt(elapsed() + period);
    return id;
  };
  global.clearTimeout = global.clearInterval = (id: number) => {
    clearTimer(timers.get(id)?.turn.real);
    timers.delete(id);
  };

  performance.now = () => startedNow + elapsed();
  RealDate.now = dateNow;
  // the same prototype and statics, so that `instanceof` and `Date.UTC` stay what they were
  const ScaledDate = new Proxy(RealDate, {
    construct: (target, args: unknown[], newTarget) =>
      Reflect.construct(target, args.length === 0 ? [dateNow()] : args, newTarget) as object,
    apply: () => new RealDate(dateNow()).toString(),
  });
  RealDate.prototype.constructor = ScaledDate;
  global.Date = ScaledDate;

  global.scaledTime = {
    setSpeed(next) {
      before = elapsed();
      paceSince = realNow();
      pace = next;
      for (const timer of timers.values()) {
        clearTimer(timer.turn.real);
        timer.turn = startTurn(timer);
      }
    },
  };
}

/** The same as a script, for the global object that it runs in. */
export function scaledTimeScript(speed: number): string {
  checkSpeed(speed);
  // `__name` is what esbuild (tsx) writes into functions to keep their names
  return `{ const __name = (target) => target; (${installScaledTime.toString()})(globalThis, ${speed}); }`;
}

export function checkSpeed(speed: number): void {
  if (!(speed > 0 && speed < Infinity)) throw new RangeError(`speed must be a finite number above 0, not ${speed}`);
}
