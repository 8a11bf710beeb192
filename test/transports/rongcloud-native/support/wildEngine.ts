import type { RongCloudConnectCallback, RongCloudEngine } from 'connection-machine/transports/rongcloud-native';

/** How the engine answers a call. */
export interface Answer {
  readonly by: 'value' | 'promise' | 'throw' | 'rejection' | 'callback at once' | 'silence';
  readonly value: unknown;
}

/** An engine that keeps none of its promises. It notices when it is asked for a second session beside the first. */
export interface WildEngine extends RongCloudEngine {
  connects: Answer;
  disconnects: Answer;
  readonly callbacks: RongCloudConnectCallback[];
  status: ((status: never) => void) | undefined;
  /** connect, disconnect, in order. */
  readonly calls: string[];
  /** Was it ever asked for two sessions at a time? */
  readonly hadTwo: boolean;
  readonly isInUse: boolean;
  /** Everything that was not answered is. */
  answerAll(): void;
}

export function wildEngine(): WildEngine {
  let isInUse = false;
  let hadTwo = false;
  const unanswered: (() => void)[] = [];

  const answer = (how: Answer, callback?: RongCloudConnectCallback): never => {
    switch (how.by) {
      case 'value':
        return how.value as never;
      case 'promise':
        return (async () => how.value)() as never;
      case 'throw':
        throw how.value;
      case 'rejection':
        return (async () => {
          throw how.value;
        })() as never;
      case 'silence':
        return new Promise<number>((resolve) => unanswered.push(() => resolve(0))) as never;
      case 'callback at once':
        callback?.onConnected(how.value as never);
        return 0 as never;
    }
  };

  return {
    connects: { by: 'promise', value: 0 },
    disconnects: { by: 'promise', value: 0 },
    callbacks: [],
    status: undefined,
    calls: [],
    get hadTwo() {
      return hadTwo;
    },
    get isInUse() {
      return isInUse;
    },
    answerAll() {
      for (const each of unanswered.splice(0)) each();
    },
    connect(_token, _timeout, callback) {
      this.calls.push('connect');
      hadTwo ||= isInUse;
      isInUse = true;
      this.callbacks.push(callback);
      return answer(this.connects, callback);
    },
    disconnect(_receivePush) {
      this.calls.push('disconnect');
      isInUse = false;
      return answer(this.disconnects);
    },
    setOnConnectionStatusChangedListener(listener) {
      this.status = listener;
    },
  };
}
