import { defined } from '../../machines/connection/defined.ts';
import { toFailure, type Failure } from '../../machines/connection/failure.ts';
import type { SecretToken } from '../../machines/connection/SecretToken.ts';

/** Only the latest tokens are looked for, each in three spellings: older ones were refused or replaced, and the list must not grow for ever. */
const howMany = 96;

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
      secrets = [...new Set([...spellings(token.reveal()), ...secrets])].slice(0, howMany);
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

/** How a token may look: as it is, inside JSON, and in a URL. */
function spellings(token: string): string[] {
  const plain = [token, JSON.stringify(token).slice(1, -1)];
  try {
    return [...plain, encodeURIComponent(token)];
  } catch {
    // half a character has no place in a URL
    return plain;
  }
}

/** All that a value shows, however it is printed. Each object once: errors and requests like to point at themselves. */
function everythingSaid(value: unknown): string {
  const seen = new Set<unknown>();
  const said = JSON.stringify(value, (_, part: unknown) => {
    if (typeof part !== 'object' || part === null) return part;
    if (seen.has(part)) return undefined;
    seen.add(part);
    if (!(part instanceof Error)) return part;
    // none of these is enumerable, so JSON alone would not show them
    const { name, message, stack, cause } = part as Error & { cause?: unknown };
    return { ...part, said: [name, message, stack, cause] };
  });
  return `${String(value)} ${said}`;
}
