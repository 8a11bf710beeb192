import type { Failure } from './failure.ts';

/**
 * What survives a reload: limits and verdicts, never a token and never a claim to be connected. Plain JSON.
 * Times are epoch ms.
 */
export interface PersistedConnection {
  readonly version: 1;
  readonly savedAt: number;
  /** `waiting` goes on waiting until `retryAt`; a kick and a failure stay; everything else starts from `idle`. */
  readonly status: 'idle' | 'waiting' | 'kicked' | 'failed';
  readonly attempt: number;
  /** Renewals of refused tokens in a row. */
  readonly renewals: number;
  /** When tokens were renewed, within the last hour. */
  readonly renewedAt: readonly number[];
  readonly retryAt?: number;
  /** The server's hint: not before this. */
  readonly notBefore?: number;
  readonly failure?: Failure;
}
