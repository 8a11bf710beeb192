import { describe, expect, test } from 'vitest';
import { goodMood, type TransportMood } from './support/wildTransport.ts';
import { wildWorld, type WildWorld } from './support/wildWorld.ts';

const minute = 60_000;
const seeds = [1, 2, 3, 4, 5, 6, 7, 8];
const figures: Record<string, number | string> = {};

/** Lets time pass in small steps and plays something in each. */
async function every(world: WildWorld, ms: number, total: number, play: (n: number) => void): Promise<void> {
  for (let n = 0; n < total / ms; n++) {
    play(n);
    await world.clock.advance(ms);
  }
}

/** A server that accepts each link and drops it after a while. */
function dropAfter(world: WildWorld, ms: number): void {
  world.connection.on('connected', () => {
    const link = world.transport.links.at(-1)!;
    world.clock.setTimeout(() => link.report.error({ kind: 'network', code: 1006 }), ms);
  });
}

const most = (counts: readonly number[]) => Math.max(...counts);

describe('Figures, counted', () => {
  test('a server that refuses every token: at most 4 token requests before failed', async () => {
    const world = wildWorld({ transport: { ...goodMood, greet: { kind: 'tokenIncorrect', code: 31004 } } });
    world.connection.connect();
    await world.clock.advance(10 * minute);
    expect(world.status).toBe('failed');
    expect(world.provider.requests.length).toBeLessThanOrEqual(4);
    figures['token requests, every token refused'] = world.provider.requests.length;
  });

  test('a hung token request is given up after 10 s, and tried again', async () => {
    const world = wildWorld({ provider: 'hangs' });
    world.connection.connect({ userWaiting: false });
    await world.clock.advance(9_999);
    expect(world.provider.requests.map(({ signal }) => signal.aborted)).toEqual([false]);
    await world.clock.advance(1);
    expect(world.provider.requests[0]!.signal.aborted).toBe(true);
    await world.clock.advance(500);
    expect(world.provider.requests).toHaveLength(2);
  });

  test('a provider that fails once: connected, with nobody lifting a finger', async () => {
    const slowest: number[] = [];
    for (const seed of seeds) {
      const world = wildWorld({ seed, provider: 'throws' });
      world.connection.connect();
      await world.settle();
      world.provider.mood = 'new';
      await world.clock.advance(world.policy.backoffMin);
      expect(world.status).toBe('connected');
      expect(world.named('prompt')).toEqual([]);
      slowest.push(world.named('connected')[0]!.at);
    }
    figures['ms to connected after one failed token request, at most'] = most(slowest);
  });

  test('a hung token server while a person waits: a prompt after exactly 5 s', async () => {
    const world = wildWorld({ provider: 'hangs' });
    world.connection.connect();
    await world.clock.advance(4_999);
    expect(world.named('prompt')).toEqual([]);
    await world.clock.advance(1);
    expect(world.named('prompt').map(({ at }) => at)).toEqual([5_000]);
    expect(world.provider.requests[0]!.signal.aborted).toBe(true);
  });

  test('a link accepted and dropped after 0.2 s, for ten minutes: at most 40 sockets and 1 token request', async () => {
    const sockets: number[] = [];
    for (let seed = 1; seed <= 24; seed++) {
      const world = wildWorld({ seed });
      dropAfter(world, 200);
      world.connection.connect({ userWaiting: seed % 2 === 0 });
      await world.clock.advance(10 * minute);
      sockets.push(world.transport.links.length);
      expect(world.provider.requests).toHaveLength(1);
    }
    figures['sockets in 10 min of flapping, at most'] = most(sockets);
    figures['sockets in 10 min of flapping, on average'] = sockets.reduce((a, b) => a + b) / sockets.length;
    expect(most(sockets)).toBeLessThanOrEqual(40);
  });

  test('the same, with an SDK that takes links back by itself and loses them again', async () => {
    const world = wildWorld();
    world.connection.on('connected', () => {
      const link = world.transport.links.at(-1)!;
      world.clock.setTimeout(() => link.report.interrupted(), 200);
      world.clock.setTimeout(() => link.report.success({ userId: 'alice' }), 400);
    });
    world.connection.connect();
    await world.clock.advance(10 * minute);
    expect([world.transport.links.length, world.provider.requests.length]).toEqual([1, 1]);
  });

  test('connect, disconnect, connect in any rhythm: one live link, none astray', async () => {
    let opened = 0;
    for (const pause of [undefined, 0, 1, 10, 200, 5_000]) {
      const world = wildWorld({ transport: { ...goodMood, close: 'slow' } });
      for (let n = 0; n < 50; n++) {
        world.connection.connect();
        if (pause !== undefined) await world.clock.advance(pause);
        void world.connection.disconnect();
        if (pause !== undefined && n % 2) await world.clock.advance(pause);
      }
      world.connection.connect();
      world.transport.mood.close = 'now';
      await world.clock.advance(world.policy.closeTimeLimit);
      world.transport.release('close', true);
      await world.settle();
      expect(world.status).toBe('connected');
      expect(world.transport.links.filter(({ state }) => state !== 'closed')).toHaveLength(1);
      expect(world.transport.violations).toEqual([]);
      opened = Math.max(opened, world.transport.links.length);
    }
    figures['links opened by 51 connects in the worst rhythm'] = opened;
  });

  const flickering: Record<string, [Partial<TransportMood>, number]> = {
    'a server that is well': [{ verify: 'absent' }, 200],
    'a server that is well, links that can be verified': [{}, 2],
    'a server that is down': [{ greet: { kind: 'network' } }, 200],
    'a server that does not answer': [{ greet: 'nothing' }, 200],
  };
  for (const [name, [mood, bound]] of Object.entries(flickering)) {
    test(`a network that comes and goes every 200 ms for ten minutes, ${name}: at most ${bound} attempts`, async () => {
      const attempts: number[] = [];
      for (const seed of seeds.slice(0, 3)) {
        const world = wildWorld({ seed, transport: { ...goodMood, ...mood } });
        world.connection.connect({ userWaiting: false });
        await every(world, 200, 10 * minute, (n) => world.signals.network(n % 2 === 0));
        attempts.push(world.transport.links.length);
        expect(world.provider.requests.length).toBeLessThanOrEqual(5);
      }
      figures[`attempts in 10 min of flickering, ${name}`] = most(attempts);
      expect(most(attempts)).toBeLessThanOrEqual(bound);
    });
  }

  const storms: Record<string, [(world: WildWorld) => void, Partial<TransportMood>, number, number]> = {
    'woke every 50 ms, a server that is down': [({ signals }) => signals.woke(60_000), { greet: { kind: 'network' } }, 50, 80],
    'woke every 50 ms, links that cannot be verified': [({ signals }) => signals.woke(60_000), { verify: 'absent' }, 50, 80],
    'woke every 50 ms, links that hang when asked': [({ signals }) => signals.woke(60_000), { verify: 'hangs' }, 50, 80],
    'woke every 50 ms, links that answer': [({ signals }) => signals.woke(60_000), {}, 50, 1],
    'in front every 200 ms, a server that is down': [({ signals }) => signals.app(true), { greet: { kind: 'server' } }, 200, 80],
  };
  for (const [name, [play, mood, ms, bound]] of Object.entries(storms)) {
    test(`ten minutes of ${name}: at most ${bound} attempts, and nobody is prompted`, async () => {
      const attempts: number[] = [];
      for (const seed of seeds.slice(0, 2)) {
        const world = wildWorld({ seed, transport: { ...goodMood, ...mood } });
        world.connection.connect({ userWaiting: false });
        await every(world, ms, 10 * minute, () => play(world));
        attempts.push(world.transport.links.length);
        expect(world.named('prompt')).toEqual([]);
        expect(world.provider.requests).toHaveLength(1);
      }
      figures[`attempts in 10 min of ${name}`] = most(attempts);
      expect(most(attempts)).toBeLessThanOrEqual(bound);
    });
  }

  test('report', () => {
    console.table(figures);
  });
});
