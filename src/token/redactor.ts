import { defined } from '../../machines/connection/defined.ts';
import { toFailure, type Failure } from '../../machines/connection/failure.ts';
import type { SecretToken } from '../../machines/connection/SecretToken.ts';

/** Only the latest tokens are looked for, each in two spellings: older ones were refused or replaced, and the list must not grow for ever. */
const howMany = 64;

/** Takes known tokens out of what others say: an SDK or an app may put them into messages, codes and causes. */
export interface Redactor {
  /** From now on this token is looked for. */
  learn(token: SecretToken): void;
  text(text: string): string;
  /** Makes a `Failure` of anything, free of known tokens. */
  failure(thrown: unknown): Failure;
  /** Anything, for a log or a cause: itself when it is clean, otherwise a note in its place. */
  detail(value: unknown): unknown;
}

export function createRedactor(): Redactor {
  let secrets: string[] = [];

  const text = (said: string) => secrets.reduce((clean, secret) => clean.split(secret).join('[secret]'), said);

  const detail = (value: unknown): unknown => {
    try {
      const said = everythingSaid(value);
      if (text(said) === said) return value;
    } catch {
      // what cannot be read may hold anything
    }
    return typeof value === 'string' ? text(value) : '[withheld: it may hold a token]';
  };

  return {
    learn(token) {
      // in a URL the same token may look different
      secrets = [...new Set([token.reveal(), encodeURIComponent(token.reveal()), ...secrets])].slice(0, howMany);
    },
    text,
    detail,
    failure(thrown) {
      const { kind, code, message, retryAfter, cause } = toFailure(thrown);
      return defined({
        kind,
        code: detail(code),
        message: message && text(message),
        retryAfter,
        cause: detail(cause),
      }) as Failure;
    },
  };
}

/** An error's message, stack and cause are not enumerable, so JSON alone would not show them. */
function everythingSaid(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  const { stack, cause } = value as { stack?: unknown; cause?: unknown };
  return [String(value), String(stack), JSON.stringify(value), cause === undefined ? '' : everythingSaid(cause)].join(' ');
}
