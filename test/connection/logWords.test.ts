import { describe, expect, test } from 'vitest';
import { createWorld } from '../support/world.ts';
import { recordingStore } from '../support/recordingStore.ts';

const fails = () => {
  throw new Error('out of order');
};

describe('The log says who has failed', () => {
  test('a status that changes: from, to and why', async () => {
    const world = createWorld();
    world.connection.connect();
    await world.settle();
    world.transport.last.report.error({ kind: 'network', code: 1006 });
    expect(world.log.filter((line) => line.startsWith('debug'))).toEqual([
      'debug connection-machine: idle → fetchingToken ',
      'debug connection-machine: fetchingToken → connecting ',
      'debug connection-machine: connecting → waiting {"kind":"network","code":1006}',
    ]);
  });

  test('nothing that leaves the status as it is', async () => {
    const world = createWorld();
    await world.connected();
    const before = world.log.length;
    world.transport.last.report.dbOpened();
    expect(world.connection.getSnapshot().database).toBe('opened');
    expect(world.log.length).toBe(before);
  });

  test('a listener, by its event', async () => {
    const world = createWorld();
    world.connection.on('connected', fails);
    world.connection.on('prompt', async () => fails());
    await world.connected();
    expect(world.problems).toEqual(["connection-machine: a listener of 'connected' failed Error: out of order"]);
  });

  test('an async listener, too', async () => {
    const world = createWorld();
    world.connection.on('connected', async () => fails());
    await world.connected();
    expect(world.problems).toEqual(["connection-machine: a listener of 'connected' failed Error: out of order"]);
  });

  test('each function of the token store', async () => {
    const world = createWorld({ tokenStore: { load: fails, save: fails, clear: fails } });
    await world.connected();
    await world.connection.disconnect({ logout: true });
    expect(world.problems).toEqual(
      ['load', 'save', 'clear'].map((name) => `connection-machine: tokenStore.${name} failed Error: out of order`),
    );
  });

  test('a token store that does not answer, with its limit', async () => {
    const world = createWorld({ tokenStore: { ...recordingStore(), load: () => new Promise(() => undefined) } });
    world.connection.connect();
    await world.clock.advance(2_000);
    expect(world.problems).toEqual(['connection-machine: tokenStore.load failed Error: no answer within 2000 ms']);
  });

  test('what was loaded from the token store and is none, by its name', async () => {
    const world = createWorld({ tokenStore: { ...recordingStore(), load: () => ({ token: 'good', expiresAt: NaN }) } });
    await world.connected();
    expect(world.problems).toEqual([
      'connection-machine: tokenStore.load failed ConnectionOptionError: tokenStore.load: expiresAt must be a finite number, epoch ms, received NaN',
    ]);
  });

  test('not a listener that returns something else than a promise', async () => {
    const world = createWorld();
    for (const returned of [5, 'text', null, {}]) world.connection.on('connected', () => returned);
    await world.connected();
    expect(world.problems).toEqual([]);
  });

  test('nor an inspector that is an object: it is told', async () => {
    const types: string[] = [];
    const world = createWorld({ inspect: { next: ({ type }) => void types.push(type) } });
    await world.connected();
    expect(types).toContain('@xstate.snapshot');
    expect(world.problems).toEqual([]);
  });

  test('an inspector', async () => {
    const world = createWorld({ inspect: fails });
    await world.connected();
    expect(new Set(world.problems)).toEqual(new Set(['connection-machine: inspect threw Error: out of order']));
  });

  test('a transport that fails to sign out', async () => {
    const world = createWorld();
    Object.assign(world.transport, { logout: fails });
    await world.connection.disconnect({ logout: true });
    expect(world.problems).toEqual(['connection-machine: the transport did not sign out as it should Error: out of order']);
  });

  test('what was kept by another version', () => {
    const world = createWorld({ restore: { version: 7 } as never });
    expect(world.log).toEqual(['warn connection-machine: restore: version 7 is not known here; starting afresh ']);
  });
});

describe('A promise says why it is not kept', () => {
  test('whenConnected() before connect()', async () => {
    const { connection } = createWorld();
    await expect(connection.whenConnected()).rejects.toEqual({ kind: 'unknown', code: 'idle', message: 'call connect() first' });
  });

  test('whenConnected() when it is told to stop', async () => {
    const { connection } = createWorld();
    connection.connect();
    const abort = new AbortController();
    const waiting = connection.whenConnected({ signal: abort.signal });
    abort.abort();
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError', message: 'whenConnected: aborted' });
  });
});

describe('What a transport says that cannot be used is said back', () => {
  test('a success without a user', async () => {
    const world = createWorld();
    world.connection.connect({ userWaiting: false });
    await world.settle();
    world.transport.last.report.success({ userId: '' });
    expect(world.connection.getSnapshot().failure).toEqual({ kind: 'unknown', message: 'success without a userId' });
  });
});
