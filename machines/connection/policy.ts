import { mustBe } from './ConnectionOptionError.ts';

/** The longest time that a platform timer can wait (2³¹ − 1 ms, 24.8 days). A longer one would fire at once. */
export const longestDelay = 2 ** 31 - 1;

/**
 * Every number the chart goes by, in ms unless said otherwise. An app overrides single ones (`policy: { timeLimit: 8_000 }`);
 * a transport may carry `defaults` of its own, which win over these and lose to the app's.
 *
 * `Infinity` means 2³¹ − 1 ms, the longest timer there is: 24.8 days.
 */
export interface ConnectionPolicy {
  /**
   * How long a person is left watching the spinner: from `connect()`/`retry()`, over tokens, attempts, waits and offline time,
   * until connected. Then the brain stops trying and prompts. 0 prompts at once. @default 5_000 (the FAQ's iOS call)
   */
  readonly timeLimit: number;
  /** How long a single attempt may take, watched or not; then it has failed with `timeout` and the next one is planned. @default 10_000 */
  readonly attemptTimeLimit: number;
  /** How long a single token request may take before it is aborted and counts as a failed attempt. @default 10_000 */
  readonly tokenTimeLimit: number;
  /** How long to wait for a link to be really gone before going on without it. 0 does not wait. @default 5_000 */
  readonly closeTimeLimit: number;
  /** Renewals of a refused token in a row, without a stable connection between them, before giving up. A count. @default 3 */
  readonly maxTokenRenewals: number;
  /**
   * Renewals of refused tokens within any hour, stable connections or not. A count. Guards the token server against a slow
   * loop that each short success would reset; raise it when tokens live less than a minute. @default 60
   */
  readonly maxTokenRenewalsPerHour: number;
  /** How long before `expiresAt` a token is renewed on a live link, at most; short-lived tokens are renewed at three quarters of their life. @default 60_000 */
  readonly renewBefore: number;
  /** Upper bound of the first wait; the n-th is drawn from 0 to `backoffMin` · 2ⁿ ("full jitter"). At least 1. @default 500 */
  readonly backoffMin: number;
  /** Where the growing bound stops. The jitter stays: it keeps ten thousand clients apart. @default 30_000 */
  readonly backoffMax: number;
  /** How long a connection must last before failures are forgotten. Shorter ones count as flapping. At least 1. @default 10_000 */
  readonly stableAfter: number;
  /** How long a doubtful link (after sleep, or when the platform says offline) may take to show a sign of life. @default 4_000 */
  readonly verifyTimeLimit: number;
  /** How long an SDK that reconnects by itself may try before the brain takes over. @default 60_000 */
  readonly recoveryTimeLimit: number;
}

export const defaultPolicy: ConnectionPolicy = {
  timeLimit: 5_000,
  attemptTimeLimit: 10_000,
  tokenTimeLimit: 10_000,
  closeTimeLimit: 5_000,
  maxTokenRenewals: 3,
  maxTokenRenewalsPerHour: 60,
  renewBefore: 60_000,
  backoffMin: 500,
  backoffMax: 30_000,
  stableAfter: 10_000,
  verifyTimeLimit: 4_000,
  recoveryTimeLimit: 60_000,
};

/** Where 0 makes sense. Elsewhere it would make a loop without a pause. */
const mayBeZero = ['timeLimit', 'closeTimeLimit', 'maxTokenRenewals', 'maxTokenRenewalsPerHour', 'renewBefore'];

/**
 * The defaults with the given numbers over them, later ones winning. Each layer is checked: XState runs an unknown or senseless
 * delay at once and in silence, which would be a hot loop.
 *
 * @throws ConnectionOptionError naming the number that is unknown, missing, negative or not a number.
 */
export function resolvePolicy(layers: Readonly<Record<string, Partial<ConnectionPolicy> | undefined>>): ConnectionPolicy {
  const policy: { -readonly [name in keyof ConnectionPolicy]: number } = { ...defaultPolicy };
  for (const [layer, numbers = {}] of Object.entries(layers)) {
    mustBe(typeof numbers === 'object' && numbers !== null, layer, 'an object of numbers', numbers);
    for (const [name, value] of Object.entries(numbers) as [keyof ConnectionPolicy, unknown][]) {
      mustBe(
        Object.keys(defaultPolicy).includes(name),
        `${layer}.${name}`,
        `absent (there are ${Object.keys(defaultPolicy).join(', ')})`,
        value,
      );
      const least = mayBeZero.includes(name) ? 0 : 1;
      mustBe(typeof value === 'number' && value >= least, `${layer}.${name}`, `a number of at least ${least}`, value);
      policy[name] = Math.min(value as number, longestDelay);
    }
  }
  return policy;
}
