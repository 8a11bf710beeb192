import type { ConnectionPolicy, Failure, FailureKind, SecretToken } from 'connection-machine/machine';
import { tick } from './chart.ts';

/** How much of the world takes part in one exploration. What is left out here takes part in another. */
export interface Bounds {
  readonly name: string;
  /** In ticks of 5 s, but for the counts. */
  readonly policy: Readonly<Record<TickedLimit, number>> & { readonly maxTokenRenewals: number; readonly maxTokenRenewalsPerHour?: number };
  /** All the tokens there are; whoever hands one out may choose any of them, refused or not, again and again. */
  readonly tokens: readonly string[];
  /** Ticks that a token from the token server may last. `undefined`: it has no known end. */
  readonly lifetimes: readonly (number | undefined)[];
  /** Is there a token kept from last time, the first of them? */
  readonly kept: boolean;
  /** Who may be let in. */
  readonly users: readonly string[];
  readonly expectedUserId?: string;
  /** How a live or an opening link may fail. */
  readonly linkFailures: readonly Failure[];
  /** How a token request may fail. */
  readonly tokenFailures: readonly Failure[];
  /** How a renewal in band may fail. */
  readonly renewalFailures: readonly FailureKind[];
  /** What the links of this world can do: be verified, be renewed in band. */
  readonly abilities: readonly { readonly canVerify: boolean; readonly canRenew: boolean }[];
  readonly hasPushes: boolean;
  readonly hasNetwork: boolean;
  readonly hasWaking: boolean;
  readonly hasInterruptions: boolean;
  readonly hasDatabase: boolean;
  readonly hasReloads: boolean;
  readonly hasSilentConnects: boolean;
}

export type TickedLimit =
  | 'timeLimit'
  | 'attemptTimeLimit'
  | 'tokenTimeLimit'
  | 'closeTimeLimit'
  | 'stableAfter'
  | 'verifyTimeLimit'
  | 'recoveryTimeLimit'
  | 'renewBefore'
  | 'backoffMin'
  | 'backoffMax';

export function policyOf({ policy }: Bounds): ConnectionPolicy {
  const { maxTokenRenewals, maxTokenRenewalsPerHour = 60, ...ticks } = policy;
  const inMs = Object.fromEntries(Object.entries(ticks).map(([name, count]) => [name, count * tick])) as Record<TickedLimit, number>;
  return { ...inMs, maxTokenRenewals, maxTokenRenewalsPerHour };
}

/** A token as one bit. 0: there is none, or it is one that nobody here can refuse. */
export function bitOf({ tokens }: Bounds, token: SecretToken | undefined): number {
  const index = token ? tokens.indexOf(token.reveal()) : -1;
  return index < 0 ? 0 : 1 << index;
}
