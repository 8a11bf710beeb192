import { longestDelay } from './policy.ts';
import type { ConnectionContext } from './context.ts';

type Delay = (args: { context: ConnectionContext }) => number;

const until = (moment: number | undefined, { now }: ConnectionContext): number =>
  Math.min(Math.max(0, (moment ?? 0) - now()), longestDelay);

/** Every timer of the chart. All of them are limits of the policy, or moments that were drawn once and kept in the context. */
export const delays = {
  timeLimit: ({ context }) => context.policy.timeLimit,
  attemptTimeLimit: ({ context }) => context.policy.attemptTimeLimit,
  tokenTimeLimit: ({ context }) => context.policy.tokenTimeLimit,
  closeTimeLimit: ({ context }) => context.policy.closeTimeLimit,
  stableAfter: ({ context }) => context.policy.stableAfter,
  verifyTimeLimit: ({ context }) => context.policy.verifyTimeLimit,
  recoveryTimeLimit: ({ context }) => context.policy.recoveryTimeLimit,
  untilRetry: ({ context }) => until(context.retryAt, context),
  untilRenewal: ({ context }) => until(context.renewAt, context),
} satisfies Record<string, Delay>;
