import type { ActorRefFrom } from 'xstate';
import type { connectionMachine } from '../machines/connection/connectionMachine.ts';
import type { TokenRenewalReason } from '../machines/connection/events.ts';
import type { Failure } from '../machines/connection/failure.ts';
import type { PersistedConnection } from '../machines/connection/restore.ts';
import type { ConnectionSnapshot } from './connectionSnapshot.ts';
import type { ConnectionReport } from './inspect/record/ConnectionReport.ts';
import type { TokenAnswer } from './token/tokenAnswer.ts';
import type { OpenLink } from './transport/Transport.ts';

/** What can be listened to with `connection.on`, and what each listener is given. */
export interface ConnectionEvents {
  /** The user is in, for the first time or again. */
  connected: { readonly userId: string };
  /** The local database is open: yesterday's messages can be shown. Once in a login. */
  databaseOpened: { readonly code?: number };
  /** A waiting person must be asked: `retry()` or `cancel()`. */
  prompt: { readonly failure: Failure };
  /** `fetchToken` has brought a new token in place of the last one, or the app has pushed one while connected. It is not accepted yet. */
  tokenRenewed: { readonly reason: TokenRenewalReason };
  /** The user is in from elsewhere; only `connect()` goes on. */
  kicked: { readonly failure: Failure };
  /** Trying again by itself would not help; `connect()` starts afresh. */
  failed: { readonly failure: Failure };
  /** After `disconnect()`: the login is over and nothing runs any more. */
  disconnected: Record<string, never>;
  /** Anything in the snapshot has changed. */
  change: { readonly previous: ConnectionSnapshot; readonly current: ConnectionSnapshot };
}

export type ConnectionListener<Name extends keyof ConnectionEvents> = (event: ConnectionEvents[Name]) => void;

/**
 * One user's connection. Every method is legal in every state; none of them throws, except for a bad argument.
 * Called from within a listener, a method takes effect when that listener has returned.
 */
export interface Connection<Link extends OpenLink = OpenLink> {
  /**
   * Connects, and stays connected. While anything is under way it changes nothing, except that `userWaiting: true` makes a silent
   * attempt a watched one. From `prompting` it is a retry; from `kicked` and `failed` it starts afresh.
   * `userWaiting` (default true): a person is waiting, so a timeout prompts.
   */
  connect(options?: { userWaiting?: boolean }): void;
  /**
   * Closes the link and forgets what was under way. Resolves when the link is really closed, at the latest after `closeTimeLimit`
   * (a token store that hangs may add 2 s a call); never rejects. A good token is kept for the next `connect()`, unless `logout` is true: that also forgets it (memory and
   * `tokenStore`) and stops push where the SDK can.
   */
  disconnect(options?: { logout?: boolean }): Promise<void>;
  /** The one answer to a prompt: try again. Ignored elsewhere. */
  retry(): void;
  /** The other answer to a prompt: give up, to `idle`, with the failure kept in the snapshot. Ignored elsewhere. */
  cancel(): void;
  /**
   * Takes a token that the app was given without asking. The next link uses it; a live link is renewed in band, or opened anew
   * where the transport cannot. A token that was refused before is ignored.
   * @throws ConnectionOptionError when it is no token.
   */
  setToken(token: TokenAnswer): void;
  getSnapshot(): ConnectionSnapshot;
  /** Calls `listener` after each change of the snapshot. Returns the function that stops it. */
  subscribe(listener: (snapshot: ConnectionSnapshot) => void): () => void;
  /** @throws ConnectionOptionError for a name that is none. */
  on<Name extends keyof ConnectionEvents>(name: Name, listener: ConnectionListener<Name>): () => void;
  /**
   * Resolves when connected, at once if it is. Rejects with the `Failure` in `failed`, `kicked` and `idle` (there with kind
   * `unknown` and code `'idle'` when nothing went wrong), and with an `AbortError` when `signal` is aborted.
   */
  whenConnected(options?: { signal?: AbortSignal }): Promise<{ userId: string }>;
  /** The transport's own link while connected, otherwise `undefined`. */
  readonly link: Link | undefined;
  /** What to store over a reload, for `createConnection({ restore })`. JSON, without the token. */
  persist(): PersistedConnection;
  /**
   * What the `recorder` has kept: for a bug report, for the viewer, and for `replay()` in a test. JSON, without a token.
   * `undefined` without a recorder.
   */
  report(): ConnectionReport | undefined;
  /** The XState actor, for XState users. */
  readonly actor: ActorRefFrom<typeof connectionMachine>;
  /** `await using`: the same as `disconnect()`. */
  [Symbol.asyncDispose](): Promise<void>;
}
