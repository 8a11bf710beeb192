import type { Failure, FailureKind } from 'connection-machine';

/** What a status byte says, in the vendor's words and in those of this library. */
export interface StatusMeaning {
  readonly name: string;
  /** The code that the web SDK v5 makes of it. */
  readonly code: number;
  readonly kind: FailureKind;
}

/** The answer to a connect: CONNACK. */
export const connackStatuses: Readonly<Record<number, StatusMeaning>> = {
  1: { name: 'protocol version not supported', code: 31001, kind: 'configuration' },
  2: { name: 'client id refused: mostly a wrong App Key', code: 31002, kind: 'configuration' },
  3: { name: 'server unavailable, or the service is not opened for this platform', code: 31003, kind: 'server' },
  4: { name: 'token incorrect', code: 31004, kind: 'tokenIncorrect' },
  5: { name: 'not authorized', code: 31005, kind: 'configuration' },
  6: { name: 'redirected: ask the navigation again', code: 31006, kind: 'network' },
  7: { name: 'package name wrong', code: 31007, kind: 'configuration' },
  8: { name: 'app blocked or deleted', code: 31008, kind: 'configuration' },
  9: { name: 'user blocked', code: 31009, kind: 'blocked' },
  10: { name: 'token expired', code: 31020, kind: 'tokenExpired' },
  11: { name: 'token of another device', code: 31021, kind: 'tokenIncorrect' },
  12: { name: "the page's host is not on the allow-list", code: 31022, kind: 'configuration' },
  13: { name: 'another client of this kind is online, and may not be kicked', code: 31023, kind: 'kicked' },
  14: { name: 'too many clients for the licence (private cloud)', code: 31024, kind: 'configuration' },
  15: { name: 'wrong cluster: a development key in production or the reverse', code: 31025, kind: 'configuration' },
  16: { name: 'the App Server refused (joint authentication)', code: 31026, kind: 'configuration' },
  17: { name: 'one-time token used before', code: 31027, kind: 'tokenIncorrect' },
  18: { name: 'token of another platform', code: 31028, kind: 'configuration' },
  19: { name: 'account cancelled', code: 31029, kind: 'blocked' },
  20: { name: 'licence expired', code: 31030, kind: 'configuration' },
};

/** The end of a live link: DISCONNECT. */
export const disconnectStatuses: Readonly<Record<number, StatusMeaning>> = {
  1: { name: 'kicked by another client', code: 31010, kind: 'kicked' },
  2: { name: 'user blocked', code: 31011, kind: 'blocked' },
  5: { name: 'user blocked', code: 31011, kind: 'blocked' },
  6: { name: 'redirected: ask the navigation again', code: 31006, kind: 'network' },
  7: { name: 'token expired', code: 31020, kind: 'tokenExpired' },
  8: { name: 'protocol version not supported', code: 31001, kind: 'configuration' },
  9: { name: 'account cancelled', code: 31029, kind: 'blocked' },
};

/** The bytes that this server sends of its own accord. */
export const connack = { wrongAppKey: 2, tokenIncorrect: 4, redirect: 6, blocked: 9, tokenExpired: 10 } as const;
export const disconnect = { kicked: 1, blocked: 2, tokenExpired: 7 } as const;

/** For the facts. A byte of no table keeps its number, and no more. */
export function failureOf(meanings: Readonly<Record<number, StatusMeaning>>, status: number): Failure {
  const meaning = meanings[status];
  return meaning ? { kind: meaning.kind, code: meaning.code } : { kind: 'unknown', code: `status ${status}` };
}
