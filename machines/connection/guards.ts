import { not, or, stateIn } from 'xstate';
import { isTokenRefusal, type Failure } from './failure.ts';
import { renewalsWithinTheHour } from './tokenBudget.ts';
import type { ConnectionContext } from './context.ts';
import type { ConnectionEvent } from './events.ts';
import type { SecretToken } from './SecretToken.ts';

type Guarded = { context: ConnectionContext };

const isAnotherUser = ({ context }: Guarded, { userId }: { userId: string }) => context.userId !== undefined && context.userId !== userId;

/** Every question that the chart asks. Those about other regions are asked of the regions themselves, not of flags. */
export const guards = {
  // Where are we?
  isIdle: stateIn('#idle'),
  isOffline: stateIn('#networkOffline'),
  isConnected: stateIn('#connected'),
  isNotConnected: not(stateIn('#connected')),
  isDatabaseClosed: stateIn('#databaseClosed'),
  isPrompting: stateIn('#prompting'),
  isPersonWaiting: stateIn('#personWaiting'),
  /** Has the waiting person got an answer, good or bad? */
  isSettled: or(['#connected', '#prompting', '#kicked', '#failed', '#closing', '#idle'].map((id) => stateIn(id))),

  // What went wrong?
  isTokenRefused: ({ context }: Guarded) => context.failure !== undefined && isTokenRefusal(context.failure),
  isTimeout: ({ context }: Guarded) => context.failure?.kind === 'timeout',
  isKicked: ({ context }: Guarded) => context.failure?.kind === 'kicked',
  isFatal: ({ context }: Guarded) => context.failure?.kind === 'blocked' || context.failure?.kind === 'configuration',
  /** Is the token of no more use to anybody, because the login is over or it is somebody else's? */
  isLoginOver: ({ context }: Guarded) => context.failure?.kind === 'forbidden' || context.failure?.kind === 'wrongUser',
  isRefusal: (_: Guarded, { failure }: { failure: Failure }) => isTokenRefusal(failure),
  /** Has the server said something, rather than nothing? */
  isAnswer: (_: Guarded, { failure: { kind } }: { failure: Failure }) => kind !== 'network' && kind !== 'timeout' && kind !== 'unknown',

  // Tokens
  hasUsableToken: ({ context: { token, now } }: Guarded) =>
    token !== undefined && (token.expiresAt === undefined || now() < token.expiresAt),
  mayRenewToken: ({ context }: Guarded) =>
    context.renewals < context.policy.maxTokenRenewals && renewalsWithinTheHour(context).length < context.policy.maxTokenRenewalsPerHour,
  wasRefusedBefore: ({ context }: Guarded, { token }: { token: SecretToken }) =>
    context.refusedTokens.some((refused) => refused.equals(token)),
  isSameToken: ({ context }: Guarded, { token }: { token: SecretToken }) => token.equals(context.token),
  /** The token that we have, with the end that we know. */
  isOldNews: ({ context }: Guarded, { token }: { token: SecretToken }) =>
    token.equals(context.token) && token.expiresAt === context.token?.expiresAt,
  isRenewal: ({ context }: Guarded) => context.tokenReason !== 'initial',
  /** Is there a newer token than the one the live link was opened with? */
  hasNewerToken: ({ context }: Guarded) => context.token !== undefined && !context.token.equals(context.linkToken),
  willExpire: ({ context }: Guarded) => context.token?.expiresAt !== undefined && context.token.expiresAt > context.now(),
  isRenewalDue: ({ context }: Guarded) => context.renewAt !== undefined && context.renewAt <= context.now(),
  isForbidden: (_: Guarded, { failure }: { failure: Failure }) => failure.kind === 'forbidden',

  // Users and links
  isNobodyIn: ({ context }: Guarded) => context.userId === undefined,
  asksToWait: (_: Guarded, { userWaiting }: { userWaiting: boolean }) => userWaiting,
  isLogout: ({ event }: { event: ConnectionEvent }) => event.type === 'user.disconnect' && event.logout,
  isWrongUser: ({ context }: Guarded, { userId }: { userId: string }) =>
    context.expectedUserId !== undefined && context.expectedUserId !== userId,
  isAnotherUser,
  isAnotherUserWithDatabase: (args: Guarded, params: { userId: string }) =>
    isAnotherUser(args, params) && args.context.databaseReport?.ok === true,
  canVerify: ({ context }: Guarded) => context.canVerify,
  canRenew: ({ context }: Guarded) => context.canRenew,
  /** Was the link opened with a token that is not the newest any more, and cannot take the newest in band? */
  isOutdated: ({ context }: Guarded, { canRenew }: { canRenew: boolean }) =>
    !canRenew && context.token !== undefined && !context.token.equals(context.linkToken),

  // Waits
  /** Does the server not want to see us yet? A hint from the future (the clock was set back) is void. */
  mustHeedHint: ({ context }: Guarded) => context.now() >= context.hintedAt && context.now() < context.notBefore,

  mayHurry: ({ context }: Guarded) => !context.isHurried || (context.retryAt ?? 0) <= context.now(),
  /** May a link be opened anew without a pause? A few times: an app that pushes a token at each `connected` must not spin. */
  mayReopenAtOnce: ({ context }: Guarded) => context.hurries < 3,

  // After a reload
  wasKicked: ({ context }: Guarded) => context.restore?.status === 'kicked',
  wasFailed: ({ context }: Guarded) => context.restore?.status === 'failed',
  wasWaiting: ({ context }: Guarded) => context.restore?.status === 'waiting',
};
