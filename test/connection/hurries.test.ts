import { describe, expect, test } from 'vitest';
import { createWorld } from '../support/world.ts';

describe('A network that flickers', () => {
  /** ms from "online again" to the next attempt, when the network was gone for so long. */
  async function waitAfter(world: ReturnType<typeof createWorld>, offlineFor: number): Promise<number> {
    world.signals.network(false);
    await world.clock.advance(offlineFor);
    world.signals.network(true);
    await world.settle();
    return world.connection.getSnapshot().retryAt! - world.clock.now();
  }

  test('makes each next wait longer, until it has been quiet for as long as a connection must last', async () => {
    const world = createWorld();
    world.connection.connect({ userWaiting: false });
    await world.settle();
    const waits: number[] = [];
    for (const offlineFor of [100, 100, 9_999, 10_000, 100]) waits.push(await waitAfter(world, offlineFor));
    expect(waits).toEqual([250, 500, 1_000, 250, 500]);
  });

  test('is quick again after a stable connection', async () => {
    const world = createWorld();
    world.connection.connect({ userWaiting: false });
    await world.settle();
    for (const wait of [250, 500, 1_000]) expect(await waitAfter(world, 100)).toBe(wait);
    await world.clock.advance(1_000);
    world.transport.last.report.success({ userId: 'alice' });
    await world.clock.advance(10_000);
    expect(await waitAfter(world, 100)).toBe(250);
  });
});

describe('A wait that is hurried', () => {
  test('by somebody who comes back is as long as the flickering before has made it', async () => {
    const world = createWorld();
    world.connection.connect({ userWaiting: false });
    await world.settle();
    for (let flicker = 0; flicker < 2; flicker++) {
      world.signals.network(false);
      world.signals.network(true);
    }
    // five failures: the next wait would be 4 s
    for (let failures = 0; failures < 5; failures++) {
      await world.clock.advance(world.connection.getSnapshot().retryAt! - world.clock.now());
      world.transport.last.report.error({ kind: 'network' });
    }
    const wait = () => world.connection.getSnapshot().retryAt! - world.clock.now();
    expect(wait()).toBe(4_000);
    world.signals.app(true);
    expect(wait()).toBe(1_000);
  });

  test('is hurried once: a storm of signals does not shorten it to nothing', async () => {
    const world = createWorld({ policy: { backoffMin: 8_000 } });
    world.connection.connect({ userWaiting: false });
    await world.settle();
    world.transport.last.report.error({ kind: 'network' });
    const end = () => world.connection.getSnapshot().retryAt! - world.clock.now();
    expect(end()).toBe(4_000);
    world.signals.app(true);
    expect(end()).toBe(4_000);
    await world.clock.advance(1_000);
    world.signals.woke(60_000);
    world.signals.app(true);
    expect(end()).toBe(3_000);
  });

  test('whose moment has passed while the machine slept begins anew, however often it was hurried', async () => {
    const world = createWorld();
    world.connection.connect({ userWaiting: false });
    await world.settle();
    world.transport.last.report.error({ kind: 'network' });
    world.signals.app(true);
    world.clock.jump(60_000);
    world.signals.woke(60_000);
    await world.settle();
    expect(world.status).not.toBe('waiting');
  });
});

describe('A link that cannot take a new token', () => {
  test('is opened anew at once, three times; an app that pushes a token at each `connected` then waits', async () => {
    const world = createWorld();
    await world.connected();
    const statuses: string[] = [];
    for (let count = 1; count <= 5; count++) {
      world.connection.setToken(`pushed-${count}`);
      await world.settle();
      statuses.push(world.status);
      if (world.status === 'waiting') break;
      world.transport.last.report.success({ userId: 'alice' });
      await world.settle();
    }
    expect(statuses).toEqual(['connecting', 'connecting', 'connecting', 'waiting']);
    expect(world.connection.getSnapshot().attempt).toBe(1);
  });
});

describe('A token that was handed to a live link', () => {
  test('is refused together with the one before when the server refuses before it has answered', async () => {
    const answers = ['first', 'pushed', 'first', 'good'];
    const world = createWorld({ transport: { renew: () => new Promise(() => undefined) }, fetchToken: () => answers.shift()! });
    await world.connected();
    world.connection.setToken('pushed');
    world.transport.last.report.error({ kind: 'tokenIncorrect' });
    await world.settle();
    expect(world.transport.links.map(({ token }) => token)).toEqual(['first', 'good']);
    expect(world.requests.map(({ reason }) => reason)).toEqual(['initial', 'incorrect', 'incorrect', 'incorrect']);
  });
});

describe('A fresh start', () => {
  test('forgets the hint of the server, the failures and the renewals', async () => {
    const world = createWorld();
    world.connection.connect({ userWaiting: false });
    await world.settle();
    world.transport.last.report.error({ kind: 'tokenIncorrect' });
    await world.settle();
    world.transport.last.report.error({ kind: 'server', retryAfter: 60_000 });
    expect(world.connection.persist()).toMatchObject({ attempt: 2, renewals: 1, notBefore: world.clock.now() + 60_000 });
    await world.connection.disconnect();
    world.connection.connect({ userWaiting: false });
    await world.settle();
    expect(world.status).toBe('connecting');
    expect(world.connection.persist()).toMatchObject({ attempt: 0, renewals: 0 });
    expect(world.connection.persist()).not.toHaveProperty('notBefore');
  });

  test('after a kick forgets them, too', async () => {
    const world = createWorld();
    world.connection.connect({ userWaiting: false });
    await world.settle();
    world.transport.last.report.error({ kind: 'tokenIncorrect' });
    await world.settle();
    world.transport.last.report.error({ kind: 'kicked', retryAfter: 60_000 });
    world.connection.connect({ userWaiting: false });
    await world.settle();
    expect(world.status).toBe('connecting');
    expect(world.connection.persist()).toMatchObject({ attempt: 0, renewals: 0 });
  });
});
