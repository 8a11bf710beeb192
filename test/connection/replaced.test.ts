import { describe, expect, test } from 'vitest';
import { createWorld } from '../support/world.ts';
import { statuses, worldIn } from '../support/worldIn.ts';

describe('Why a link was given up is in the snapshot', () => {
  test('it slept, and could not be asked for a sign of life', async () => {
    const world = await worldIn('connected');
    world.signals.woke(60_000);
    expect(world.connection.getSnapshot()).toMatchObject({ status: 'waiting', failure: { kind: 'network', code: 'verifyTimeLimit' } });
  });

  test('its SDK was reconnecting, and slept', async () => {
    const world = await worldIn('recovering');
    world.signals.woke(60_000);
    expect(world.connection.getSnapshot()).toMatchObject({ status: 'waiting', failure: { kind: 'network', code: 'recoveryTimeLimit' } });
  });

  test('its SDK was reconnecting, and a person who began to wait has waited long enough', async () => {
    const world = await worldIn('recovering');
    world.connection.connect();
    await world.clock.advance(4_999);
    expect(world.status).toBe('recovering');
    await world.clock.advance(1);
    expect(world.connection.getSnapshot()).toMatchObject({ status: 'prompting', failure: { kind: 'timeout', code: 'timeLimit' } });
  });
});

describe('Who waits, and for how long', () => {
  test('retry() after a prompt begins with small waits again', async () => {
    const world = createWorld({ policy: { timeLimit: 60_000 } });
    world.transport.options.onOpen = ({ report }) => report.error({ kind: 'network' });
    world.connection.connect();
    await world.clock.advance(60_000);
    expect(world.status).toBe('prompting');
    expect(world.connection.getSnapshot().attempt).toBeGreaterThan(4);
    world.connection.retry();
    await world.settle();
    const { status, attempt, retryAt } = world.connection.getSnapshot();
    expect({ status, attempt, wait: retryAt! - world.clock.now() }).toEqual({ status: 'waiting', attempt: 1, wait: 250 });
  });

  test('a person who connects again after a kick has the whole limit', async () => {
    const world = createWorld();
    world.connection.connect();
    await world.clock.advance(3_000);
    world.transport.last.report.error({ kind: 'kicked' });
    world.connection.connect();
    await world.clock.advance(4_999);
    expect(world.status).toBe('connecting');
    await world.clock.advance(1);
    expect(world.status).toBe('prompting');
  });

  test('a person who connects again after a failure has the whole limit', async () => {
    const world = createWorld();
    world.connection.connect();
    await world.clock.advance(3_000);
    world.transport.last.report.error({ kind: 'blocked' });
    world.connection.connect();
    await world.clock.advance(4_999);
    expect(world.status).toBe('connecting');
    await world.clock.advance(1);
    expect(world.status).toBe('prompting');
  });

  test('a person who left and came back in one breath has the whole limit', async () => {
    const world = createWorld();
    world.connection.connect();
    await world.clock.advance(3_000);
    void world.connection.disconnect();
    world.connection.connect();
    await world.clock.advance(4_999);
    expect(world.status).toBe('connecting');
    await world.clock.advance(1);
    expect(world.status).toBe('prompting');
  });
});

describe('A hurry is granted once a wait', () => {
  const long = { backoffMin: 60_000, backoffMax: 60_000 };

  test('the person who comes back shortens the wait, and coming back again does not', async () => {
    const dice = [0.9, 0.5, 0.1];
    const world = createWorld({ policy: long, random: () => dice.shift() ?? 0 });
    world.connection.connect({ userWaiting: false });
    await world.settle();
    world.transport.last.report.error({ kind: 'network' });
    const wait = () => world.connection.getSnapshot().retryAt! - world.clock.now();
    expect(wait()).toBe(54_000);
    world.signals.app(true);
    expect(wait()).toBe(30_000);
    world.signals.app(true);
    world.signals.woke(60_000);
    expect(wait()).toBe(30_000);
  });

  test('the next wait may be shortened again', async () => {
    const dice = [0.9, 0.5, 0.9, 0.1];
    const world = createWorld({ policy: long, random: () => dice.shift() ?? 0 });
    world.connection.connect({ userWaiting: false });
    await world.settle();
    world.transport.last.report.error({ kind: 'network' });
    world.signals.app(true);
    await world.clock.advance(30_000);
    world.transport.last.report.error({ kind: 'network' });
    const wait = () => world.connection.getSnapshot().retryAt! - world.clock.now();
    expect(wait()).toBe(54_000);
    world.signals.woke(60_000);
    expect(wait()).toBe(6_000);
  });
});

describe('After a short connection', () => {
  test('only the wait right behind it is drawn from the upper half', async () => {
    let isFirst = true;
    const world = createWorld({
      random: () => 0,
      fetchToken() {
        if (!isFirst) throw new Error('out of order');
        isFirst = false;
        return { token: 'short-lived', expiresAt: 1_700_000_000_000 + 3_000 };
      },
    });
    await world.connected();
    await world.clock.advance(3_001);
    world.transport.last.report.error({ kind: 'network' });
    const wait = () => world.connection.getSnapshot().retryAt! - world.clock.now();
    expect(wait()).toBe(250);
    await world.clock.advance(250);
    expect(world.requests.at(-1)!.reason).toBe('expired');
    // dice that say 0 mean no wait where nothing was dropped
    expect(world.connection.getSnapshot().attempt).toBeGreaterThan(2);
  });
});

describe('The hint of a server', () => {
  test('is heeded also when it comes with a refused token', async () => {
    const world = createWorld();
    world.connection.connect({ userWaiting: false });
    await world.settle();
    world.transport.last.report.error({ kind: 'tokenIncorrect', retryAfter: 5_000 });
    await world.settle();
    expect(world.status).toBe('waiting');
    expect(world.requests).toHaveLength(1);
    await world.clock.advance(4_999);
    expect(world.requests).toHaveLength(1);
    await world.clock.advance(251);
    expect(world.requests).toHaveLength(2);
  });
});

describe('After a reload that interrupts a wait', () => {
  test('the person who comes back shortens it, as before', async () => {
    const before = createWorld({ policy: { backoffMin: 60_000, backoffMax: 60_000 }, random: () => 0.9 });
    before.connection.connect({ userWaiting: false });
    await before.settle();
    before.transport.last.report.error({ kind: 'network' });
    const world = createWorld({ restore: before.connection.persist() });
    const wait = () => world.connection.getSnapshot().retryAt! - world.clock.now();
    expect(wait()).toBe(54_000);
    world.signals.app(true);
    expect(wait()).toBe(250);
  });
});

describe('What is kept over a reload', () => {
  for (const status of statuses) {
    const kept = ['waiting', 'kicked', 'failed'].includes(status) ? status : 'idle';
    test(`${status} is kept as ${kept}`, async () => {
      const { connection } = await worldIn(status);
      expect(connection.persist().status).toBe(kept);
    });
  }
});

describe('retryAt', () => {
  test('is gone as soon as the wait is over, also while a token is fetched', async () => {
    let isFirst = true;
    const world = createWorld({
      fetchToken() {
        if (!isFirst) return new Promise(() => undefined);
        isFirst = false;
        throw new Error('out of order');
      },
    });
    world.connection.connect({ userWaiting: false });
    await world.settle();
    expect(world.connection.getSnapshot()).toMatchObject({ status: 'waiting', retryAt: world.clock.now() + 250 });
    await world.clock.advance(250);
    expect(world.status).toBe('fetchingToken');
    expect(world.connection.getSnapshot()).not.toHaveProperty('retryAt');
  });
});

describe('After a reload that interrupts a wait, a kick or a failure', () => {
  for (const status of ['waiting', 'kicked', 'failed'] as const) {
    test(`${status}: the platform is listened to once, and not after disconnect()`, async () => {
      const before = await worldIn(status);
      const world = createWorld({ restore: before.connection.persist() });
      expect(world.status).toBe(status);
      expect(world.signals.listeners).toBe(1);
      world.connection.connect();
      await world.settle();
      expect(world.signals.listeners).toBe(1);
      await world.connection.disconnect();
      expect(world.signals.listeners).toBe(0);
    });
  }
});
