import { ConnectionOptionError } from './ConnectionOptionError.ts';

/** A token longer than this is taken for a mistake (a page of HTML, a whole response): 128 KiB, the limit that Ably documents (RSA4f). */
const maxTokenLength = 128 * 1024;

const values = new WeakMap<SecretToken, string>();

/**
 * A token that cannot be printed by accident: as text, as JSON and in Node's inspection it is `[secret]`, and a copy made by
 * `structuredClone` is empty. Only a transport calls `reveal()`, at the moment it sends the token.
 */
export class SecretToken {
  /** epoch ms; `undefined` when the token has no known end. */
  readonly expiresAt: number | undefined;

  /** @throws ConnectionOptionError when `value` is not a string of 1 to 131 072 characters. The message never quotes it. */
  constructor(value: string, expiresAt?: number) {
    mustBeToken('token', value);
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
    return '[secret]';
  }

  toJSON(): string {
    return `${this}`;
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return `${this}`;
  }
}

/**
 * Could this be a token? Says nothing about whether a server likes it.
 * @throws ConnectionOptionError that names `option` and quotes nothing: what is not a good token may still be a secret.
 */
export function mustBeToken(option: string, value: unknown): asserts value is string {
  if (typeof value === 'string' && value !== '' && value.length <= maxTokenLength) return;
  const received = typeof value === 'string' ? `a string of ${value.length}` : value === null ? 'null' : typeof value;
  throw new ConnectionOptionError(option, `a string of 1 to ${maxTokenLength} characters`, received);
}
