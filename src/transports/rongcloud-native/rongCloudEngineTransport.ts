import { mustBe } from '../../../machines/connection/ConnectionOptionError.ts';
import { systemClock, type Clock } from '../../platform/Clock.ts';
import type { Transport } from '../../transport/Transport.ts';
import { wrapperCodes } from './codes/wrapperCodes.ts';
import { wrapperStatuses } from './codes/wrapperStatuses.ts';
import { readCode, readField } from './judge.ts';
import type { NativeSdk } from './NativeSdk.ts';
import { nativeTransport } from './nativeTransport.ts';
import { readStatus, type StatusNumbers } from './readStatus.ts';
import type { RongCloudConnectCallback, RongCloudEngine } from './RongCloudEngine.ts';

export interface RongCloudEngineOptions {
  /**
   * Gets every `RCIMIWConnectionStatus` while a link is open. The engine has one listener for it, which the transport needs: do not call
   * `setOnConnectionStatusChangedListener` yourself, or the brain goes deaf. @default nobody
   */
  readonly onStatus?: (status: number) => void;
  /** Time, for waiting until the session before has ended; a test passes its own. @default the platform's timers */
  readonly clock?: Clock;
}

/** `RCIMIWConnectionStatus` */
const numbers: StatusNumbers = { connected: 1, connecting: 2, unconnected: 3, signedOut: 7, failures: wrapperStatuses };

/** Gives a listener's place back, though some typings want a function. */
const none = undefined as never;

/**
 * A link over RongCloud's wrapper for React Native (`RCIMIWEngine`), for
 * `createConnection({ transport: rongCloudEngineTransport(engine), … })`. Wrappers of the same make (uni-app) fit too.
 *
 * - every version: with one callback or the other, or with listeners instead (as in 5.2.5)
 * - the engine's time limit (s) runs only while a person waits; otherwise it tries on until the brain's `attemptTimeLimit`
 * - once it is in, the engine reconnects by itself and the brain watches, for `recoveryTimeLimit`
 * - `disconnect({ logout: true })` stops push notifications, every other end of a link keeps them
 * - a session that the engine brings along (34001) is ended first: the token decides who is in
 * - do not call `connect` and `disconnect` of the engine yourself. After a `disconnect` behind its back the brain is `failed`
 *   (`forbidden`) instead of bringing the user back
 *
 * @param engine what `await RCIMIWEngine.create(appKey, options)` gave. It is yours: the transport never destroys it
 * @throws ConnectionOptionError when the engine is none, as after a `create` that failed with null
 * @example
 * const engine = await RCIMIWEngine.create(appKey, {});
 * const connection = createConnection({ transport: rongCloudEngineTransport(engine), fetchToken });
 */
export function rongCloudEngineTransport(engine: RongCloudEngine, options: RongCloudEngineOptions = {}): Transport {
  const name = 'rongCloudEngineTransport';
  mustBe(typeof engine === 'object' && engine !== null, `${name}: engine`, 'the engine that RCIMIWEngine.create has made', engine);
  for (const method of ['connect', 'disconnect', 'setOnConnectionStatusChangedListener'] as const) {
    mustBe(
      typeof engine[method] === 'function',
      `${name}: engine.${method}`,
      'a function (is `await` missing before create?)',
      engine[method],
    );
  }
  mustBe(typeof options === 'object' && options !== null, `${name}: options`, 'an object', options);
  const { onStatus, clock = systemClock } = options;
  mustBe(onStatus === undefined || typeof onStatus === 'function', `${name}: onStatus`, 'a function', onStatus);

  const sdk: NativeSdk = {
    key: engine,
    codes: wrapperCodes,
    clock,
    listen(events) {
      engine.setOnConnectionStatusChangedListener((told) => {
        const status = readField(told, 'status') ?? told;
        readStatus(numbers, status, events);
        onStatus?.(status as number);
      });
      return () => {
        engine.setOnConnectionStatusChangedListener(none);
        if (needsListeners(engine)) {
          engine.setOnConnectedListener?.(none);
          engine.setOnDatabaseOpenedListener?.(none);
        }
      };
    },
    connect(token, seconds, events) {
      const callback: RongCloudConnectCallback = {
        onDatabaseOpened: (answer) => events.databaseOpened(answer),
        onConnected(answer, userId) {
          if (readCode(answer) === 0) events.connected(readField(answer, 'userId') ?? userId);
          else events.ended(answer);
        },
      };
      if (needsListeners(engine)) {
        engine.setOnConnectedListener?.(callback.onConnected);
        engine.setOnDatabaseOpenedListener?.(callback.onDatabaseOpened);
      }
      return engine.connect(token, seconds, callback);
    },
    disconnect: (receivePush) => engine.disconnect(receivePush),
  };
  return nativeTransport(sdk);
}

/** Does `connect` take a callback? Where it does not say so, both ways are open, and what is told twice counts once. */
function needsListeners(engine: RongCloudEngine): boolean {
  return engine.connect.length < 3;
}
