import type { RongCloudEngine } from 'connection-machine/transports/rongcloud-native';
import type { FakeNative, NativeCallback, NativeStatus } from './fakeNative.ts';

/** `RCIMIWConnectionStatus` */
const numbers: Readonly<Record<NativeStatus, number>> = {
  networkUnavailable: 0,
  connected: 1,
  connecting: 2,
  unconnected: 3,
  kicked: 4,
  tokenIncorrect: 5,
  blocked: 6,
  signOut: 7,
  suspend: 8,
  timeout: 9,
  unknown: 10,
};

/** React Native passes values one after the other, uni-app in an object; before 5.2.5 there were listeners and no callback. */
export const shapes = ['React Native', 'uni-app', 'React Native before 5.2.5'] as const;
export type Shape = (typeof shapes)[number];

type Listener = (...values: any[]) => void;

export interface FakeEngine extends RongCloudEngine {
  /** One slot each, as in the wrapper: who sets it takes it. */
  readonly slots: { status?: Listener | undefined; connected?: Listener | undefined; databaseOpened?: Listener | undefined };
  /** What the promises say: 0, a code, or something thrown. */
  accepts: () => number | Promise<number>;
  disconnects: () => number | Promise<number>;
}

/** `RCIMIWEngine` over the native SDK. */
export function fakeEngine(native: FakeNative, shape: Shape): FakeEngine {
  const slots: FakeEngine['slots'] = {};
  const say = (listener: Listener | undefined, values: Record<string, unknown>) =>
    shape === 'uni-app' ? listener?.(values) : listener?.(...Object.values(values));
  native.listener = (status) => say(slots.status, { status: numbers[status] });

  const start = async (token: string, timeout: number, callback: NativeCallback) => {
    const code = await engine.accepts();
    if (code === 0) native.connect(token, timeout, callback);
    return code;
  };
  const callbackOf = (connected: () => Listener | undefined, databaseOpened: () => Listener | undefined): NativeCallback => ({
    databaseOpened: (code) => say(databaseOpened(), { code }),
    success: (userId) => say(connected(), { code: 0, userId }),
    error: (code) => say(connected(), { code, userId: '' }),
  });

  const engine: FakeEngine = {
    slots,
    accepts: () => 0,
    disconnects: () => 0,
    connect:
      shape === 'React Native before 5.2.5'
        ? async (token: string, timeout: number) =>
            start(
              token,
              timeout,
              callbackOf(
                () => slots.connected,
                () => slots.databaseOpened,
              ),
            )
        : async (token: string, timeout: number, callback) =>
            start(
              token,
              timeout,
              callbackOf(
                () => callback.onConnected,
                () => callback.onDatabaseOpened,
              ),
            ),
    async disconnect(receivePush) {
      const code = await engine.disconnects();
      if (code === 0) native.disconnect(receivePush);
      return code;
    },
    setOnConnectionStatusChangedListener: (listener) => (slots.status = listener),
    setOnConnectedListener: (listener) => (slots.connected = listener),
    setOnDatabaseOpenedListener: (listener) => (slots.databaseOpened = listener),
  };
  return engine;
}
