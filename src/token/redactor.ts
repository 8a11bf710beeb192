import { toFailure, type Failure } from '../../machines/connection/failure.ts';
import type { SecretToken } from '../../machines/connection/SecretToken.ts';

const mask = '[secret]';
const withheld = '[withheld: it may hold a token]';
/** Only the latest tokens are looked for: older ones have been refused or replaced, and the list must not grow for ever. */
const howManyTokens = 32;

/** Takes known tokens out of what others say: an SDK or an app may put them into messages, codes and causes. */
export interface Redactor {
  /** From now on this token is looked for. */
  learn(token: SecretToken | string): void;
  text(text: string): string;
  /** Makes a `Failure` of anything, free of known tokens. A cause that holds one is left out whole. */
  failure(thrown: unknown): Failure;
  /** Anything, for a log: itself when it is clean, otherwise a note that it is withheld. */
  detail(value: unknown): unknown;
}

export function createRedactor(): Redactor {
  let secrets: string[] = [];

  const holdsSecret = (text: string) => secrets.some((secret) => text.includes(secret));
  const redact = (text: string) => secrets.reduce((clean, secret) => clean.split(secret).join(mask), text);

  /** Looks into errors and plain objects, four levels deep; what it cannot read counts as holding a secret. */
  const mayHoldSecret = (value: unknown, depth = 4): boolean => {
    if (typeof value === 'string') return holdsSecret(value);
    if (typeof value !== 'object' || value === null) return false;
    if (depth === 0) return true;
    try {
      // own keys include an error's message, stack and cause, which are not enumerable
      return Reflect.ownKeys(value).some(
        (key) => mayHoldSecret(key) || mayHoldSecret((value as Record<PropertyKey, unknown>)[key], depth - 1),
      ) || isOpaque(value);
    } catch {
      return true;
    }
  };

  return {
    learn(token) {
      const raw = typeof token === 'string' ? token : token.reveal();
      // in a URL the same token may look different
      const seen = [raw, encodeURIComponent(raw)];
      secrets = [...new Set([...seen, ...secrets])].slice(0, 2 * howManyTokens);
    },
    text: redact,
    failure(thrown) {
      const { kind, code, message, retryAfter, cause } = toFailure(thrown);
      return {
        kind,
        ...(code !== undefined && { code: typeof code === 'string' ? redact(code) : code }),
        ...(message !== undefined && { message: redact(message) }),
        ...(retryAfter !== undefined && { retryAfter }),
        ...(cause !== undefined && { cause: mayHoldSecret(cause) ? withheld : cause }),
      };
    },
    detail: (value) => (mayHoldSecret(value) ? withheld : value),
  };
}

/** Maps, requests, responses and the like keep what they hold out of sight. */
function isOpaque(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return !(prototype === null || prototype === Object.prototype || Array.isArray(value) || value instanceof Error);
}
