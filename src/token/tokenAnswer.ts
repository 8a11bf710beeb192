import { mustBe } from '../../machines/connection/ConnectionOptionError.ts';
import { mustBeToken, SecretToken } from '../../machines/connection/SecretToken.ts';

/** A token, alone or with its end (epoch ms). What `fetchToken` answers, `setToken` takes and a token store keeps. */
export type TokenAnswer = string | { readonly token: string; readonly expiresAt?: number };

/**
 * Reads an answer that may be anything.
 *
 * A token whose end has passed by this device's clock is taken all the same, without an end: it was just issued, so it is more
 * likely that the clock is wrong, and the server will judge.
 *
 * @throws ConnectionOptionError that says what is wrong, without quoting any of it.
 */
export function readTokenAnswer(answer: unknown, from: string, now: number): SecretToken {
  const { token, expiresAt } = (typeof answer === 'string' ? { token: answer } : Object(answer)) as {
    token?: unknown;
    expiresAt?: unknown;
  };
  const end = expiresAt ?? undefined;
  mustBe(end === undefined || Number.isFinite(end), `${from}: expiresAt`, 'a finite number, epoch ms', end);
  mustBeToken(`${from}: token`, token);
  return new SecretToken(token, (end as number) > now ? (end as number) : undefined);
}

/** The shortest form of an answer that `readTokenAnswer` understands. */
export function toTokenAnswer(token: SecretToken): TokenAnswer {
  const value = token.reveal();
  return token.expiresAt === undefined ? value : { token: value, expiresAt: token.expiresAt };
}
