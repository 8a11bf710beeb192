import {
  callbackTransport,
  rongCloudEngineTransport,
  rongCloudReactNativeTransport,
  type RongCloudEngine,
  type RongCloudReactNativeLib,
} from 'connection-machine/transports/rongcloud-native';
import { createConnection } from 'connection-machine';
import { describe, expect, it } from 'vitest';
import { ConnectionOptionError } from '../../../machines/connection/ConnectionOptionError.ts';

const call = async () => 0;
const engine: RongCloudEngine = { connect: call, disconnect: call, setOnConnectionStatusChangedListener: () => undefined };
const lib: RongCloudReactNativeLib = {
  connect: () => undefined,
  disconnect: () => undefined,
  addConnectionStatusListener: () => ({ remove: () => undefined }),
};

function expectRefusal(make: () => unknown, option: string): void {
  let problem: unknown;
  try {
    make();
  } catch (thrown) {
    problem = thrown;
  }
  expect(problem).toBeInstanceOf(ConnectionOptionError);
  expect(problem).toMatchObject({ option });
}

describe('rongCloudEngineTransport refuses', () => {
  it.each([
    ['engine', null],
    ['engine', undefined],
    ['engine', 'app-key'],
    ['engine.connect', {}],
    ['engine.connect', Promise.resolve(engine)],
    ['engine.disconnect', { ...engine, disconnect: 1 }],
    ['engine.setOnConnectionStatusChangedListener', { connect: call, disconnect: call }],
  ])('a bad %s', (option, given) => {
    expectRefusal(() => rongCloudEngineTransport(given as never), `rongCloudEngineTransport: ${option}`);
  });

  it('bad options', () => {
    expectRefusal(() => rongCloudEngineTransport(engine, null as never), 'rongCloudEngineTransport: options');
    expectRefusal(() => rongCloudEngineTransport(engine, { onStatus: 1 as never }), 'rongCloudEngineTransport: onStatus');
  });
});

describe('rongCloudReactNativeTransport refuses', () => {
  it.each([
    ['lib', null],
    ['lib.connect', {}],
    ['lib.disconnect', { connect: call }],
    ['lib.addConnectionStatusListener', { connect: call, disconnect: call }],
  ])('a bad %s', (option, given) => {
    expectRefusal(() => rongCloudReactNativeTransport(given as never, { platform: 'ios' }), `rongCloudReactNativeTransport: ${option}`);
  });

  it('an unknown platform: its numbers would be guesses', () => {
    expectRefusal(() => rongCloudReactNativeTransport(lib, undefined as never), 'rongCloudReactNativeTransport: options');
    for (const platform of [undefined, 'web', 'toString']) {
      expectRefusal(() => rongCloudReactNativeTransport(lib, { platform: platform as never }), 'rongCloudReactNativeTransport: platform');
    }
  });
});

describe('callbackTransport refuses', () => {
  it.each([
    ['options', null],
    ['connect', { disconnect: call }],
    ['disconnect', { connect: call }],
    ['codes', { connect: call, disconnect: call, codes: null }],
  ])('bad %s', (option, given) => {
    expectRefusal(() => callbackTransport(given as never), `callbackTransport: ${option}`);
  });
});

it('their limits are good ones, and the app’s own win', () => {
  const fetchToken = async () => 'token';
  for (const transport of [
    rongCloudEngineTransport(engine),
    rongCloudReactNativeTransport(lib, { platform: 'android' }),
    callbackTransport({ connect: call, disconnect: call }),
  ]) {
    expect(transport.defaults).toEqual({ attemptTimeLimit: 20_000, recoveryTimeLimit: 150_000 });
    createConnection({ transport, fetchToken, signals: false, policy: { attemptTimeLimit: 1_000 } });
  }
});
