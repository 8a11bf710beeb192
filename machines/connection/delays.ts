import type { ConnectionContext } from './context.ts';

type Delay = (args: { context: ConnectionContext }) => number;

/** The longest time that a platform timer can wait (2³¹ − 1 ms, 24.8 days). A longer one would fire at once. */
export const longestDelay = 2 ** 31 - 1;

const within = (ms: number): number => Math.min(Math.max(0, ms), longestDelay);

/** Every timer of the chart. All of them are limits of the policy, or moments that were drawn once and kept in the context. */
export const delays = {
  timeLimit: ({ context }) => within(context.policy.timeLimit),
  attemptTimeLimit: ({ context }) => within(context.policy.attemptTimeLimit),
  tokenTimeLimit: ({ context }) => within(context.policy.tokenTimeLimit),
  closeTimeLimit: ({ context }) => within(context.policy.closeTimeLimit),
  stableAfter: ({ context }) => within(context.policy.stableAfter),
  verifyTimeLimit: ({ context }) => within(context.policy.verifyTimeLimit),
  recoveryTimeLimit: ({ context }) => within(context.policy.recoveryTimeLimit),
  untilRetry: ({ context }) => within((context.retryAt ?? 0) - context.now()),
  untilRenewal: ({ context }) => within((context.renewAt ?? 0) - context.now()),
} satisfies Record<string, Delay>;
