import { failure } from '../../machines/connection/failure.ts';
import { SecretToken, whatIsWrongWithToken } from '../../machines/connection/SecretToken.ts';

/** A token, alone or with its end (epoch ms). What `fetchToken` answers, `setToken` takes and a token store keeps. */
export type TokenAnswer = string | { readonly token: string; readonly expiresAt?: number };

/**
 * Reads an answer that may be anything.
 *
 * A token whose end has passed by this device's clock is taken all the same, without an end: it was just issued, so it is more
 * likely that the clock is wrong, and the server will judge.
 *
 * @throws Failure of kind `unknown` that says what is wrong, without quoting any of it.
 */
export function readTokenAnswer(answer: unknown, from: string, now: number): SecretToken {
  const { token, expiresAt }: { token?: unknown; expiresAt?: unknown } =
    typeof answer === 'object' && answer !== null ? answer : { token: answer };
  const problem = whatIsWrongWithToken(token);
  if (problem) throw failure({ kind: 'unknown', code: 'badToken', message: `${from}: ${problem}` });
  if (expiresAt !== undefined && expiresAt !== null && !Number.isFinite(expiresAt)) {
    const message = `${from}: expiresAt must be a finite number (epoch ms), received ${typeof expiresAt}`;
    throw failure({ kind: 'unknown', code: 'badToken', message });
  }
  const end = typeof expiresAt === 'number' && expiresAt > now ? expiresAt : undefined;
  return new SecretToken(token as string, end);
}

/** The shortest form of an answer that `readTokenAnswer` understands. */
export function toTokenAnswer(token: SecretToken): TokenAnswer {
  const value = token.reveal();
  return token.expiresAt === undefined ? value : { token: value, expiresAt: token.expiresAt };
}
