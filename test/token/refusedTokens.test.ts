import { failure } from 'connection-machine';
import { describe, expect, it } from 'vitest';
import { createWorld } from '../support/world.ts';

describe('a refused token', () => {
  it('is followed by a new one, on a new link, at once', async () => {
    const world = createWorld();
    world.connection.connect();
    await world.settle();
    world.transport.last.report.error(failure({ kind: 'tokenIncorrect', code: 31004 }));
    await world.settle();
    expect(world.clock.elapsed).toBe(0);
    expect(world.transport.links.map(({ token }) => token)).toEqual(['token-1', 'token-2']);
    expect(world.connection.getSnapshot()).toMatchObject({
      status: 'connecting',
      failure: { kind: 'tokenIncorrect', code: 31004 },
      attempt: 1,
    });
  });

  it('is never sent again, though the token server insists on it: at the cap it is failed', async () => {
    const world = createWorld({ fetchToken: () => 'always the same' });
    world.connection.connect();
    await world.settle();
    world.transport.last.report.error(failure({ kind: 'tokenIncorrect', code: 31004 }));
    await world.clock.advance(3_600_000);
    expect(world.transport.links).toHaveLength(1);
    expect(world.connection.getSnapshot()).toMatchObject({
      status: 'failed',
      failure: { kind: 'tokenIncorrect', message: expect.stringContaining('refused before') },
    });
    // one at the start, three renewals
    expect(world.requests).toHaveLength(4);
    expect(world.names).toEqual(['failed']);
  });

  it('is not sent again after connect() from failed either', async () => {
    const world = createWorld({ fetchToken: () => 'always the same' });
    world.connection.connect();
    await world.settle();
    world.transport.last.report.error(failure({ kind: 'tokenIncorrect' }));
    await world.settle();
    world.connection.connect();
    await world.clock.advance(60_000);
    expect(world.transport.links).toHaveLength(1);
    expect(world.status).toBe('failed');
  });

  it('is not sent again when somebody pushes it', async () => {
    const world = createWorld();
    world.connection.connect();
    await world.settle();
    world.transport.last.report.error(failure({ kind: 'tokenIncorrect' }));
    await world.settle();
    const before = world.connection.getSnapshot();
    world.connection.setToken('token-1');
    world.transport.last.report.success({ userId: 'alice' });
    world.connection.setToken('token-1');
    await world.settle();
    expect(before.status).toBe('connecting');
    expect(world.transport.links.map(({ token }) => token)).toEqual(['token-1', 'token-2']);
    expect(world.names).toEqual(['tokenRenewed', 'connected']);
  });

  it('three times in a row is renewed three times, then it is failed', async () => {
    const world = createWorld();
    world.connection.connect({ userWaiting: false });
    await world.settle();
    for (let refusal = 1; refusal <= 3; refusal++) {
      world.transport.last.report.error(failure({ kind: 'tokenIncorrect' }));
      await world.settle();
      expect(world.status).toBe('connecting');
    }
    world.transport.last.report.error(failure({ kind: 'tokenIncorrect', code: 31004 }));
    await world.settle();
    expect(world.events.at(-1)).toEqual({ name: 'failed', event: { failure: { kind: 'tokenIncorrect', code: 31004 } } });
    expect(world.transport.links.map(({ token }) => token)).toEqual(['token-1', 'token-2', 'token-3', 'token-4']);
  });

  it('after a connection that was not stable still counts', async () => {
    const world = createWorld();
    world.connection.connect();
    await world.settle();
    for (let refusal = 1; refusal <= 4; refusal++) {
      world.transport.last.report.success({ userId: 'alice' });
      await world.clock.advance(9_000);
      world.transport.last.report.error(failure({ kind: 'tokenExpired' }));
      await world.settle();
    }
    expect(world.status).toBe('failed');
  });

  it('after a stable connection begins a new count', async () => {
    const world = createWorld();
    world.connection.connect();
    await world.settle();
    for (let refusal = 1; refusal <= 10; refusal++) {
      world.transport.last.report.success({ userId: 'alice' });
      await world.clock.advance(10_000);
      world.transport.last.report.error(failure({ kind: 'tokenExpired' }));
      await world.settle();
    }
    expect(world.status).toBe('connecting');
    expect(world.transport.links).toHaveLength(11);
  });

  it('uses up the hourly budget all the same, which comes back with time', async () => {
    const world = createWorld({ policy: { maxTokenRenewalsPerHour: 5 } });
    world.connection.connect();
    await world.settle();
    const refuse = async () => {
      world.transport.last.report.success({ userId: 'alice' });
      await world.clock.advance(60_000);
      world.transport.last.report.error(failure({ kind: 'tokenExpired' }));
      await world.settle();
    };
    for (let refusal = 1; refusal <= 5; refusal++) await refuse();
    expect(world.status).toBe('connecting');
    await refuse();
    expect(world.status).toBe('failed');
    // connect() starts clean, but an hour is an hour
    await world.connected();
    await refuse();
    expect(world.status).toBe('failed');
    await world.clock.advance(3_600_000);
    await world.connected();
    await refuse();
    expect(world.status).toBe('connecting');
  });

  it('is counted as a failed attempt, so that what comes next waits longer', async () => {
    const world = createWorld();
    world.connection.connect();
    await world.settle();
    world.transport.last.report.error(failure({ kind: 'tokenIncorrect' }));
    await world.settle();
    world.transport.last.report.error(failure({ kind: 'network' }));
    await world.settle();
    // half of 500 ms · 2¹
    expect(world.connection.getSnapshot()).toMatchObject({ attempt: 2, retryAt: world.clock.now() + 500 });
  });
});
