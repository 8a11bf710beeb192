// The transports take the SDKs as they are typed: this file compiles, or `npm run typecheck` is red.
import type { Transport } from 'connection-machine';
import {
  androidCodes,
  callbackTransport,
  iosCodes,
  rongCloudEngineTransport,
  rongCloudReactNativeTransport,
} from 'connection-machine/transports/rongcloud-native';
import * as lib from 'rongcloud-react-native-imlib';

/** `@rongcloud/react-native-im-wrapper` 5.2.5, which is on no registry, as its published sources have it. */
declare enum ReactNativeStatus {
  NETWORK_UNAVAILABLE,
  CONNECTED,
}
declare class ReactNativeEngine {
  static create(appKey: string, options?: { naviServer?: string }): ReactNativeEngine;
  connect(
    token: string,
    timeout: number,
    callback?: { onDatabaseOpened?: (code: number) => void; onConnected?: (code: number, userId: string) => void },
  ): Promise<number>;
  disconnect(receivePush: boolean): Promise<number>;
  setOnConnectionStatusChangedListener(listener?: (status: ReactNativeStatus) => void): void;
  setOnConnectedListener(listener?: (code: number, userId: string) => void): void;
  setOnDatabaseOpenedListener(listener?: (code: number) => void): void;
}

/** The same before its callback. */
declare class ListenerEngine {
  connect(token: string, timeout: number): Promise<number>;
  disconnect(receivePush: boolean): Promise<number>;
  setOnConnectionStatusChangedListener(listener?: (status: ReactNativeStatus) => void): void;
  setOnConnectedListener(listener?: (code: number, userId: string) => void): void;
  setOnDatabaseOpenedListener(listener?: (code: number) => void): void;
}

/** uni-app, and newer typings: everything in one object, and a create that may fail. */
declare class UniAppEngine {
  static create(appKey: string, options: object): Promise<UniAppEngine | null>;
  connect(
    token: string,
    timeout: number,
    callback: {
      onDatabaseOpened: (result: { code: number }) => void;
      onConnected: (result: { code: number; userId: string }) => void;
    },
  ): Promise<number>;
  disconnect(receivePush: boolean): Promise<number>;
  setOnConnectionStatusChangedListener(listener: (result: { status: ReactNativeStatus }) => void): void;
}

/** RongCloud's SDKs of today, as a NativeScript or a Capacitor plugin has them. */
declare const ios: {
  connect(
    token: string,
    timeLimit: number,
    dbOpened: (code: number) => void,
    success: (userId: string) => void,
    error: (code: number) => void,
  ): void;
  disconnect(isReceivePush: boolean): void;
};
declare const android: {
  connect(
    token: string,
    timeLimit: number,
    callback: { onDatabaseOpened(status: string): void; onSuccess(userId: string): void; onError(code: { code: string }): void },
  ): void;
  disconnect(isReceivePush: boolean): void;
};

export async function transports(engine: ReactNativeEngine, old: ListenerEngine): Promise<readonly Transport[]> {
  const uniApp = await UniAppEngine.create('app-key', {});
  // @ts-expect-error create may have failed
  rongCloudEngineTransport(uniApp);
  if (!uniApp) return [];

  // @ts-expect-error `await` is missing
  rongCloudEngineTransport(UniAppEngine.create('app-key', {}));
  // @ts-expect-error the numbers of iOS and Android differ
  rongCloudReactNativeTransport(lib);
  // @ts-expect-error there are two platforms
  rongCloudReactNativeTransport(lib, { platform: 'web' });
  // @ts-expect-error disconnect is missing
  callbackTransport({ connect: () => undefined });

  return [
    rongCloudEngineTransport(engine, { onStatus: (status) => status === ReactNativeStatus.CONNECTED }),
    rongCloudEngineTransport(old),
    rongCloudEngineTransport(uniApp),
    rongCloudReactNativeTransport(lib, { platform: 'ios' }),
    callbackTransport({
      connect: (token, timeLimit, { dbOpened, success, error }) => ios.connect(token, timeLimit, dbOpened, success, error),
      disconnect: (receivePush) => ios.disconnect(receivePush),
      codes: iosCodes,
    }),
    callbackTransport({
      connect: (token, timeLimit, callbacks) => android.connect(token, timeLimit, callbacks),
      disconnect: (receivePush) => android.disconnect(receivePush),
      codes: androidCodes,
    }),
  ];
}
