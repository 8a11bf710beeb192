/** The part of a global object that tells the time. */
export interface TimeGlobal {
  Date: DateConstructor;
  readonly performance: { now(): number };
  setTimeout: unknown;
  setInterval: unknown;
  clearTimeout: unknown;
  clearInterval: unknown;
}

/**
 * Makes time run `speed` times faster for everybody who uses this global object: timers, `Date` and `performance.now()` agree with
 * each other. It refers to nothing outside of itself, so that its source text can be run anywhere: in a `node:vm` context, or in a
 * page of a browser before its own scripts.
 */
export function installScaledTime(global: TimeGlobal, speed: number): void {
  type Handler = (...args: unknown[]) => void;
  type SetTimer = (handler: Handler, delay: number) => unknown;
  type ClearTimer = (timer: unknown) => void;
  const RealDate = global.Date;
  const { performance } = global;
  const realNow = performance.now.bind(performance);
  const setTimer = (global.setTimeout as SetTimer).bind(global);
  const clearTimer = (global.clearTimeout as ClearTimer).bind(global);
  const startedAt = RealDate.now();
  const startedNow = realNow();
  /** ms of scaled time since the installation; it never goes back, as `Date.now()` may. */
  const elapsed = () => (realNow() - startedNow) * speed;
  const dateNow = () => Math.floor(startedAt + elapsed());

  const timers = new Map<number, unknown>();
  let lastId = 0;
  /** A timer may fire a little early, and that little is multiplied: nobody is to see a time at which it could not have fired yet. */
  const wait = (id: number, due: number, fire: () => void) => {
    const left = Math.max(0, due - elapsed());
    const check = () => (elapsed() < due ? wait(id, due, fire) : fire());
    timers.set(id, setTimer(check, Math.ceil(left / speed)));
  };
  const delayOf = (delay: unknown) => Math.max(0, Number(delay) || 0);
  global.setTimeout = (handler: Handler, delay?: number, ...args: unknown[]) => {
    const id = (lastId += 1);
    wait(id, elapsed() + delayOf(delay), () => {
      timers.delete(id);
      handler(...args);
    });
    return id;
  };
  global.setInterval = (handler: Handler, delay?: number, ...args: unknown[]) => {
    const id = (lastId += 1);
    const period = Math.max(1, delayOf(delay));
    const again = () => {
      // armed before the handler runs: the handler may clear it
      wait(id, elapsed() + period, again);
      handler(...args);
    };
    wait(id, elapsed() + period, again);
    return id;
  };
  global.clearTimeout = global.clearInterval = (id: number) => {
    clearTimer(timers.get(id));
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
}

/** The same as a script, for the global object that it runs in. */
export function scaledTimeScript(speed: number): string {
  if (!(speed > 0 && speed < Infinity)) throw new RangeError(`speed must be a finite number above 0, not ${speed}`);
  // `__name` is what esbuild (tsx) writes into functions to keep their names
  return `{ const __name = (target) => target; (${installScaledTime.toString()})(globalThis, ${speed}); }`;
}
