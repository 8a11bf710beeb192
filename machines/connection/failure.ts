/**
 * Every way in which an attempt can fail. The union is closed: adapters translate their vendor's codes into it through a code
 * table, and the chart judges by `kind` alone (never by `instanceof`, which breaks when a package is installed twice).
 *
 * | kind | what the brain does |
 * | --- | --- |
 * | `tokenIncorrect`, `tokenExpired` | drops the token and asks for a new one, counted |
 * | `timeout` | prompts if a person is waiting, otherwise waits and tries again |
 * | `network` | waits and tries again, at no cost while the platform is offline |
 * | `server` | waits and tries again, never earlier than `retryAfter` |
 * | `kicked` | stops until the user connects again |
 * | `blocked`, `configuration`, `wrongUser` | stops: `failed` |
 * | `forbidden` | stops: `failed`, and forgets the token, because the login itself is over |
 * | `unknown` | waits and tries again, counted, with the raw code kept |
 */
export type FailureKind = (typeof failureKinds)[number];

/** The kinds as a list, for code tables and tests. */
export const failureKinds = [
  'tokenIncorrect',
  'tokenExpired',
  'timeout',
  'network',
  'server',
  'kicked',
  'blocked',
  'forbidden',
  'configuration',
  'wrongUser',
  'unknown',
] as const;

/** Why an attempt or a link ended. Plain data: safe to store, compare and send; it never holds a token. */
export interface Failure {
  readonly kind: FailureKind;
  /** The vendor's own code, unchanged: 31004, 4401, `'ECONNREFUSED'`. */
  readonly code?: number | string;
  /** For developers, in English. Not meant for the user's eyes. */
  readonly message?: string;
  /** ms from now before which the server does not want to see us again. Only a finite number ≥ 0 is kept. */
  readonly retryAfter?: number;
  /** What was caught, when something was. */
  readonly cause?: unknown;
}

/**
 * Makes a `Failure` for a transport to report or a token provider to throw:
 * `throw failure({ kind: 'forbidden' })`. It never throws: an unknown kind becomes `unknown`, a senseless field is left out.
 */
export function failure(fields: Failure): Failure {
  return readFields(fields);
}

/** Turns whatever was thrown, rejected or reported into a `Failure`; what is not one becomes `unknown` with the original as its cause. */
export function toFailure(thrown: unknown): Failure {
  if (isObject(thrown)) {
    try {
      if (isFailureKind(thrown['kind'])) return readFields(thrown);
      const message = thrown['message'];
      const code = thrown['code'];
      return readFields({ kind: 'unknown', code, message, cause: thrown });
    } catch {
      return { kind: 'unknown', message: 'a failure that could not be read: one of its getters threw' };
    }
  }
  if (typeof thrown === 'string') return { kind: 'unknown', message: thrown };
  return { kind: 'unknown', message: `failed with ${thrown === null ? 'null' : typeof thrown}`, cause: thrown };
}

/** Was the token itself refused, so that only a new one can help? */
export function isTokenRefusal(reason: Failure): boolean {
  return reason.kind === 'tokenIncorrect' || reason.kind === 'tokenExpired';
}

function isFailureKind(kind: unknown): kind is FailureKind {
  return (failureKinds as readonly unknown[]).includes(kind);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

function readFields(from: { [field in keyof Failure]?: unknown }): Failure {
  const { kind, code, message, retryAfter, cause } = from;
  return {
    kind: isFailureKind(kind) ? kind : 'unknown',
    ...((typeof code === 'number' || typeof code === 'string') && { code }),
    ...(typeof message === 'string' && { message }),
    ...(typeof retryAfter === 'number' && retryAfter >= 0 && retryAfter < Infinity && { retryAfter }),
    ...(cause !== undefined && { cause }),
  };
}
