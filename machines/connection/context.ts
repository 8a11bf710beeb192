import { resolvePolicy, type ConnectionPolicy } from './policy.ts';
import type { Failure } from './failure.ts';
import type { PersistedConnection } from './restore.ts';
import type { SecretToken } from './SecretToken.ts';

/** What an XState user passes as `input`. Everything has a default; `createConnection` fills it in from its options. */
export interface ConnectionInput {
  /** Over the defaults; checked. */
  readonly policy?: Partial<ConnectionPolicy>;
  /** A token kept from last time: used first. */
  readonly token?: SecretToken;
  /** Whom this connection is for. A success for anybody else is `wrongUser`. */
  readonly expectedUserId?: string;
  readonly restore?: PersistedConnection;
  /** epoch ms. @default Date.now */
  readonly now?: () => number;
  /** [0, 1). @default Math.random */
  readonly random?: () => number;
}

/** What the chart remembers. Flat and small, because it is copied at each assignment. Times are epoch ms. */
export interface ConnectionContext {
  readonly policy: ConnectionPolicy;
  readonly now: () => number;
  readonly random: () => number;
  readonly expectedUserId: string | undefined;
  readonly restore: PersistedConnection | undefined;

  /** The newest token that was not refused. */
  readonly token: SecretToken | undefined;
  /** The token that the current link was opened with or has taken in band. */
  readonly linkToken: SecretToken | undefined;
  /** The token that was handed to the live link and is not answered for yet. */
  readonly handedToken: SecretToken | undefined;
  /** Never sent again; the latest of them, oldest first. */
  readonly refusedTokens: readonly SecretToken[];
  /** What the next token request will give as its reason. */
  readonly tokenReason: 'initial' | 'incorrect' | 'expired';
  /** Renewals of refused tokens in a row, without a stable connection between them. */
  readonly renewals: number;
  /** When refused tokens were renewed, within the last hour. */
  readonly renewedAt: readonly number[];
  /** When the live link's token is due for renewal. */
  readonly renewAt: number | undefined;
  /** Failed renewals of the live link's token in a row. */
  readonly renewalFailures: number;

  /** Failed attempts in a row; forgotten only by a stable connection or a fresh start by the user. */
  readonly attempt: number;
  /** Attempts hurried by "online again" or "app is back" since the last stable connection: keeps a flickering signal from spinning. */
  readonly hurries: number;
  /** Has this wait been shortened already? Once is enough, or a storm of signals would shorten it to nothing. */
  readonly isHurried: boolean;
  /** When the next attempt is due, while waiting. What the UI counts down is the real timer. */
  readonly retryAt: number | undefined;
  /** The server's hint: when it was given, and until when it does not want to see us. */
  readonly hintedAt: number;
  readonly notBefore: number;
  /** When a waiting person is due to be prompted. */
  readonly promptAt: number | undefined;
  /** When the platform reported that the network was gone. */
  readonly offlineSince: number;

  readonly userId: string | undefined;
  /** Why it is as it is; gone once connected. */
  readonly failure: Failure | undefined;
  /** Counts logins, so that a database beside the link opens once in each. */
  readonly login: number;
  /** What the current link said about the database. */
  readonly databaseReport: { readonly ok: boolean; readonly code: number | undefined } | undefined;
  readonly canVerify: boolean;
  readonly canRenew: boolean;
  /** Was the last link accepted, and lost before it was stable? */
  readonly wasFlapping: boolean;
}

/** Somebody else's clock or dice: where they throw or answer nonsense, the platform's are used. */
function reliable(given: (() => number) | undefined, isFine: (answer: number) => boolean, usual: () => number): () => number {
  if (!given) return usual;
  return () => {
    try {
      const answer = given();
      if (typeof answer === 'number' && isFine(answer)) return answer;
    } catch {
      // a chart must not fail over this
    }
    return usual();
  };
}

export function createContext({ input }: { input: ConnectionInput | undefined }): ConnectionContext {
  const { policy, token, expectedUserId, restore, now, random } = input ?? {};
  return {
    policy: resolvePolicy({ policy }),
    now: reliable(now, (moment) => Math.abs(moment) < Infinity, Date.now),
    random: reliable(random, (share) => share >= 0 && share < 1, Math.random),
    expectedUserId,
    restore,
    token,
    linkToken: undefined,
    handedToken: undefined,
    refusedTokens: [],
    tokenReason: 'initial',
    renewals: restore?.renewals ?? 0,
    renewedAt: restore?.renewedAt ?? [],
    renewAt: undefined,
    renewalFailures: 0,
    attempt: restore?.attempt ?? 0,
    hurries: 0,
    isHurried: false,
    retryAt: restore?.retryAt,
    hintedAt: restore?.savedAt ?? 0,
    notBefore: restore?.notBefore ?? 0,
    promptAt: undefined,
    offlineSince: 0,
    userId: undefined,
    failure: restore?.failure,
    login: 0,
    databaseReport: undefined,
    canVerify: false,
    canRenew: false,
    wasFlapping: false,
  };
}
