import { failure } from 'connection-machine';
import { describe, expect, it } from 'vitest';
import { createWorld } from '../support/world.ts';
import { worldIn } from '../support/worldIn.ts';

describe('what a transport is asked', () => {
  it('has a timeLimit while a person waits: what is left of their limit', async () => {
    let answer: (token: string) => void = () => undefined;
    const world = createWorld({ fetchToken: () => new Promise((resolve) => (answer = resolve)) });
    world.connection.connect();
    await world.clock.advance(2_000);
    answer('token');
    await world.settle();
    expect(world.transport.last.request.timeLimit).toBe(3_000);
  });

  it('has a smaller one with each attempt', async () => {
    const world = await worldIn('waiting');
    await world.clock.advance(1_000);
    const [first, second] = world.transport.links.map(({ request }) => request.timeLimit);
    expect(first).toBe(5_000);
    expect(second).toBe(5_000 - 250);
  });

  it('has none when nobody waits', async () => {
    const world = createWorld();
    world.connection.connect({ userWaiting: false });
    await world.settle();
    expect(world.transport.last.request).not.toHaveProperty('timeLimit');
  });

  it('has none any more after the first connected', async () => {
    const world = await worldIn('connected');
    world.transport.last.report.error(failure({ kind: 'network' }));
    await world.clock.advance(500);
    expect(world.transport.links).toHaveLength(2);
    expect(world.transport.last.request).not.toHaveProperty('timeLimit');
  });

  it('has a full one after retry()', async () => {
    const world = await worldIn('prompting');
    await world.clock.advance(60_000);
    world.connection.retry();
    await world.settle();
    expect(world.transport.last.request.timeLimit).toBe(5_000);
  });

  it.each([
    ['disconnect()', (world: Awaited<ReturnType<typeof worldIn>>) => void world.connection.disconnect()],
    ['an error', (world: Awaited<ReturnType<typeof worldIn>>) => world.transport.last.report.error(failure({ kind: 'network' }))],
    ['going offline', (world: Awaited<ReturnType<typeof worldIn>>) => world.signals.network(false)],
    ["the person's limit", (world: Awaited<ReturnType<typeof worldIn>>) => world.clock.advance(5_000)],
  ])('has a signal that is aborted by %s, before close()', async (_, end) => {
    const world = await worldIn('connecting');
    const [first] = world.transport.links;
    expect(first?.request.signal.aborted).toBe(false);
    await end(world);
    await world.settle();
    expect(first?.request.signal.aborted).toBe(true);
    expect(first?.state).toBe('closed');
  });

  it('has a signal of its own for each link', async () => {
    const world = await worldIn('waiting');
    await world.clock.advance(500);
    const [first, second] = world.transport.links.map(({ request }) => request.signal.aborted);
    expect([first, second]).toEqual([true, false]);
  });

  it('has the number of the login, which changes with each disconnect() only', async () => {
    const world = await worldIn('connected');
    world.transport.last.report.error(failure({ kind: 'tokenIncorrect' }));
    await world.settle();
    world.transport.last.report.error(failure({ kind: 'kicked' }));
    await world.settle();
    world.connection.connect();
    await world.settle();
    await world.connection.disconnect();
    world.connection.connect();
    await world.settle();
    const logins = world.transport.links.map(({ request }) => request.login);
    expect(logins).toHaveLength(4);
    expect(new Set(logins.slice(0, 3)).size).toBe(1);
    expect(logins[3]).not.toBe(logins[0]);
  });
});
