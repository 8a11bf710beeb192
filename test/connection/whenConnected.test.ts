import { getEventListeners } from 'node:events';
import { failure } from 'connection-machine';
import { describe, expect, it } from 'vitest';
import { createWorld } from '../support/world.ts';
import { statuses, worldIn } from '../support/worldIn.ts';

/** Follows a promise without waiting for it. */
function follow(promise: Promise<{ userId: string }>) {
  const seen: { state: 'pending' | 'resolved' | 'rejected'; value: unknown } = { state: 'pending', value: undefined };
  promise.then(
    (value) => Object.assign(seen, { state: 'resolved', value }),
    (reason: unknown) => Object.assign(seen, { state: 'rejected', value: reason }),
  );
  return seen;
}

describe('whenConnected', () => {
  it('resolves at once, with the user, when connected', async () => {
    const { connection } = await worldIn('connected');
    await expect(connection.whenConnected()).resolves.toEqual({ userId: 'alice' });
  });

  it('resolves for everybody who asked on the way', async () => {
    const world = createWorld();
    world.connection.connect();
    const first = follow(world.connection.whenConnected());
    await world.settle();
    const second = follow(world.connection.whenConnected());
    expect([first.state, second.state]).toEqual(['pending', 'pending']);
    world.transport.last.report.success({ userId: 'alice' });
    await world.settle();
    expect([first, second]).toEqual([
      { state: 'resolved', value: { userId: 'alice' } },
      { state: 'resolved', value: { userId: 'alice' } },
    ]);
  });

  const onTheWay = statuses.filter((status) => !['idle', 'connected', 'kicked', 'failed'].includes(status));
  it.each(onTheWay)('stays pending while %s', async (status) => {
    const world = await worldIn(status);
    const waiting = follow(world.connection.whenConnected());
    await world.settle();
    expect(waiting.state).toBe('pending');
  });

  it.each(['kicked', 'failed'] as const)('rejects at once with the very failure in the snapshot when %s', async (status) => {
    const { connection } = await worldIn(status);
    const waiting = follow(connection.whenConnected());
    await undefined;
    await undefined;
    expect(waiting.state).toBe('rejected');
    expect(waiting.value).toBe(connection.getSnapshot().failure);
  });

  it('rejects with the failure when the attempt ends in failed', async () => {
    const world = await worldIn('connecting');
    const waiting = follow(world.connection.whenConnected());
    world.transport.last.report.error(failure({ kind: 'configuration', code: 31002, message: 'wrong app key' }));
    await world.settle();
    expect(waiting).toEqual({ state: 'rejected', value: { kind: 'configuration', code: 31002, message: 'wrong app key' } });
  });

  it('rejects with the failure when another device takes over', async () => {
    const world = await worldIn('recovering');
    const waiting = follow(world.connection.whenConnected());
    world.transport.last.report.error(failure({ kind: 'kicked', code: 31010 }));
    await world.settle();
    expect(waiting).toEqual({ state: 'rejected', value: { kind: 'kicked', code: 31010 } });
  });

  it('rejects with a failure that says so when nobody has called connect()', async () => {
    const { connection } = createWorld();
    await expect(connection.whenConnected()).rejects.toMatchObject({
      kind: 'unknown',
      code: 'idle',
      message: expect.stringContaining('connect()'),
    });
  });

  it('rejects when disconnect() makes it hopeless', async () => {
    const world = await worldIn('connecting');
    const waiting = follow(world.connection.whenConnected());
    await world.connection.disconnect();
    await world.settle();
    expect(waiting).toMatchObject({ state: 'rejected', value: { kind: 'unknown', code: 'idle' } });
  });

  it('stays pending while closing, and rejects once idle', async () => {
    const world = await worldIn('closing');
    const waiting = follow(world.connection.whenConnected());
    await world.settle();
    expect(waiting.state).toBe('pending');
    world.transport.last.settleClose();
    await world.settle();
    expect(waiting).toMatchObject({ state: 'rejected', value: { code: 'idle' } });
  });

  it('outlives a prompt that is answered with retry()', async () => {
    const world = await worldIn('connecting');
    const waiting = follow(world.connection.whenConnected());
    await world.clock.advance(5_000);
    expect([world.status, waiting.state]).toEqual(['prompting', 'pending']);
    world.connection.retry();
    await world.settle();
    world.transport.last.report.success({ userId: 'alice' });
    await world.settle();
    expect(waiting).toEqual({ state: 'resolved', value: { userId: 'alice' } });
  });

  it('rejects with the timeout when the prompt is answered with cancel()', async () => {
    const world = await worldIn('prompting');
    const waiting = follow(world.connection.whenConnected());
    world.connection.cancel();
    await world.settle();
    expect(waiting).toMatchObject({ state: 'rejected', value: { kind: 'timeout', code: 'timeLimit' } });
  });

  it('is not settled twice: what happens later changes nothing', async () => {
    const world = await worldIn('connecting');
    const waiting = follow(world.connection.whenConnected());
    world.transport.last.report.success({ userId: 'alice' });
    await world.settle();
    world.transport.last.report.error(failure({ kind: 'kicked' }));
    await world.settle();
    expect(waiting).toEqual({ state: 'resolved', value: { userId: 'alice' } });
  });

  it('rejects with an AbortError when its signal is aborted, and the connection goes on', async () => {
    const world = await worldIn('connecting');
    const abort = new AbortController();
    const waiting = follow(world.connection.whenConnected({ signal: abort.signal }));
    abort.abort();
    await world.settle();
    expect(waiting).toMatchObject({ state: 'rejected', value: { name: 'AbortError' } });
    expect(waiting.value).toBeInstanceOf(Error);
    expect(world.status).toBe('connecting');
  });

  it('rejects with an AbortError when its signal was aborted before, connected or not', async () => {
    for (const status of ['connecting', 'connected', 'idle'] as const) {
      const { connection } = await worldIn(status);
      await expect(connection.whenConnected({ signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' });
    }
  });

  it('leaves no listener on the signal, however it ends', async () => {
    const { signal } = new AbortController();
    const world = await worldIn('connecting');
    const { connection, transport, settle } = world;
    const listeners = () => getEventListeners(signal, 'abort').length;

    const resolving = connection.whenConnected({ signal });
    expect(listeners()).toBe(1);
    transport.last.report.success({ userId: 'alice' });
    await resolving;
    expect(listeners()).toBe(0);

    await connection.whenConnected({ signal });
    expect(listeners()).toBe(0);

    transport.last.report.interrupted();
    await settle();
    const rejecting = follow(connection.whenConnected({ signal }));
    expect(listeners()).toBe(1);
    transport.last.report.error(failure({ kind: 'kicked' }));
    await settle();
    expect(rejecting.state).toBe('rejected');
    expect(listeners()).toBe(0);
  });

  it('leaves no listener on the signal when that is what ended it', async () => {
    const abort = new AbortController();
    const { connection } = await worldIn('connecting');
    const waiting = connection.whenConnected({ signal: abort.signal });
    abort.abort();
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
    expect(getEventListeners(abort.signal, 'abort')).toEqual([]);
  });
});
