/** A token longer than this is taken for a mistake (a page of HTML, a whole response): 128 KiB, the limit that Ably documents (RSA4f). */
export const maxTokenLength = 128 * 1024;

const values = new WeakMap<SecretToken, string>();
const mask = '[secret]';

/**
 * A token that cannot be printed by accident: as text, as JSON and in Node's inspection it is `[secret]`, and a copy made by
 * `structuredClone` is empty. Only a transport calls `reveal()`, at the moment it sends the token.
 */
export class SecretToken {
  /** epoch ms; `undefined` when the token has no known end. */
  readonly expiresAt: number | undefined;

  /** @throws TypeError when `value` is not a string of 1 to 131 072 characters. The message never quotes it. */
  constructor(value: string, expiresAt?: number) {
    const problem = whatIsWrongWithToken(value);
    if (problem) throw new TypeError(`SecretToken: ${problem}`);
    values.set(this, value);
    this.expiresAt = expiresAt;
  }

  /** The token in clear. For transports only. */
  reveal(): string {
    return values.get(this) as string;
  }

  equals(other: SecretToken | undefined): boolean {
    return other !== undefined && values.get(this) === values.get(other);
  }

  toString(): string {
    return mask;
  }

  toJSON(): string {
    return mask;
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return mask;
  }
}

/** Says what is wrong with a would-be token without quoting it; `undefined` when it is fine. */
export function whatIsWrongWithToken(value: unknown): string | undefined {
  if (typeof value !== 'string') return `a token must be a string, received ${value === null ? 'null' : typeof value}`;
  if (value === '') return 'a token must not be empty';
  if (value.length > maxTokenLength) return `a token may have ${maxTokenLength} characters, received ${value.length}`;
  return undefined;
}
