import { mustBe } from '../../../machines/connection/ConnectionOptionError.ts';
import { systemClock, type Clock } from '../../platform/Clock.ts';
import type { CodeTable } from '../../transport/codeTable.ts';
import type { Transport } from '../../transport/Transport.ts';
import { wrapperCodes } from './codes/wrapperCodes.ts';
import type { ConnectEvents, NativeSdk } from './NativeSdk.ts';
import { nativeTransport } from './nativeTransport.ts';

/**
 * What an SDK calls back, by Android's names and by those of iOS: hand over the object, or single functions of it. Each is safe to call
 * at any time, twice, with anything.
 */
export interface SdkCallbacks {
  /** The local message database: 0, `'…SUCCESS'` or nothing when it is open, anything else (33002) when it could not be opened. */
  onDatabaseOpened(status?: number | string | { readonly code: number | string }): void;
  /** The user is in. After `onInterrupted` it means "in again", and the user may be left out. */
  onSuccess(user?: string | { readonly userId: string }): void;
  /**
   * The SDK has stopped: a code (31004), a name of the code table (`'RC_CONN_TOKEN_INCORRECT'`), an object or an Error with such a
   * `code` or `errorCode`, or a `Failure` of your own making.
   */
  onError(problem?: unknown): void;
  /** The token was refused, for SDKs that have a callback of its own for it. */
  onTokenIncorrect(): void;
  /** Optional: the SDK has lost the server and reconnects by itself. Follow it up with `onSuccess` or `onError`. */
  onInterrupted(reason?: unknown): void;
  /** As `onDatabaseOpened`. */
  dbOpened: SdkCallbacks['onDatabaseOpened'];
  /** As `onSuccess`. */
  success: SdkCallbacks['onSuccess'];
  /** As `onError`. */
  error: SdkCallbacks['onError'];
  /** As `onTokenIncorrect`. */
  tokenIncorrect: SdkCallbacks['onTokenIncorrect'];
}

export interface CallbackTransportOptions {
  /**
   * Starts a session. Called again only after `disconnect`.
   * @param timeLimit s after which the SDK gives up, with 34006. 0 when nobody waits: until success, or an error that it cannot heal
   * @returns nothing, or a code, or a promise of one: other than 0 means "not accepted, no callback will come". A throw is an `onError`
   */
  readonly connect: (token: string, timeLimit: number, callbacks: SdkCallbacks) => unknown;
  /**
   * Ends the session, also one that is still being made. The next `connect` waits until the promise settles, if one is returned.
   * @param receivePush false when the user signs out: push notifications stop too
   */
  readonly disconnect: (receivePush: boolean) => unknown;
  /** What the SDK's codes and their names mean. @default wrapperCodes */
  readonly codes?: CodeTable;
  /** Time, for waiting until the session before has ended; a test passes its own. @default the platform's timers */
  readonly clock?: Clock;
}

/**
 * A link over anything of the shape of RongCloud's Android and iOS SDKs: a Cordova, Capacitor, NativeScript, uni-app or Electron plugin.
 *
 * @throws ConnectionOptionError when an option is wrong, naming it
 * @example
 * // Cordova
 * const transport = callbackTransport({
 *   connect: (token, timeLimit, { onSuccess, onError }) => cordova.exec(onSuccess, onError, 'RongCloud', 'connect', [token, timeLimit]),
 *   disconnect: (receivePush) => new Promise((done, fail) => cordova.exec(done, fail, 'RongCloud', 'disconnect', [receivePush])),
 * });
 * @example
 * // NativeScript, iOS
 * const transport = callbackTransport({
 *   connect: (token, timeLimit, { dbOpened, success, error }) =>
 *     client.connectWithTokenTimeLimitDbOpenedSuccessError(token, timeLimit, dbOpened, success, error),
 *   disconnect: (receivePush) => client.disconnect(receivePush),
 *   codes: iosCodes,
 * });
 */
export function callbackTransport(options: CallbackTransportOptions): Transport {
  const name = 'callbackTransport';
  mustBe(typeof options === 'object' && options !== null, `${name}: options`, '{ connect, disconnect }', options);
  const { codes = wrapperCodes, clock = systemClock } = options;
  for (const method of ['connect', 'disconnect'] as const) {
    mustBe(typeof options[method] === 'function', `${name}: ${method}`, 'a function', options[method]);
  }
  mustBe(typeof codes === 'object' && codes !== null, `${name}: codes`, 'a code table', codes);

  const sdk: NativeSdk = {
    key: options,
    codes,
    clock,
    connect: (token, seconds, events) => options.connect(token, seconds, callbacksOf(events)),
    disconnect: (receivePush) => options.disconnect(receivePush),
  };
  return nativeTransport(sdk);
}

function callbacksOf({ databaseOpened, connected, interrupted, ended }: ConnectEvents): SdkCallbacks {
  const tokenIncorrect = () => ended({ kind: 'tokenIncorrect' });
  return {
    onDatabaseOpened: databaseOpened,
    dbOpened: databaseOpened,
    onSuccess: connected,
    success: connected,
    onError: ended,
    error: ended,
    onTokenIncorrect: tokenIncorrect,
    tokenIncorrect,
    onInterrupted: interrupted,
  };
}
