import { fromCallback, fromPromise } from 'xstate';
import { failure } from './failure.ts';
import type { DatabaseEvent, LinkEvent, PlatformEvent } from './events.ts';
import type { SecretToken } from './SecretToken.ts';

/** Why a token is asked for. `initial`: there is none; `incorrect`, `expired`: the last one was refused; `expiring`: the live link's token will end soon. */
export type TokenRequestReason = 'initial' | 'incorrect' | 'expired' | 'expiring';

export interface FetchTokenInput {
  readonly reason: TokenRequestReason;
  /** Failed attempts in a row before this request: 0 for the first. */
  readonly attempt: number;
}

export interface OpenLinkInput {
  readonly token: SecretToken;
  /** ms until the waiting person is prompted; `undefined` when nobody waits. */
  readonly timeLimit: number | undefined;
  readonly login: number;
}

/** What the chart asks of a live link. `link.goodbye` comes right before the link is stopped; `logout` when the user signs out. */
export type LinkCommand = { type: 'link.verify' } | { type: 'link.renew'; token: SecretToken } | { type: 'link.goodbye'; logout: boolean };

/**
 * The chart's four services. Provide your own with `connectionMachine.provide({ actors })`; `createConnection` does it for you.
 * Those without which nothing can work fail loudly by default.
 */
export const services = {
  /** Opens one link and reports what becomes of it; its cleanup closes it. Lives exactly as long as the state `link`. */
  openLink: fromCallback<LinkCommand, OpenLinkInput, LinkEvent | DatabaseEvent>(({ sendBack }) => {
    sendBack({ type: 'link.failed', failure: notProvided('openLink') });
  }),

  /** Gets a token from the App Server. Rejects with a `Failure`; its signal is aborted when the answer is no longer wanted. */
  fetchToken: fromPromise<SecretToken, FetchTokenInput>(() => Promise.reject(notProvided('fetchToken'))),

  /** Resolves when the last link is really closed. By default links are believed to close at once. */
  settleLink: fromPromise<void>(() => Promise.resolve()),

  /** Reports network, foreground and sleep while the chart is not idle. By default nothing is known. */
  watchPlatform: fromCallback<{ type: 'platform.none' }, undefined, PlatformEvent>(() => undefined),
};

function notProvided(name: string) {
  return failure({
    kind: 'configuration',
    message: `connectionMachine: provide the actor '${name}', e.g. connectionMachine.provide({ actors: { ${name} } })`,
  });
}
