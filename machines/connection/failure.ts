import { defined } from './defined.ts';

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
 * Makes a `Failure` for a transport to report or a token provider to throw: `throw failure({ kind: 'forbidden' })`.
 * It never throws: an unknown kind becomes `unknown`, a senseless field is left out.
 */
export const failure: (fields: Failure) => Failure = toFailure;

/** Turns whatever was thrown, rejected or reported into a `Failure`; what is not one becomes `unknown` with the original as its cause. */
export function toFailure(thrown: unknown): Failure {
  try {
    const { kind, code, message, retryAfter, cause } = Object(thrown) as { [field in keyof Failure]?: unknown };
    const isFailure = failureKinds.includes(kind as FailureKind);
    return defined({
      kind: isFailure ? (kind as FailureKind) : 'unknown',
      code: typeof code === 'number' || typeof code === 'string' ? code : undefined,
      message: typeof message === 'string' ? message : typeof thrown === 'object' ? undefined : String(thrown),
      // a hint that is no time is no hint
      retryAfter: typeof retryAfter === 'number' && retryAfter >= 0 && retryAfter < Infinity ? retryAfter : undefined,
      cause: isFailure ? cause : thrown,
    });
  } catch {
    return { kind: 'unknown', message: 'a failure that cannot be read' };
  }
}

/** Was the token itself refused, so that only a new one can help? */
export function isTokenRefusal({ kind }: Failure): boolean {
  return kind === 'tokenIncorrect' || kind === 'tokenExpired';
}
