import type { ConnectionPolicy } from './policy.ts';

/**
 * The wait before the next attempt, in ms: "full jitter", drawn from 0 to a bound that doubles with each failure and stops at
 * `backoffMax`. The jitter stays at the cap, so a crowd of clients never falls into step.
 * https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 *
 * After a link that was accepted and then lost at once, the lower half is left out: a server that answers and drops is hurt more by a
 * quick return than one that does not answer.
 *
 * @param failures failed attempts before this one, 0 for the first
 * @param random   in [0, 1)
 */
export function backoff(policy: ConnectionPolicy, failures: number, random: number, wasFlapping = false): number {
  const bound = Math.min(policy.backoffMax, policy.backoffMin * 2 ** Math.max(0, failures));
  const wait = Math.floor(bound * (wasFlapping ? 0.5 + random / 2 : random));
  // dice that always say 0 must not make a loop without a pause
  return Math.max(wait, Math.min(bound, failures - 20));
}
