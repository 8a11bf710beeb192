import type { Failure } from './failure.ts';
import type { SecretToken } from './SecretToken.ts';

/** What a person or the app wants. */
export type UserEvent =
  | { type: 'user.connect'; userWaiting: boolean }
  | { type: 'user.disconnect'; logout: boolean }
  | { type: 'user.retry' }
  | { type: 'user.cancel' };

/** The app's backend pushed a token that nobody asked for. */
export type TokenEvent = { type: 'token.pushed'; token: SecretToken };

/** What the one link reports. An ended link is mute: its actor is stopped. */
export type LinkEvent =
  | { type: 'link.succeeded'; userId: string; canVerify: boolean; canRenew: boolean }
  | { type: 'link.interrupted'; failure: Failure | undefined }
  | { type: 'link.failed'; failure: Failure }
  | { type: 'link.verified' }
  | { type: 'link.renewed'; token: SecretToken }
  | { type: 'link.renewalFailed'; token: SecretToken; failure: Failure };

/** What the local message database reports, through the link. */
export type DatabaseEvent = { type: 'database.opened'; code: number | undefined } | { type: 'database.failed'; code: number | undefined };

/** What the platform reports. */
export type PlatformEvent =
  | { type: 'network.online' }
  | { type: 'network.offline' }
  | { type: 'app.foregrounded' }
  | { type: 'app.backgrounded' }
  | { type: 'app.woke'; sleptMs: number };

/** What one region of the chart tells another. Raised inside, never sent from outside. */
export type RegionEvent =
  /** from person: the promise to a waiting person could not be kept */
  | { type: 'timeLimit.passed' }
  /** from renewal: the live link cannot take the new token in band */
  | { type: 'link.outdated' }
  /** from renewal: the token server says that the login itself is over */
  | { type: 'login.ended'; failure: Failure };

export type ConnectionEvent = UserEvent | TokenEvent | LinkEvent | DatabaseEvent | PlatformEvent | RegionEvent;

/** Why a token was renewed: it was refused, it had passed or was nearing its end, or the app pushed a new one. */
export type TokenRenewalReason = 'incorrect' | 'expired' | 'expiring' | 'pushed';

/** The public event stream: what an app can listen to. */
export type ConnectionEmitted =
  | { type: 'connected'; userId: string }
  | { type: 'databaseOpened'; code?: number }
  | { type: 'prompt'; failure: Failure }
  | { type: 'tokenRenewed'; reason: TokenRenewalReason }
  | { type: 'kicked'; failure: Failure }
  | { type: 'failed'; failure: Failure }
  | { type: 'disconnected' };
