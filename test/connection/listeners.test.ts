import { ConnectionOptionError, failure } from 'connection-machine';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createWorld } from '../support/world.ts';
import { worldIn } from '../support/worldIn.ts';

const unhandled: unknown[] = [];
const notice = (problem: unknown) => void unhandled.push(problem);

beforeEach(() => {
  unhandled.length = 0;
  process.on('unhandledRejection', notice);
});
afterEach(() => {
  process.off('unhandledRejection', notice);
  expect(unhandled).toEqual([]);
});

describe('listeners', () => {
  it('hear nothing more once they are stopped', async () => {
    const world = createWorld();
    let subscribed = 0;
    let connected = 0;
    const stopSubscription = world.connection.subscribe(() => void subscribed++);
    const stopConnected = world.connection.on('connected', () => void connected++);
    await world.connected();
    expect([subscribed, connected]).toEqual([3, 1]);
    stopSubscription();
    stopConnected();
    await world.connection.disconnect();
    await world.connected();
    expect([subscribed, connected]).toEqual([3, 1]);
  });

  it('may be stopped twice, without stopping anybody else', async () => {
    const world = createWorld();
    let heard = 0;
    const listener = () => void heard++;
    const stop = world.connection.on('connected', listener);
    world.connection.on('connected', listener);
    stop();
    stop();
    await world.connected();
    expect(heard).toBe(1);
  });

  it('registered twice are called twice, and stopped one by one', async () => {
    const world = createWorld();
    let heard = 0;
    const listener = () => void heard++;
    const stops = [world.connection.subscribe(listener), world.connection.subscribe(listener)];
    world.connection.connect();
    expect(heard).toBe(2);
    stops[1]?.();
    await world.settle();
    expect(world.status).toBe('connecting');
    expect(heard).toBe(3);
    stops[0]?.();
    await world.connection.disconnect();
    expect(heard).toBe(3);
  });

  it('are called in the order in which they came', async () => {
    const world = createWorld();
    const order: number[] = [];
    for (const number of [1, 2, 3]) world.connection.on('connected', () => void order.push(number));
    await world.connected();
    expect(order).toEqual([1, 2, 3]);
  });

  it('that throw are logged and harm nobody', async () => {
    const world = createWorld();
    const heard: string[] = [];
    world.connection.subscribe(() => {
      throw new Error('in subscribe');
    });
    world.connection.on('connected', () => {
      throw new Error('in connected');
    });
    world.connection.subscribe(({ status }) => void heard.push(status));
    world.connection.on('connected', () => void heard.push('event'));
    await world.connected();
    expect(heard).toEqual(['fetchingToken', 'connecting', 'connected', 'event']);
    expect(world.status).toBe('connected');
    expect(world.problems).toHaveLength(4);
    expect(world.problems.at(-1)).toContain('in connected');
  });

  it('that reject are logged and leave no unhandled rejection', async () => {
    const world = createWorld();
    world.connection.on('connected', async () => {
      await undefined;
      throw new Error('too late');
    });
    await world.connected();
    expect(world.status).toBe('connected');
    expect(world.problems).toEqual([expect.stringContaining('too late')]);
  });

  it.each([
    ['a number', 5],
    [
      'an object whose then throws',
      Object.defineProperty({}, 'then', {
        get: () => {
          throw new Error('no');
        },
      }),
    ],
    ['an object whose catch is no function', { catch: 'me' }],
    ['null', null],
  ])('may return %s', async (_, returned) => {
    const world = createWorld();
    let heard = 0;
    world.connection.on('connected', () => returned as unknown as undefined);
    world.connection.on('connected', () => void heard++);
    await world.connected();
    expect(world.status).toBe('connected');
    expect(heard).toBe(1);
  });

  it('may stop themselves while they are called, and the next one is still told', async () => {
    const world = createWorld();
    const heard: string[] = [];
    const stop = world.connection.on('connected', () => {
      heard.push('once');
      stop();
    });
    world.connection.on('connected', () => void heard.push('always'));
    await world.connected();
    world.transport.last.report.interrupted();
    world.transport.last.report.success({ userId: 'alice' });
    await world.settle();
    expect(heard).toEqual(['once', 'always', 'always']);
  });

  it('that come while others are called hear only what happens next', async () => {
    const world = createWorld();
    let late = 0;
    const stop = world.connection.on('connected', () => {
      stop();
      world.connection.on('connected', () => void late++);
    });
    await world.connected();
    expect(late).toBe(0);
    world.transport.last.report.interrupted();
    world.transport.last.report.success({ userId: 'alice' });
    await world.settle();
    expect(late).toBe(1);
  });

  it.each(['connected', 'change', 'kicked'] as const)('need a function: on(%j, 5) is a bad argument', (name) => {
    const { connection } = createWorld();
    expect(() => connection.on(name, 5 as never)).toThrow(ConnectionOptionError);
    expect(() => connection.subscribe(undefined as never)).toThrow(ConnectionOptionError);
  });

  it.each(['conected', '', 'toString', 'snapshot', undefined, null, 5, Symbol('connected')])(
    'cannot listen to %s, which is no event',
    (name) => {
      const { connection } = createWorld();
      expect(() => connection.on(name as never, () => undefined)).toThrow(ConnectionOptionError);
    },
  );
});

describe('calls from within a listener', () => {
  it('disconnect() inside connected, awaited, ends in idle with the link closed', async () => {
    const world = createWorld();
    const order: string[] = [];
    world.connection.on('connected', async () => {
      await world.connection.disconnect();
      order.push(`done while ${world.status}, ${world.transport.live} links`);
    });
    world.connection.on('connected', () => void order.push(`second while ${world.status}`));
    await world.connected();
    expect(order).toEqual(['second while connected', 'done while idle, 0 links']);
    expect(world.names).toEqual(['connected', 'disconnected']);
    expect(world.problems).toEqual([]);
  });

  it('disconnect() inside connected waits for a close that takes its time', async () => {
    const world = createWorld({ transport: { slowClose: true } });
    let isDone = false;
    world.connection.on('connected', async () => {
      await world.connection.disconnect();
      isDone = true;
    });
    await world.connected();
    expect([world.status, isDone]).toEqual(['closing', false]);
    world.transport.last.settleClose();
    await world.settle();
    expect([world.status, isDone]).toEqual(['idle', true]);
  });

  it('connect() inside disconnected connects again, on one link at a time', async () => {
    const world = createWorld();
    const stop = world.connection.on('disconnected', () => {
      stop();
      world.connection.connect();
    });
    await world.connected();
    await world.connection.disconnect();
    await world.settle();
    expect(world.status).toBe('connecting');
    expect([world.transport.links.length, world.transport.mostLive]).toEqual([2, 1]);
  });

  it("connect() inside kicked takes the other device's place, once for each kick", async () => {
    const world = createWorld();
    world.connection.on('kicked', () => world.connection.connect());
    await world.connected();
    world.transport.last.report.error(failure({ kind: 'kicked' }));
    await world.settle();
    expect(world.status).toBe('connecting');
    expect(world.transport.links).toHaveLength(2);
  });

  it('retry() inside prompt tries again', async () => {
    const world = await worldIn('connecting');
    world.connection.on('prompt', () => world.connection.retry());
    await world.clock.advance(5_000);
    expect(world.status).toBe('connecting');
    expect(world.transport.links).toHaveLength(2);
  });

  it('cancel() inside prompt ends in idle', async () => {
    const world = await worldIn('connecting');
    world.connection.on('prompt', () => world.connection.cancel());
    await world.clock.advance(5_000);
    expect(world.status).toBe('idle');
    expect(world.clock.pending).toBe(0);
  });

  it('setToken() inside failed is what the next connect() uses', async () => {
    const world = await worldIn('connecting');
    world.connection.on('failed', () => world.connection.setToken('pushed'));
    world.transport.last.report.error(failure({ kind: 'blocked' }));
    await world.settle();
    world.connection.connect();
    await world.settle();
    expect(world.transport.last.token).toBe('pushed');
  });

  it('every listener is told of one event before anybody is told of the next, whatever the first one does', async () => {
    const world = createWorld();
    const heard: string[] = [];
    world.connection.subscribe(({ status }) => {
      heard.push(`first ${status}`);
      if (status === 'connected') void world.connection.disconnect();
    });
    world.connection.subscribe(({ status }) => void heard.push(`second ${status}`));
    await world.connected();
    expect(heard).toEqual([
      'first fetchingToken',
      'second fetchingToken',
      'first connecting',
      'second connecting',
      'first connected',
      'second connected',
      'first closing',
      'second closing',
      'first idle',
      'second idle',
    ]);
  });
});
