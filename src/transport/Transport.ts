import type { ConnectionPolicy } from '../../machines/connection/policy.ts';
import type { Failure } from '../../machines/connection/failure.ts';
import type { SecretToken } from '../../machines/connection/SecretToken.ts';

/**
 * What the brain needs from an SDK or a socket: open one link with one token, and say what becomes of it.
 *
 * A transport may misbehave in any way (throw, reject, report twice, report after close, never answer); the brain survives it.
 * A good one: opens nothing before `open`, reports each thing once, reports nothing after `close`, and settles `close` when
 * the socket is really gone.
 */
export interface Transport<Link extends OpenLink = OpenLink> {
  open(request: OpenRequest, report: TransportReport): Link;
  /**
   * The user signs out while no link is open, so that no `close({ logout: true })` can tell: SDKs with push notifications stop them.
   * Settles when it is done; a rejection is logged. Absent where there is nothing to stop.
   */
  logout?(): void | Promise<void>;
  /** Limits that suit this SDK. The app's own policy wins over them. */
  readonly defaults?: Partial<ConnectionPolicy>;
}

export interface OpenRequest {
  /** Call `reveal()` at the moment the token is sent, not before, and keep no copy. */
  readonly token: SecretToken;
  /** ms until the waiting person is prompted; absent when nobody waits. For SDKs that want a limit of their own. */
  readonly timeLimit?: number;
  /** Aborted when the brain gives this link up, just before `close()`. */
  readonly signal: AbortSignal;
  /** Stands for the login that this link belongs to: the same object while the brain reconnects, another one after a disconnect. */
  readonly login?: object;
}

/** How a transport tells the brain what happened. Safe to call at any time, from anywhere, with anything. */
export interface TransportReport {
  /** The local message database is open (`ok` defaults to true) or could not be opened; may come before `success`. */
  dbOpened(status?: { ok: boolean; code?: number }): void;
  /** The server has accepted the token. An open socket alone is not a success. */
  success(user: { userId: string }): void;
  /** The SDK lost the server and is reconnecting by itself; `success` or `error` follows. */
  interrupted(failure?: Failure): void;
  /** The link is over. */
  error(failure: Failure): void;
}

export interface OpenLink {
  /**
   * Ends the link; settles when it is really gone. Called once, also after `report.error`.
   * `logout` is true when the user signs out: an SDK with push notifications stops them then.
   */
  close(how?: { logout: boolean }): void | Promise<void>;
  /** Asks the server for a sign of life; rejects when there is none. Without it, a doubtful link is replaced. */
  verify?(signal: AbortSignal): Promise<void>;
  /** Hands a new token to the live link; rejects with a `Failure` when refused. Without it, the link is opened anew. */
  renew?(token: SecretToken): Promise<void>;
}
