import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { compileFunction } from 'node:vm';
import type * as Imlib from 'rongcloud-react-native-imlib';
import type { FakeNative, NativeStatus } from './fakeNative.ts';

type Platform = 'ios' | 'android';
type Listener = (data: unknown) => void;

/** `ConnectionStatusIOS` and `ConnectionStatusAndroid`, and what the phone's own SDK of that time had besides */
const numbers: Readonly<Record<Platform, Readonly<Record<NativeStatus, number>>>> = {
  ios: {
    unknown: -1,
    connected: 0,
    networkUnavailable: 1,
    suspend: 1,
    kicked: 6,
    connecting: 10,
    unconnected: 11,
    timeout: 11,
    signOut: 12,
    tokenIncorrect: 31004,
    blocked: 31011,
  },
  android: {
    networkUnavailable: -1,
    suspend: -1,
    connected: 0,
    connecting: 1,
    unconnected: 2,
    timeout: 2,
    signOut: 2,
    blocked: 2,
    kicked: 3,
    tokenIncorrect: 4,
    unknown: 5,
  },
};

/**
 * The real JavaScript of rongcloud-react-native-imlib 0.3.13, in a React Native of which there is no more than it asks for.
 * Its native module is played as RCIMClientModule.java and RCIMClib.m have it.
 */
export function realImlib(native: FakeNative, platform: Platform) {
  const listeners = new Map<string, Set<Listener>>();
  const emit = (event: string, data: unknown) => listeners.get(event)?.forEach((listener) => listener(data));
  native.listener = (status) => emit('rcimlib-connection-status', numbers[platform][status]);

  const eventEmitter = {
    addListener(event: string, listener: Listener) {
      const those = listeners.get(event) ?? new Set();
      listeners.set(event, those.add(listener));
      return { remove: () => void those.delete(listener) };
    },
  };
  const RCIMClient = {
    connect(token: string, eventId: string) {
      native.connect(token, 0, {
        databaseOpened: () => undefined,
        success: (userId) => emit('rcimlib-connect', { eventId, type: 'success', userId }),
        error: (errorCode) =>
          emit('rcimlib-connect', errorCode === 31004 ? { eventId, type: 'tokenIncorrect' } : { eventId, type: 'error', errorCode }),
      });
    },
    disconnect: (receivePush: boolean) => native.disconnect(receivePush),
  };
  const reactNative = {
    NativeModules: { RCIMClient },
    NativeEventEmitter: class {
      addListener = eventEmitter.addListener;
    },
    DeviceEventEmitter: eventEmitter,
    Platform: { OS: platform },
  };

  const main = createRequire(import.meta.url).resolve('rongcloud-react-native-imlib');
  const load = (file: string): object => {
    const exports = {};
    const require = (name: string) => (name === 'react-native' ? reactNative : load(join(dirname(file), `${name}.js`)));
    compileFunction(readFileSync(file, 'utf8'), ['require', 'exports'], { filename: file })(require, exports);
    return exports;
  };
  return {
    lib: load(main) as typeof Imlib,
    /** How many listen to connection statuses. */
    get statusListeners() {
      return listeners.get('rcimlib-connection-status')?.size ?? 0;
    },
    status: (status: number) => emit('rcimlib-connection-status', status),
  };
}
