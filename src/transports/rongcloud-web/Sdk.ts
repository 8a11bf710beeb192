import type { Failure } from '../../../machines/connection/failure.ts';
import type { SdkVersion } from './watchSdkTraffic.ts';

/** One of RongCloud's web SDKs, in the words that all of them have in common. */
export interface Sdk {
  /** What there is one of, however many transports are made over it. */
  readonly module: object;
  readonly version: SdkVersion;
  /** Hears what the SDK tells by itself, until the returned function is called. */
  listen(events: SdkEvents): () => void;
  /** Resolves to the user who is in; rejects with a `Failure`. May never settle. */
  connect(token: string): Promise<string>;
  /** May never settle, and may be undone by a connect that is under way. */
  disconnect(how: { readonly logout: boolean }): unknown;
  /** Is it connected or connecting by somebody else's doing? */
  isInUse(): boolean;
  /** Could this failure be a refused token in disguise? */
  mayHideRefusal(reason: Failure): boolean;
}

export interface SdkEvents {
  /** Version 5 in Electron has a local message database; the browser has none. */
  databaseOpened(code: number | undefined): void;
  connected(userId: string): void;
  /** The server is lost, the SDK tries again by itself. */
  interrupted(failure: Failure): void;
  /** The SDK has stopped. */
  ended(failure: Failure): void;
  /** The SDK is disconnected, and nothing went wrong. */
  disconnected(): void;
}
