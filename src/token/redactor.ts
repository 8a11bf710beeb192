import { defined } from '../../machines/connection/defined.ts';
import { toFailure, type Failure } from '../../machines/connection/failure.ts';
import type { SecretToken } from '../../machines/connection/SecretToken.ts';

/** Only the latest tokens are looked for, each in some spellings: older ones were refused or replaced, and the list must not grow for ever. */
const howMany = 96;

/** How many fields or items of one thing are copied. */
const breadth = 20;

/** Takes known tokens out of what others say: an SDK or an app may put them into messages, codes and causes. */
export interface Redactor {
  /** From now on this token is looked for. */
  learn(token: SecretToken): void;
  text(text: string): string;
  /** Makes a `Failure` of anything, free of known tokens. */
  failure(thrown: unknown): Failure;
  /** Anything, for a log or a cause: a copy, free of known tokens. */
  detail(value: unknown): unknown;
}

export function createRedactor(): Redactor {
  let secrets: string[] = [];

  const text = (said: string) => secrets.reduce((clean, secret) => clean.split(secret).join('[secret]'), said);

  /** A copy of which every text was looked at: an original may hide a token where no look reaches. */
  const copy = (value: unknown, depth: number): unknown => {
    if (typeof value === 'string') return text(value);
    if (typeof value !== 'object' || value === null) return /function|symbol/.test(typeof value) ? undefined : value;
    if (depth === 0) return '…';
    if (Array.isArray(value)) return value.slice(0, breadth).map((part) => copy(part, depth - 1));
    const copied: object = value instanceof Error ? copyOfError(value, depth) : {};
    for (const [key, part] of Object.entries(value).slice(0, breadth)) {
      Object.assign(copied, { [text(key)]: copy(part, depth - 1) });
    }
    return copied;
  };

  /** What an error says in fields that are not enumerable. */
  const copyOfError = ({ name, message, stack, cause }: Error & { cause?: unknown }, depth: number) =>
    Object.assign(new Error(text(message)), defined({ name: text(name), stack: stack && text(stack), cause: copy(cause, depth - 1) }));

  const detail = (value: unknown): unknown => {
    try {
      return copy(value, 4);
    } catch {
      return '[withheld: it cannot be read]';
    }
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

/** How a token may look: as it is, inside JSON, inside JSON in JSON, and in a URL or a form. */
function spellings(token: string): string[] {
  const inJson = JSON.stringify(token).slice(1, -1);
  // half a character has no place in a URL
  const inUrl = encodeURIComponent(token.replace(/[\ud800-\udfff]/gu, '\ufffd'));
  const inForm = inUrl.replace(/[!'()~]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`).replace(/%20/g, '+');
  return [token, inJson, JSON.stringify(inJson).slice(1, -1), inUrl, inForm];
}
