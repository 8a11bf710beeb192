import { androidCodes, type SdkCallbacks } from 'connection-machine/transports/rongcloud-native';

/** How the vendor's server answers a token: with a user, with a code, or not at all. */
export type Answer = (token: string) => { readonly userId: string } | number | 'nothing';

/** What a snippet imports from elsewhere, by the name of the module, over a server that answers so. */
export type FakeModules = (answer: Answer) => Readonly<Record<string, object>>;

interface Outcome {
  readonly success: (userId: string) => void;
  readonly error: (code: number) => void;
}

/** ms that the server takes to answer. */
const latency = 10;

/** One SDK: it tries a token once, and says nothing of a session that was given up. */
function createSession(answer: Answer) {
  let current: object | undefined;
  return {
    /** @param seconds the SDK's own time limit: 34006 */
    connect(token: string, { success, error }: Outcome, seconds = 0) {
      const mine = {};
      current = mine;
      const after = (ms: number, tell: () => void) => void setTimeout(() => current === mine && tell(), ms);
      const answered = answer(token);
      if (answered !== 'nothing') {
        after(latency, () => (typeof answered === 'number' ? error(answered) : success(answered.userId)));
      } else if (seconds > 0) {
        after(seconds * 1_000, () => error(34006));
      }
    },
    disconnect() {
      current = undefined;
    },
  };
}

/** What a page has and the web SDKs use: here its server is silent, and what the SDK learns of is its end. */
export class SilentWebSocket {
  onclose: (() => void) | null = null;
  addEventListener(): void {}
  close(): void {}
}

/** The web SDKs have no end of waiting; a socket that breaks is one. */
function onBrokenSocket(token: string, tell: () => void): void {
  const socket = new WebSocket(`ws://fake.example/websocket?appId=your-app-key&token=${token}`);
  socket.onclose = tell;
}

/** A plugin over the Android SDK: Java's enums cross as their names. */
const bridge: FakeModules = (answer) => {
  const session = createSession(answer);
  const nameOf = (code: number) =>
    Object.values(androidCodes)
      .flatMap((names) => Object.entries<string>(names))
      .find(([number]) => Number(number) === code)?.[1];
  return {
    './bridge': {
      RongIM: {
        connect(token: string, timeLimit: number, { onDatabaseOpened, onSuccess, onError }: SdkCallbacks) {
          onDatabaseOpened('DATABASE_OPEN_SUCCESS');
          session.connect(token, { success: onSuccess, error: (code) => onError(nameOf(code)) }, timeLimit);
        },
        disconnect: session.disconnect,
      },
    },
  };
};

/** The wrapper's engine, which the snippet is handed. */
export function fakeEngine(answer: Answer) {
  const session = createSession(answer);
  interface Callback {
    onDatabaseOpened(code: number): void;
    onConnected(code: number, userId: string): void;
  }
  return {
    connect(token: string, seconds: number, { onDatabaseOpened, onConnected }: Callback) {
      onDatabaseOpened(0);
      session.connect(token, { success: (userId) => onConnected(0, userId), error: (code) => onConnected(code, '') }, seconds);
      return Promise.resolve(0);
    },
    disconnect() {
      session.disconnect();
      return Promise.resolve(0);
    },
    setOnConnectionStatusChangedListener: () => undefined,
  };
}

/** `onTokenIncorrect` for a refused token, as the FAQ has it. */
const web2: FakeModules = (answer) => {
  const session = createSession(answer);
  interface Callback {
    onSuccess(userId: string): void;
    onTokenIncorrect(): void;
    onError(code: number): void;
  }
  const client = { disconnect: session.disconnect, getCurrentConnectionStatus: () => 2, getCurrentUserId: () => '' };
  return {
    '@rongcloud/imlib-v2': {
      LogLevel: { ERROR: 3 },
      RongIMClient: {
        init: () => undefined,
        setConnectionStatusListener: () => undefined,
        getInstance: () => client,
        connect(token: string, { onSuccess, onTokenIncorrect, onError }: Callback) {
          session.connect(token, { success: onSuccess, error: (code) => (code === 31004 ? onTokenIncorrect() : onError(code)) });
          onBrokenSocket(token, () => onError(30002));
        },
      },
    },
  };
};

/** Failures are results, and events too; with a silent server nothing settles. */
const web5: FakeModules = (answer) => {
  const session = createSession(answer);
  const listeners = new Map<string, (code?: number) => void>();
  return {
    '@rongcloud/imlib-next': {
      init: () => undefined,
      connect: (token: string) =>
        new Promise((resolve) => {
          const error = (code: number) => {
            listeners.get('DISCONNECT')?.(code);
            resolve({ isOk: false, code });
          };
          session.connect(token, { success: (userId) => resolve({ isOk: true, code: 0, data: { userId } }), error });
          onBrokenSocket(token, () => error(35008));
        }),
      disconnect: () => Promise.resolve(session.disconnect()),
      getConnectionStatus: () => 2,
      getCurrentUserId: () => '',
      addEventListener: (event: string, listener: () => void) => void listeners.set(event, listener),
      removeEventListener: (event: string) => void listeners.delete(event),
    },
  };
};

const oldReactNative: FakeModules = (answer) => {
  const session = createSession(answer);
  return {
    'react-native': { Platform: { OS: 'ios' } },
    'rongcloud-react-native-imlib': {
      init: () => undefined,
      connect(token: string, success: (userId: string) => void, error: (code: number) => void, tokenIncorrect: () => void) {
        session.connect(token, { success, error: (code) => (code === 31004 ? tokenIncorrect() : error(code)) });
      },
      disconnect: session.disconnect,
      addConnectionStatusListener: () => ({ remove: () => undefined }),
    },
  };
};

/** By the anchor of the guide's section. */
export const fakeModules: Readonly<Record<string, FakeModules>> = {
  android: bridge,
  ios: () => ({}),
  'web-2': web2,
  'web-5': web5,
  'old-react-native': oldReactNative,
};
