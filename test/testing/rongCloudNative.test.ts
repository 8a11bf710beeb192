import { callbackTransport, rongCloudEngineTransport } from 'connection-machine/transports/rongcloud-native';
import { controlledClock, describeTransport, type ControlledClock, type TransportWorld } from 'connection-machine/testing';
import type { Transport } from 'connection-machine';
import { describe, it } from 'vitest';
import { fakeEngine } from '../transports/rongcloud-native/support/fakeEngine.ts';
import { fakeNative, type FakeNative } from '../transports/rongcloud-native/support/fakeNative.ts';

/** RongCloud's native SDK, as its documentation describes it, in a world with a clock of its own. */
function nativeWorld(transportOver: (native: FakeNative, clock: ControlledClock) => Transport): TransportWorld {
  const clock = controlledClock();
  const native = fakeNative(clock);
  native.server.answer = (token) => (token.startsWith('good') ? { userId: 'alice' } : 31004);
  return {
    transport: transportOver(native, clock),
    userId: 'alice',
    goodToken: 'good-token-5a2e',
    badToken: 'bad-token-77c1',
    loseLink() {
      if (native.state === 'connected') native.drop();
    },
    silenceServer: () => (native.isSilent = true),
    refuseConnections: () => (native.server.isReachable = false),
    connections: () => (native.state === 'idle' ? 0 : 1),
    close: () => undefined,
    selfHealing: true,
    wait: (ms) => clock.advance(ms),
  };
}

const links = { describe, it, without: ['verify', 'renew'] } as const;

describeTransport(
  'rongCloudEngineTransport',
  () => nativeWorld((native, clock) => rongCloudEngineTransport(fakeEngine(native, 'React Native'), { clock })),
  links,
);

describeTransport(
  'callbackTransport',
  () =>
    nativeWorld((native, clock) =>
      callbackTransport({
        clock,
        connect(token, timeLimit, { onDatabaseOpened, onSuccess, onError, onInterrupted }) {
          native.listener = (status) => {
            if (status === 'suspend') onInterrupted();
            if (status === 'connected') onSuccess();
          };
          native.connect(token, timeLimit, { databaseOpened: onDatabaseOpened, success: onSuccess, error: onError });
        },
        disconnect: (receivePush) => native.disconnect(receivePush),
      }),
    ),
  links,
);
