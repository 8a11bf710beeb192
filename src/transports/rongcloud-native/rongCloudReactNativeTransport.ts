import { mustBe } from '../../../machines/connection/ConnectionOptionError.ts';
import { systemClock, type Clock } from '../../platform/Clock.ts';
import type { Transport } from '../../transport/Transport.ts';
import { reactNativeImlibCodes } from './codes/reactNativeImlibCodes.ts';
import { reactNativeImlibStatuses } from './codes/reactNativeImlibStatuses.ts';
import type { NativeSdk } from './NativeSdk.ts';
import { nativeTransport } from './nativeTransport.ts';
import { readStatus, type StatusNumbers } from './readStatus.ts';

/** What the transport needs of `rongcloud-react-native-imlib` 0.3.13, the SDK for React Native before the wrapper. */
export interface RongCloudReactNativeLib {
  connect(token: string, success: (userId: string) => void, error: (code: number) => void, tokenIncorrect: () => void): void;
  disconnect(isReceivePush: boolean): void;
  addConnectionStatusListener(listener: (status: number) => void): { remove(): void };
}

export interface RongCloudReactNativeOptions {
  /** `Platform.OS`. This SDK passes on the phone's own numbers: 3 is "kicked" on Android, and a kind of network on iOS. */
  readonly platform: 'ios' | 'android';
  /** Time, for waiting until the session before has ended; a test passes its own. @default the platform's timers */
  readonly clock?: Clock;
}

/** `ConnectionStatusIOS` and `ConnectionStatusAndroid` */
const numbers: Readonly<Record<'ios' | 'android', StatusNumbers>> = {
  ios: { connected: 0, connecting: 10, unconnected: 11, signedOut: 12, failures: reactNativeImlibStatuses.ios },
  android: { connected: 0, connecting: 1, unconnected: 2, failures: reactNativeImlibStatuses.android },
};

/**
 * A link over the old `rongcloud-react-native-imlib` 0.3.13, for apps that cannot move to the wrapper yet.
 * It has no time limit of its own and says nothing of the database; for the rest, see `rongCloudEngineTransport`.
 *
 * @param lib `import * as lib from 'rongcloud-react-native-imlib'`, after `lib.init(appKey)`
 * @throws ConnectionOptionError when the lib or the platform is none
 * @example
 * const transport = rongCloudReactNativeTransport(lib, { platform: Platform.OS === 'ios' ? 'ios' : 'android' });
 */
export function rongCloudReactNativeTransport(lib: RongCloudReactNativeLib, options: RongCloudReactNativeOptions): Transport {
  const name = 'rongCloudReactNativeTransport';
  mustBe(typeof lib === 'object' && lib !== null, `${name}: lib`, 'the module rongcloud-react-native-imlib', lib);
  for (const method of ['connect', 'disconnect', 'addConnectionStatusListener'] as const) {
    mustBe(typeof lib[method] === 'function', `${name}: lib.${method}`, 'a function', lib[method]);
  }
  mustBe(typeof options === 'object' && options !== null, `${name}: options`, '{ platform }', options);
  const { platform, clock = systemClock } = options;
  mustBe(Object.keys(numbers).includes(platform), `${name}: platform`, "Platform.OS, 'ios' or 'android'", platform);

  const sdk: NativeSdk = {
    key: lib,
    codes: reactNativeImlibCodes,
    clock,
    listen(events) {
      const subscription = lib.addConnectionStatusListener((status) => readStatus(numbers[platform], status, events));
      return () => subscription.remove();
    },
    connect(token, _seconds, events) {
      lib.connect(token, events.connected, events.ended, () => events.ended({ kind: 'tokenIncorrect' }));
    },
    disconnect(receivePush) {
      lib.disconnect(receivePush);
    },
  };
  return nativeTransport(sdk);
}
