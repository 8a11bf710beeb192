import type { CodeTable } from '../../transport/codeTable.ts';
import type { Failure } from '../../../machines/connection/failure.ts';
import type { Clock } from '../../platform/Clock.ts';

/**
 * RongCloud's native SDK, in whatever it is wrapped. There is one for the whole app, and it has one session or none. Once it is in, it
 * reconnects by itself; once it has called back with an error, it has stopped.
 */
export interface NativeSdk {
  /** Stands for the one SDK: links over the same `key` take turns. */
  readonly key: object;
  readonly codes: CodeTable;
  readonly clock: Clock;
  /** Hears of the session's ups and downs, where the SDK tells of them. Returns how to stop. */
  listen?(events: SessionEvents): () => void;
  /**
   * Starts a session.
   * @param seconds 0: until success, or an error that it cannot heal
   * @returns perhaps a code, or a promise of one. Other than 0 it means: not accepted, there will be no callback
   */
  connect(token: string, seconds: number, events: ConnectEvents): unknown;
  /** Ends the session, or stops one that is being made. Its answer is a code, as that of `connect`. */
  disconnect(receivePush: boolean): unknown;
}

/** What becomes of a session, told for as long as somebody listens. */
export interface SessionEvents {
  /** In, or in again. It does not say who. */
  connected(): void;
  /** Lost the server, or not there yet; the SDK goes on trying. */
  interrupted(reason?: Failure): void;
  /** The SDK has stopped. */
  ended(reason: Failure): void;
  /** There is no session. While one is being made, that is old news. */
  gone(reason: Failure): void;
}

/** What becomes of one call of `connect`. */
export interface ConnectEvents {
  /** @param answer 0, a name of success, or nothing: the local message database is open. Anything else: it is not */
  databaseOpened(answer?: unknown): void;
  /** @param user the id, or `{ userId }`; may be left out when it is in again */
  connected(user?: unknown): void;
  interrupted(reason?: unknown): void;
  /** @param problem what `judge` can read */
  ended(problem: unknown): void;
}
