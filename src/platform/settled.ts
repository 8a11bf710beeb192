import type { Clock } from './Clock.ts';

/**
 * Calls, waits for what the call returns, and stops waiting after `timeLimit` ms. A throw becomes a rejection, a late result is
 * ignored, and no timer is left behind.
 */
export function settled<Result>(call: () => Result, timeLimit: number, clock: Clock): Promise<Awaited<Result>> {
  return new Promise((resolve, reject) => {
    const timer = clock.setTimeout(() => reject(new Error(`no answer within ${timeLimit} ms`)), timeLimit);
    const done = () => clock.clearTimeout(timer);
    Promise.resolve()
      .then(call)
      .then(
        (result) => (done(), resolve(result as Awaited<Result>)),
        (problem: unknown) => (done(), reject(problem)),
      );
  });
}
