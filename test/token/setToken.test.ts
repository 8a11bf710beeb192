import { failure } from 'connection-machine';
import { describe, expect, it } from 'vitest';
import { createWorld } from '../support/world.ts';
import { worldIn } from '../support/worldIn.ts';

const tokens = ({ transport }: ReturnType<typeof createWorld>) => transport.links.map(({ token }) => token);

describe('a pushed token', () => {
  it('while idle is used by connect(), without a request', async () => {
    const world = createWorld();
    world.connection.setToken('pushed');
    await world.connected();
    expect(tokens(world)).toEqual(['pushed']);
    expect([world.requests.length, world.names]).toEqual([0, ['connected']]);
  });

  it('while idle takes the place of the token that was kept', async () => {
    const world = createWorld({ token: 'kept' });
    world.connection.setToken('pushed');
    await world.connected();
    expect(tokens(world)).toEqual(['pushed']);
  });

  it('while a token is being fetched is faster: the request is aborted and its answer ignored', async () => {
    let answer: (token: string) => void = () => undefined;
    const world = createWorld({ fetchToken: () => new Promise((resolve) => (answer = resolve)) });
    world.connection.connect();
    await world.settle();
    world.connection.setToken('pushed');
    answer('fetched');
    await world.settle();
    expect(world.requests[0]?.signal.aborted).toBe(true);
    expect(tokens(world)).toEqual(['pushed']);
  });

  it('while connecting leaves the link alone; once in, it is handed over in band', async () => {
    const renewed: string[] = [];
    const world = await worldIn('connecting', { transport: { renew: async (token) => void renewed.push(token.reveal()) } });
    world.connection.setToken('pushed');
    await world.settle();
    expect([tokens(world), renewed]).toEqual([['token-1'], []]);
    world.transport.last.report.success({ userId: 'alice' });
    await world.settle();
    expect([tokens(world), renewed]).toEqual([['token-1'], ['pushed']]);
    expect(world.status).toBe('connected');
  });

  it("while connecting is the one to try when the link's own is refused, without a request", async () => {
    const world = await worldIn('connecting');
    world.connection.setToken('pushed');
    world.transport.last.report.error(failure({ kind: 'tokenIncorrect' }));
    await world.settle();
    expect(tokens(world)).toEqual(['token-1', 'pushed']);
    expect(world.requests).toHaveLength(1);
  });

  it('while connected is handed to the live link', async () => {
    const renewed: string[] = [];
    const world = await worldIn('connected', { transport: { renew: async (token) => void renewed.push(token.reveal()) } });
    world.connection.setToken('pushed');
    expect(world.events.at(-1)).toEqual({ name: 'tokenRenewed', event: { reason: 'pushed' } });
    await world.settle();
    expect([renewed, tokens(world), world.status]).toEqual([['pushed'], ['token-1'], 'connected']);
  });

  it('while connected makes a new link where the live one cannot take it, after the old one is closed', async () => {
    const world = await worldIn('connected', { transport: { slowClose: true } });
    world.connection.setToken('pushed');
    await world.settle();
    expect([tokens(world), world.status]).toEqual([['token-1'], 'connecting']);
    world.transport.last.settleClose();
    await world.settle();
    expect([tokens(world), world.transport.mostLive]).toEqual([['token-1', 'pushed'], 1]);
    world.transport.last.report.success({ userId: 'alice' });
    await world.settle();
    expect(world.names).toEqual(['connected', 'tokenRenewed', 'connected']);
  });

  it('that is followed by another before the link has taken it gives way to the newest', async () => {
    const renewed: string[] = [];
    let done: () => void = () => undefined;
    const world = await worldIn('connected', {
      transport: { renew: (token) => new Promise((resolve) => (renewed.push(token.reveal()), (done = resolve))) },
    });
    world.connection.setToken('second');
    await world.settle();
    world.connection.setToken('third');
    await world.settle();
    expect(renewed).toEqual(['second']);
    done();
    await world.settle();
    expect(renewed).toEqual(['second', 'third']);
    done();
    await world.clock.advance(60_000);
    expect(renewed).toEqual(['second', 'third']);
    expect(tokens(world)).toEqual(['token-1']);
  });

  it('while the SDK recovers is handed over when it is back', async () => {
    const renewed: string[] = [];
    const world = await worldIn('recovering', { transport: { renew: async (token) => void renewed.push(token.reveal()) } });
    world.connection.setToken('pushed');
    await world.settle();
    expect(renewed).toEqual([]);
    world.transport.last.report.success({ userId: 'alice' });
    await world.settle();
    expect(renewed).toEqual(['pushed']);
    expect(tokens(world)).toEqual(['token-1']);
  });

  it.each(['waiting', 'offline', 'prompting', 'kicked', 'failed'] as const)(
    'while %s changes nothing yet; the next link uses it',
    async (status) => {
      const world = await worldIn(status);
      const before = world.connection.getSnapshot();
      const links = tokens(world).length;
      world.connection.setToken('pushed');
      await world.settle();
      expect(world.connection.getSnapshot()).toBe(before);
      expect(tokens(world)).toHaveLength(links);
      if (status === 'offline') world.signals.network(true);
      else if (status === 'waiting') await world.clock.advance(500);
      else world.connection.connect();
      await world.clock.advance(500);
      expect(tokens(world).slice(links)).toEqual(['pushed']);
    },
  );

  it('while closing is for the next login', async () => {
    const world = await worldIn('closing');
    world.connection.setToken('pushed');
    world.transport.last.settleClose();
    await world.settle();
    expect(world.status).toBe('idle');
    await world.connected();
    expect(tokens(world)).toEqual(['token-1', 'pushed']);
  });

  it('with its end is renewed before, as a fetched one is', async () => {
    const world = await worldIn('connected', { transport: { renew: async () => undefined } });
    world.connection.setToken({ token: 'pushed', expiresAt: world.clock.now() + 3_600_000 });
    await world.clock.advance(3_600_000);
    expect(world.requests.map(({ reason }) => reason)).toEqual(['initial', 'expiring']);
  });

  it('that is the one we have changes nothing', async () => {
    const world = await worldIn('connected');
    const before = world.connection.getSnapshot();
    world.connection.setToken('token-1');
    await world.settle();
    expect(world.connection.getSnapshot()).toBe(before);
    expect([tokens(world), world.names]).toEqual([['token-1'], ['connected']]);
  });

  it('that is the one we have, but with a known end, is renewed before that', async () => {
    const world = await worldIn('connected', { transport: { renew: async () => undefined } });
    world.connection.setToken({ token: 'token-1', expiresAt: world.clock.now() + 3_600_000 });
    await world.clock.advance(3_600_000);
    expect(world.requests.map(({ reason }) => reason)).toEqual(['initial', 'expiring']);
  });

  it.each(['fetchingToken', 'waiting', 'connected'] as const)('that was refused before is ignored while %s', async (status) => {
    const fetched = ['bad', 'good'];
    const never = new Promise<never>(() => undefined);
    const world = createWorld({
      fetchToken: () => (status === 'fetchingToken' && fetched.length === 1 ? never : (fetched.shift() ?? never)),
    });
    world.connection.connect({ userWaiting: false });
    await world.settle();
    world.transport.last.report.error(failure({ kind: 'tokenIncorrect' }));
    await world.settle();
    if (status === 'waiting') world.transport.last.report.error(failure({ kind: 'network' }));
    if (status === 'connected') world.transport.last.report.success({ userId: 'alice' });
    await world.settle();
    expect(world.status).toBe(status);
    const before = world.connection.getSnapshot();
    world.connection.setToken('bad');
    await world.settle();
    expect(world.connection.getSnapshot()).toBe(before);
    expect(tokens(world).filter((token) => token === 'bad')).toHaveLength(1);
  });

  it('that is no token throws, names itself, and leaves everything as it is', async () => {
    const world = await worldIn('connected');
    const before = world.connection.getSnapshot();
    for (const bad of ['', 5, null, undefined, {}, { token: 'x', expiresAt: NaN }, 'x'.repeat(200_000)]) {
      expect(() => world.connection.setToken(bad as string)).toThrow(/^setToken: (token|expiresAt) must be/);
    }
    await world.settle();
    expect(world.connection.getSnapshot()).toBe(before);
    expect(tokens(world)).toEqual(['token-1']);
  });

  it('whose end has passed by this clock is sent all the same: the clock may be wrong, and the server judges', async () => {
    const world = createWorld();
    world.connection.setToken({ token: 'pushed', expiresAt: world.clock.now() - 1 });
    await world.connected();
    expect(tokens(world)).toEqual(['pushed']);
  });
});
