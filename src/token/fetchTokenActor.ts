import { fromPromise } from 'xstate';
import { readTokenAnswer, type TokenAnswer } from './tokenAnswer.ts';
import type { FetchTokenInput, TokenRequestReason } from '../../machines/connection/services.ts';
import type { SecretToken } from '../../machines/connection/SecretToken.ts';
import type { Clock } from '../platform/Clock.ts';
import type { Redactor } from './redactor.ts';
import type { TokenKeeper } from './tokenKeeper.ts';

export interface TokenRequest {
  /** `initial`: there is no token; `incorrect`, `expired`: the last one was refused or has passed its end; `expiring`: it will end soon, the link is up. */
  readonly reason: TokenRequestReason;
  /** Failed attempts in a row before this request: 0 for the first. */
  readonly attempt: number;
  /** Aborted when the answer is no longer wanted: pass it to `fetch`. */
  readonly signal: AbortSignal;
}

/**
 * Asks the app's own server for a token. Reject with `failure({ kind: 'forbidden' })` when the login is over (401, 403), with
 * `failure({ kind: 'server', retryAfter })` on 429 and 503; any other rejection is tried again later.
 */
export type FetchToken = (request: TokenRequest) => Promise<TokenAnswer>;

interface Parts {
  readonly fetchToken: FetchToken;
  readonly keeper: TokenKeeper;
  readonly redactor: Redactor;
  readonly clock: Clock;
}

/** The service `fetchToken`: first the stored token, if there is one, then the app's provider; whatever they do, a token or a `Failure`. */
export function createFetchTokenActor({ fetchToken, keeper, redactor, clock }: Parts) {
  return fromPromise<SecretToken, FetchTokenInput>(async ({ input, signal }) => {
    try {
      const stored = input.reason === 'initial' ? await keeper.load() : undefined;
      if (stored) {
        redactor.learn(stored);
        return stored;
      }
      // not in the same breath as connect(): a disconnect() or "offline" right behind it comes first, and nothing is asked
      await undefined;
      if (signal.aborted) throw new Error('no longer wanted');
      const answer = await fetchToken({ ...input, signal });
      const token = readTokenAnswer(answer, 'fetchToken', clock.now());
      redactor.learn(token);
      return token;
    } catch (problem) {
      throw redactor.failure(problem);
    }
  });
}
