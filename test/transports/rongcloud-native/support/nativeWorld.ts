import { createConnection, type ConnectionOptions, type TokenRequest, type Transport } from 'connection-machine';
import { rongCloudEngineTransport } from 'connection-machine/transports/rongcloud-native';
import { controlledClock, type ControlledClock, manualSignals } from 'connection-machine/testing';
import { fakeEngine, type Shape } from './fakeEngine.ts';
import { fakeNative, type FakeNative } from './fakeNative.ts';

interface NativeWorldOptions extends Partial<Omit<ConnectionOptions, 'transport'>> {
  shape?: Shape;
  /** @default the engine's */
  transportOver?: (native: FakeNative, clock: ControlledClock) => Transport;
}

/** An app, its App Server and RongCloud's native SDK, in a world without sleep or chance. */
export function nativeWorld({ shape = 'React Native', transportOver, ...options }: NativeWorldOptions = {}) {
  const clock = controlledClock();
  const native = fakeNative(clock);
  const engine = fakeEngine(native, shape);
  const signals = manualSignals();
  const requests: TokenRequest['reason'][] = [];
  const log: string[] = [];
  const connection = createConnection({
    transport: transportOver?.(native, clock) ?? rongCloudEngineTransport(engine, { clock }),
    async fetchToken({ reason }) {
      requests.push(reason);
      return `token-${requests.length}`;
    },
    signals,
    clock,
    random: () => 0.5,
    logger: { error: (message, detail) => void log.push(`${message} ${JSON.stringify(detail)}`) },
    ...options,
  });
  const names: string[] = [];
  for (const name of ['connected', 'databaseOpened', 'prompt', 'tokenRenewed', 'kicked', 'failed', 'disconnected'] as const) {
    connection.on(name, () => void names.push(name));
  }
  return {
    clock,
    native,
    engine,
    signals,
    connection,
    /** Why tokens were asked for, in order. */
    requests,
    /** What was logged as an error. */
    log,
    /** The names of what was announced, in order. */
    names,
    get snapshot() {
      return connection.getSnapshot();
    },
    /** Connects, and gives the server time to answer. */
    async connect(how?: { userWaiting?: boolean }) {
      connection.connect(how);
      await clock.advance(100);
    },
    /** Disconnects, and gives the SDK time to. */
    async disconnect(how?: { logout?: boolean }) {
      const done = connection.disconnect(how);
      await clock.advance(100);
      await done;
    },
  };
}
