import { failure, type Failure } from '../../machines/connection/failure.ts';

import type { FetchToken, TokenRequest } from '../token/fetchTokenActor.ts';
import type { TokenAnswer } from '../token/tokenAnswer.ts';
import { knownFailure } from './knownFailure.ts';
import { TestingError } from './TestingError.ts';

/** What the App Server does with one request: a token, a `Failure` to reject with, or a function that decides. */
export type FakeTokenAnswer = TokenAnswer | Failure | ((request: TokenRequest) => TokenAnswer | Promise<TokenAnswer>);

export interface FakeTokenProviderOptions {
  /** What the first requests get, in order. @default none: every request gets a new token, `'token-1'`, `'token-2'`, … */
  readonly answers?: readonly FakeTokenAnswer[];
}

/** One request as the App Server sees it, and the means to answer it by hand. */
export interface FakeTokenRequest extends TokenRequest {
  readonly state: 'pending' | 'answered' | 'rejected' | 'aborted';
  /** Answers a request that hangs. @throws TestingError when it has ended. */
  resolve(answer: TokenAnswer): void;
  /** Refuses a request that hangs. @throws TestingError when it has ended, or for an unknown kind. */
  reject(reason: Failure): void;
}

/**
 * The App Server in the hands of a test: a `fetchToken`, with a script. Each request takes the next line of it; when there is none left,
 * it gets a new token. A request that the brain aborts rejects at once, as `fetch` does.
 */
export interface FakeTokenProvider extends FetchToken {
  /** The next request that has no line yet gets this token. */
  answer(token: TokenAnswer): FakeTokenProvider;
  /** The next one is rejected: `reject({ kind: 'server', retryAfter: 5_000 })`. @throws TestingError for an unknown kind. */
  reject(reason: Failure): FakeTokenProvider;
  /** The next one is told that the login itself is over (401, 403). */
  forbid(): FakeTokenProvider;
  /** The next one gets no answer, until it is answered by hand (`last.resolve`, `last.reject`) or aborted. */
  hang(): FakeTokenProvider;
  /** Every request that was made, in order. */
  readonly requests: readonly FakeTokenRequest[];
  /** The newest request. @throws TestingError when there is none yet. */
  readonly last: FakeTokenRequest;
  /** Requests without an answer at this moment. */
  readonly inFlight: number;
  /** The most that were ever without an answer at one instant. The brain makes one at a time. */
  readonly mostInFlight: number;
}

/**
 * @example
 * // the token has expired meanwhile: the first one is used, refused by the server, and a second one is fetched
 * const fetchToken = fakeTokenProvider({ answers: ['old', 'new'] });
 * const transport = fakeTransport({ onOpen: (link) => (link.token === 'old' ? link.fail({ kind: 'tokenExpired' }) : link.succeed('alice')) });
 * const connection = createConnection({ transport, fetchToken });
 * @example
 * const fetchToken = fakeTokenProvider().reject({ kind: 'server' }).hang();
 */
export function fakeTokenProvider({ answers = [] }: FakeTokenProviderOptions = {}): FakeTokenProvider {
  const script: FakeTokenAnswer[] = [];
  const requests: FakeTokenRequest[] = [];
  let count = 0;
  let mostInFlight = 0;

  const fetchToken = (request: TokenRequest): Promise<TokenAnswer> =>
    new Promise((resolve, reject) => {
      let state: FakeTokenRequest['state'] = 'pending';
      const end = (how: Exclude<FakeTokenRequest['state'], 'pending'>, then: () => void) => {
        if (state !== 'pending') return;
        state = how;
        request.signal.removeEventListener('abort', abort);
        then();
      };
      const abort = () => end('aborted', () => reject(aborted()));
      const byHand = (move: string) => {
        if (state !== 'pending') throw new TestingError(`fakeTokenProvider: ${move} on a request that is ${state} already`);
      };
      requests.push({
        reason: request.reason,
        attempt: request.attempt,
        signal: request.signal,
        get state() {
          return state;
        },
        resolve(answer) {
          byHand('resolve');
          end('answered', () => resolve(answer));
        },
        reject(reason) {
          byHand('reject');
          const known = knownFailure('fakeTokenProvider: reject', reason);
          end('rejected', () => reject(known));
        },
      });
      mostInFlight = Math.max(mostInFlight, inFlight());
      request.signal.addEventListener('abort', abort);
      if (request.signal.aborted) return abort();

      const line = script.shift() ?? `token-${++count}`;
      if (isFailure(line)) return end('rejected', () => reject(failure(line)));
      // in the same breath where no function has to decide: a test need not wait longer than for an answer that is there
      if (typeof line !== 'function') return end('answered', () => resolve(line));
      Promise.resolve(request)
        .then(line)
        .then(
          (answer) => end('answered', () => resolve(answer)),
          (problem: unknown) => end('rejected', () => reject(problem)),
        );
    });

  const inFlight = () => requests.filter(({ state }) => state === 'pending').length;
  const add = (line: FakeTokenAnswer): FakeTokenProvider => {
    script.push(line);
    return provider;
  };

  const provider = Object.defineProperties(
    fetchToken,
    Object.getOwnPropertyDescriptors({
      answer: (token: TokenAnswer) => add(token),
      reject: (reason: Failure) => add(knownFailure('fakeTokenProvider: reject', reason)),
      forbid: () => add(failure({ kind: 'forbidden' })),
      hang: () => add(hang),
      requests,
      get last() {
        const request = requests[requests.length - 1];
        if (!request)
          throw new TestingError(
            'fakeTokenProvider: no token was asked for yet. Let promises settle first, for example with `await clock.advance(0)`',
          );
        return request;
      },
      get inFlight() {
        return inFlight();
      },
      get mostInFlight() {
        return mostInFlight;
      },
    }),
  ) as FakeTokenProvider;
  for (const answer of answers) add(isFailure(answer) ? knownFailure('fakeTokenProvider: answers', answer) : answer);
  return provider;
}

function hang(): Promise<never> {
  return new Promise(() => undefined);
}

function isFailure(answer: FakeTokenAnswer): answer is Failure {
  return typeof answer === 'object' && 'kind' in answer;
}

/** What `fetch` rejects with. Not every platform has a DOMException. */
function aborted(): Error {
  return Object.assign(new Error('The token request was aborted'), { name: 'AbortError' });
}
