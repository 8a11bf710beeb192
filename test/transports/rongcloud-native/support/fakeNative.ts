import type { ControlledClock } from 'connection-machine/testing';

/** What the SDK calls its states; each wrapper has its own numbers for them. */
export type NativeStatus =
  | 'connected'
  | 'connecting'
  | 'networkUnavailable'
  | 'unconnected'
  | 'kicked'
  | 'tokenIncorrect'
  | 'blocked'
  | 'signOut'
  | 'suspend'
  | 'timeout'
  | 'unknown';

/** What one call of `connect` is called back with. */
export interface NativeCallback {
  databaseOpened(code: number): void;
  success(userId: string): void;
  error(code: number): void;
}

/** ms between the tries of the SDK: https://docs.rongcloud.io/android-imlib/connection/reconnect-kick */
const intervals = [50, 250, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 64_000];

/** ms that the server takes to answer. */
const latency = 10;

/** Codes after which the SDK stops, and the status that tells of it a second time. */
const twins: Readonly<Record<number, NativeStatus>> = {
  31004: 'tokenIncorrect',
  31020: 'tokenIncorrect',
  31010: 'kicked',
  31023: 'kicked',
  31009: 'blocked',
  34006: 'timeout',
};

/**
 * RongCloud's native SDK and the server behind it, as section 3 of the vendor's documentation describes them: one for the whole app, with
 * tries and time limit of its own, that ends in silence once it has called back with an error.
 */
export interface FakeNative {
  /** `connect token-1 5`, `disconnect true`, in order. */
  readonly calls: string[];
  state: 'idle' | 'connecting' | 'connected' | 'suspended';
  /** Who is in, as the server sees it. */
  readonly user: string | undefined;
  /** Does this device get push notifications? */
  push: boolean;
  /** The callbacks of every call, for calling back late. */
  readonly callbacks: NativeCallback[];
  /** How often it has tried to reach the server. */
  readonly tries: number;
  readonly server: {
    isReachable: boolean;
    /** A user lets the token in, a code refuses it. */
    answer: (token: string) => { userId: string } | number;
  };
  /** Accepts the call, and never calls back (rongcloud-im-flutter-sdk issue 192). */
  isSilent: boolean;
  /** 33002: the local message database cannot be opened. */
  databaseCode: number;
  /** In which order a call's outcome is told. */
  tells: 'callback first' | 'status first';
  listener: ((status: NativeStatus) => void) | undefined;
  connect(token: string, seconds: number, callback: NativeCallback): void;
  disconnect(receivePush: boolean): void;
  /** The server side of the story. */
  drop(): void;
  kick(): void;
  block(): void;
  /** The secret is refreshed, or the token's time is over, while the user is in. */
  refuseToken(): void;
  network(isOnline: boolean): void;
  /** iOS: 2 minutes later the connection is dropped, and made again in the foreground. */
  background(): void;
  foreground(): void;
  /** The app starts again while the SDK's own process lives on. */
  bringSessionOf(userId: string): void;
  status(status: NativeStatus): void;
}

export function fakeNative(clock: ControlledClock): FakeNative {
  const timers: unknown[] = [];
  let tries = 0;
  let token = '';
  let isOnline = true;
  let callback: NativeCallback | undefined;
  let user: string | undefined;

  const after = (ms: number, run: () => void) => void timers.push(clock.setTimeout(run, ms));
  const stop = () => {
    for (const timer of timers.splice(0)) clock.clearTimeout(timer);
  };

  const settle = (status: NativeStatus, call: ((callback: NativeCallback) => void) | undefined) => {
    const tell = () => {
      const mine = callback;
      callback = undefined;
      if (mine && call && !native.isSilent) call(mine);
    };
    if (native.tells === 'callback first') tell();
    native.status(status);
    if (native.tells === 'status first') tell();
  };

  /** It has stopped, and says so once: by the callback of the call, if that has not been used yet, and by a status. */
  const end = (code: number) => {
    stop();
    native.state = 'idle';
    user = undefined;
    settle(twins[code] ?? 'unconnected', (mine) => mine.error(code));
  };

  const attempt = (count: number) => {
    if (!isOnline) return native.status('networkUnavailable');
    native.status('connecting');
    after(latency, () => {
      tries += 1;
      if (!native.server.isReachable) {
        native.status('suspend');
        return after(intervals[Math.min(count, intervals.length - 1)]!, () => attempt(count + 1));
      }
      const answer = native.server.answer(token);
      if (typeof answer === 'number') return end(answer);
      stop();
      native.state = 'connected';
      user = answer.userId;
      settle('connected', (mine) => mine.success(answer.userId));
    });
  };

  const retry = () => {
    stop();
    attempt(0);
  };

  const native: FakeNative = {
    calls: [],
    state: 'idle',
    get user() {
      return user;
    },
    push: true,
    callbacks: [],
    get tries() {
      return tries;
    },
    server: { isReachable: true, answer: () => ({ userId: 'ann' }) },
    isSilent: false,
    databaseCode: 0,
    tells: 'callback first',
    listener: undefined,

    connect(newToken, seconds, newCallback) {
      native.calls.push(`connect ${newToken} ${seconds}`);
      native.callbacks.push(newCallback);
      if (native.state !== 'idle') return void clock.setTimeout(() => newCallback.error(34001), 0);
      native.state = 'connecting';
      token = newToken;
      callback = newCallback;
      if (seconds > 0) after(seconds * 1_000, () => end(34006));
      after(0, () => {
        if (!native.isSilent) newCallback.databaseOpened(native.databaseCode);
      });
      attempt(0);
    },
    disconnect(receivePush) {
      native.calls.push(`disconnect ${receivePush}`);
      native.push = receivePush;
      stop();
      callback = undefined;
      user = undefined;
      if (native.state !== 'idle') {
        native.state = 'idle';
        native.status('signOut');
      }
    },

    drop() {
      native.state = 'suspended';
      native.status('suspend');
      after(intervals[0]!, retry);
    },
    kick: () => end(31010),
    block: () => end(31009),
    refuseToken: () => end(31020),
    network(online) {
      isOnline = online;
      if (native.state === 'idle') return;
      stop();
      if (native.state === 'connected') native.state = 'suspended';
      if (online) retry();
      else native.status('networkUnavailable');
    },
    background() {
      after(120_000, () => {
        native.state = 'suspended';
        native.status('suspend');
      });
    },
    foreground() {
      stop();
      if (native.state === 'suspended') retry();
    },
    bringSessionOf(userId) {
      native.state = 'connected';
      user = userId;
    },
    status: (status) => native.listener?.(status),
  };
  return native;
}
