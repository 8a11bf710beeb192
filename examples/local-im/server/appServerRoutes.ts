import { setTimeout as pause } from 'node:timers/promises';
import type { FaultState } from '../shared/faults.ts';
import type { Tell } from '../shared/Fact.ts';
import type { Accounts } from './createAccounts.ts';
import type { TokenIssuer } from './createTokenIssuer.ts';
import { fieldOf, type Answer, type CheckedRequest, type Routes } from './http/Route.ts';

export interface ImAddresses {
  readonly imUrl: string;
  readonly rongCloud: { readonly appKey: string; readonly naviUrl: string };
}

export interface AppServerParts {
  readonly accounts: Accounts;
  readonly issue: TokenIssuer['issue'];
  readonly faults: () => FaultState;
  /** Where a client finds its IM server: part of the login's answer. */
  readonly addresses: ImAddresses;
  readonly tell: Tell;
  /** How late the fault `slow` answers. */
  readonly slowMs: number;
}

/** A token request says why it is made, in the words of the library's `fetchToken`. */
const reasons: readonly unknown[] = ['initial', 'incorrect', 'expired', 'expiring'];
const tooManySeconds = 3;

/** The App Server: it knows who has logged in, and asks the token issuer for a token in that user's name and in no other. */
export function appServerRoutes({ accounts, issue, faults, addresses, tell, slowMs }: AppServerParts): Routes {
  return {
    'POST /login': ({ body }) => {
      const login = accounts.login(fieldOf(body, 'user'), fieldOf(body, 'password'));
      if (!login) return refusal(401, 'wrong user or password');
      tell({ actor: 'app server', what: 'loggedIn', user: login.user, text: `${login.user} logged in to the app` });
      return { status: 200, json: { session: login.session, userId: login.user, ...addresses } };
    },
    'POST /logout': ({ bearer }) => {
      const user = accounts.whoIs(bearer);
      if (!user) return refusal(401, 'no such session');
      accounts.logout(bearer);
      tell({ actor: 'app server', what: 'loggedOut', user, text: `${user} logged out of the app` });
      return { status: 204 };
    },
    'POST /token': async (request) => {
      const user = accounts.whoIs(request.bearer);
      if (!user) return refusal(401, 'no such session');
      const reason = fieldOf(request.body, 'reason');
      if (typeof reason !== 'string' || !reasons.includes(reason)) return refusal(400, 'unknown reason');
      const fault = await faultyAnswer(faults(), request, slowMs);
      if (fault) {
        tell({ actor: 'app server', what: 'token.notIssued', user, reason, text: `no token for ${user} (${reason}): ${fault.why}` });
        return fault.answer;
      }
      const token = await issue(user, faults().tokenLifeSeconds);
      tell({ actor: 'app server', what: 'token.issued', user, reason, text: `signed a token for ${user} (reason: ${reason})` });
      return { status: 200, json: token };
    },
  };
}

/** What the switched-on fault answers; `undefined` when the App Server behaves (`slow` behaves, late). */
async function faultyAnswer(
  { appServer }: FaultState,
  { signal }: CheckedRequest,
  slowMs: number,
): Promise<{ readonly why: string; readonly answer: Answer } | undefined> {
  switch (appServer) {
    case 'normal':
      return undefined;
    case 'slow':
      await pause(slowMs, undefined, { signal }).catch(() => undefined);
      return signal.aborted ? { why: 'the caller went away', answer: refusal(503, 'too late') } : undefined;
    case 'unauthorized':
      return { why: '401', answer: refusal(401, 'log in again') };
    case 'forbidden':
      return { why: '403', answer: refusal(403, 'not for you') };
    case 'tooMany':
      return {
        why: `429, retry after ${tooManySeconds} s`,
        answer: { ...refusal(429, 'too many requests'), headers: { 'retry-after': String(tooManySeconds) } },
      };
    case 'broken':
      return { why: '500', answer: refusal(500, 'switched to broken') };
    case 'garbage':
      return {
        why: 'garbage',
        answer: { status: 200, content: { type: 'text/html; charset=utf-8', body: '<h1>It works!</h1>' } },
      };
    case 'hang':
      await untilAborted(signal);
      return { why: 'it hung until the caller went away', answer: refusal(503, 'too late') };
  }
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

function refusal(status: number, error: string): Answer {
  return { status, json: { error } };
}
