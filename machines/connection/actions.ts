import { assign } from 'xstate';
import { backoff } from './backoff.ts';
import { isTokenRefusal, type Failure, type FailureKind } from './failure.ts';
import { longestDelay, type ConnectionPolicy } from './policy.ts';
import { renewalsWithinTheHour } from './tokenBudget.ts';
import type { ConnectionContext } from './context.ts';
import type { ConnectionEvent } from './events.ts';
import type { SecretToken } from './SecretToken.ts';

/** One assignment a transition: a change of the context as a pure function of it and of what happened. */
function change<Params = undefined>(next: (context: ConnectionContext, params: Params) => Partial<ConnectionContext>) {
  return assign<ConnectionContext, ConnectionEvent, Params, ConnectionEvent, never>(({ context }, params) => next(context, params));
}

/** A renewal more often than this would be a loop, whatever the token server says about lifetimes. */
const shortestRenewal = 5_000;

/** How many refused tokens are remembered. A token server that brings one back later than that has issued hundreds in between. */
const manyTokens = 200;

const limits: Record<string, { kind: FailureKind; what: string }> = {
  timeLimit: { kind: 'timeout', what: 'not connected' },
  attemptTimeLimit: { kind: 'timeout', what: 'no answer from the server' },
  tokenTimeLimit: { kind: 'timeout', what: 'no answer from fetchToken' },
  verifyTimeLimit: { kind: 'network', what: 'no sign of life from the link' },
  recoveryTimeLimit: { kind: 'network', what: 'the SDK did not reconnect' },
};

/** The server's hint is noted once, here, and heeded by every wait and every start: whatever the failure, and wherever it leads. */
function hintOf({ now }: ConnectionContext, { retryAfter }: Failure): Partial<ConnectionContext> {
  return retryAfter === undefined ? {} : { hintedAt: now(), notBefore: now() + Math.min(retryAfter, longestDelay) };
}

/** The end of a wait that begins now, or when the server wants to see us again. A hint from the future (the clock was set back) is void. */
function afterHint({ now, hintedAt, notBefore }: ConnectionContext, wait: number): number {
  const today = now();
  const earliest = today >= hintedAt ? Math.max(today, notBefore) : today;
  return Math.min(earliest + wait, today + longestDelay);
}

export const actions = {
  // Starting and ending

  /** The user acts: what went wrong before is forgotten. The hourly budget is not, and neither is what a reload has interrupted. */
  startClean: change(({ restore, attempt, renewals, notBefore }) => ({
    ...(restore ? { attempt, renewals, notBefore } : { attempt: 0, renewals: 0, notBefore: 0 }),
    hurries: 0,
    retryAt: undefined,
    failure: undefined,
    restore: undefined,
  })),
  /** The answer to a prompt: the waits start small again; renewals and the server's hint still count. */
  startAgain: change(() => ({ attempt: 0, hurries: 0, retryAt: undefined, failure: undefined })),
  endLogin: change(({ login }) => ({
    login: login + 1,
    userId: undefined,
    databaseReport: undefined,
    failure: undefined,
    attempt: 0,
    renewals: 0,
    retryAt: undefined,
  })),
  forgetToken: change(() => ({ token: undefined, linkToken: undefined, tokenReason: 'initial' })),
  forgetRestored: change(() => ({ restore: undefined })),
  promiseToPrompt: change(({ now, policy }) => ({ promptAt: now() + policy.timeLimit })),
  forgetPromise: change(() => ({ promptAt: undefined })),

  // Failures

  rememberFailure: change<{ failure: Failure }>((context, { failure }) => ({ failure, ...hintOf(context, failure) })),
  /** No token was sent, so none was refused: a token kind from the token server is merely unknown. */
  rememberTokenFailure: change<{ failure: Failure }>((context, { failure }) => ({
    failure: isTokenRefusal(failure) ? { ...failure, kind: 'unknown' } : failure,
    ...hintOf(context, failure),
  })),
  rememberLimit: change<{ limit: keyof ConnectionPolicy }>(({ policy, failure }, { limit }) => ({
    failure: {
      kind: limits[limit]?.kind ?? 'timeout',
      code: limit,
      message: `${limits[limit]?.what} within ${policy[limit]} ms (policy.${limit})`,
      ...(limit === 'timeLimit' && failure !== undefined && { cause: failure }),
    },
  })),
  rememberOffline: change(({ now }) => ({
    failure: { kind: 'network', code: 'offline', message: 'the platform says that there is no network' },
    offlineSince: now(),
    retryAt: undefined,
  })),
  rememberWrongUser: change(() => ({
    failure: { kind: 'wrongUser', message: 'the server let in somebody else than expectedUserId' },
  })),
  rememberRepeatedToken: change<{ token: SecretToken }>((_, { token }) => ({
    failure: { kind: 'tokenIncorrect', message: 'fetchToken answered with a token that was refused before' },
    linkToken: token,
    handedToken: undefined,
  })),

  // Tokens

  keepToken: change<{ token: SecretToken }>((_, { token }) => ({ token, tokenReason: 'initial', renewalFailures: 0 })),
  dropExpiredToken: change(({ token, tokenReason }) => ({ token: undefined, tokenReason: token ? 'expired' : tokenReason })),
  /** Only what was sent is dropped: a newer token, pushed in the meantime, is the next to try. */
  dropRefusedToken: change(({ token, linkToken, handedToken, refusedTokens, failure }) => {
    const sent = [linkToken, handedToken].filter((one) => one !== undefined);
    return {
      token: sent.some((one) => one.equals(token)) ? undefined : token,
      tokenReason: failure?.kind === 'tokenExpired' ? 'expired' : 'incorrect',
      refusedTokens: [...refusedTokens, ...sent].slice(-manyTokens),
      linkToken: undefined,
      handedToken: undefined,
    };
  }),
  countRenewal: change((context) => ({
    renewals: context.renewals + 1,
    renewedAt: [...renewalsWithinTheHour(context), context.now()],
    attempt: context.attempt + 1,
  })),

  // The link

  prepareLink: change(({ token }) => ({
    linkToken: token,
    handedToken: undefined,
    databaseReport: undefined,
    canVerify: false,
    canRenew: false,
    wasFlapping: false,
    renewalFailures: 0,
    retryAt: undefined,
  })),
  welcomeUser: change<{ userId: string; canVerify: boolean; canRenew: boolean }>((_, { userId, canVerify, canRenew }) => ({
    userId,
    canVerify,
    canRenew,
    failure: undefined,
  })),
  doubtLink: change(() => ({ wasFlapping: true })),
  trustLink: change(() => ({ wasFlapping: false, attempt: 0, renewals: 0, hurries: 0 })),
  noteDatabase: change<{ ok: boolean; code: number | undefined }>((_, databaseReport) => ({ databaseReport })),

  // Waits: each is drawn once, here, and kept as the moment it ends

  planRetry: change((context) => {
    const { policy, attempt, random, wasFlapping } = context;
    return {
      attempt: attempt + 1,
      wasFlapping: false,
      isHurried: false,
      retryAt: afterHint(context, backoff(policy, attempt, random(), wasFlapping)),
    };
  }),
  /** Something got better (online again, app in front, awake): try soon, yet not at once with everybody else. */
  planSoon: change((context) => {
    const { policy, random, now, retryAt = Infinity, offlineSince } = context;
    const wasCalm = offlineSince > 0 && now() - offlineSince >= policy.stableAfter;
    const hurries = wasCalm ? 0 : context.hurries;
    return {
      hurries: hurries + 1,
      isHurried: true,
      offlineSince: 0,
      retryAt: Math.min(retryAt, afterHint(context, backoff(policy, hurries, random()))),
    };
  }),
  planAfterHint: change((context) => ({ retryAt: afterHint(context, backoff(context.policy, 0, context.random())) })),
  countHurry: change(({ hurries }) => ({ hurries: hurries + 1 })),
  planRenewal: change(({ policy, random, now, token }) => {
    const left = (token?.expiresAt ?? 0) - now();
    const before = Math.min(policy.renewBefore, left / 4);
    // up to a fifth earlier, so that clients whose tokens were issued together do not come back together
    return { renewAt: now() + Math.max(shortestRenewal, left - before * (1 + random() / 5)), renewalFailures: 0 };
  }),
  planRenewalAgain: change<{ failure: Failure | undefined }>(({ policy, random, now, renewalFailures }, { failure }) => ({
    renewalFailures: renewalFailures + 1,
    renewAt: now() + (failure?.retryAfter ?? 0) + Math.max(policy.backoffMin, backoff(policy, renewalFailures + 1, random(), true)),
  })),
  handToken: change(({ token }) => ({ handedToken: token })),
  noteRenewed: change<{ token: SecretToken }>((_, { token }) => ({ linkToken: token, handedToken: undefined })),
};
