import { describe, expect, test } from 'vitest';
import { createWorld } from '../support/world.ts';
import { worldIn } from '../support/worldIn.ts';

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
