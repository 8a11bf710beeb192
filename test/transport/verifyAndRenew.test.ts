import { failure, type OpenLink } from 'connection-machine';
import { describe, expect, it } from 'vitest';
import { worldIn } from '../support/worldIn.ts';
import { worldOver } from '../support/worldOver.ts';

const never = new Promise<never>(() => undefined);

describe('verify', () => {
  it('that resolves keeps the link, unseen', async () => {
    const world = await worldIn('connected', { transport: { verify: async () => undefined } });
    const before = world.connection.getSnapshot();
    world.signals.woke(60_000);
    await world.clock.advance(60_000);
    expect(world.connection.getSnapshot()).toBe(before);
    expect(world.transport.links).toHaveLength(1);
  });

  it.each([
    ['rejects', () => Promise.reject(new Error('no pong'))],
    ['rejects with nothing', () => Promise.reject()],
    [
      'throws at once',
      () => {
        throw new Error('socket is gone');
      },
    ],
  ] as const)('that %s has the link replaced: a network failure', async (_, verify) => {
    const world = await worldIn('connected', { transport: { verify } });
    world.signals.woke(60_000);
    await world.settle();
    expect(world.connection.getSnapshot()).toMatchObject({ status: 'waiting', failure: { kind: 'network' } });
    await world.clock.advance(500);
    expect([world.transport.links.length, world.transport.mostLive]).toEqual([2, 1]);
  });

  it('that hangs has the link replaced after verifyTimeLimit, and its signal aborted', async () => {
    const signals: AbortSignal[] = [];
    const world = await worldIn('connected', { transport: { verify: (signal) => (signals.push(signal), never) } });
    world.signals.woke(60_000);
    await world.clock.advance(3_999);
    expect([world.status, signals[0]?.aborted]).toEqual(['connected', false]);
    await world.clock.advance(1);
    expect([world.status, signals[0]?.aborted]).toEqual(['waiting', true]);
  });

  it('is asked once at a time, however often the platform worries', async () => {
    let asked = 0;
    const world = await worldIn('connected', { transport: { verify: () => (asked++, never) } });
    world.signals.woke(60_000);
    world.signals.woke(60_000);
    world.signals.network(false);
    world.signals.network(true);
    await world.clock.advance(1_000);
    expect(asked).toBe(1);
  });

  it('that answers after the link has gone is not heard', async () => {
    let resolve: () => void = () => undefined;
    const world = await worldIn('connected', { transport: { verify: () => new Promise((yes) => (resolve = yes)) } });
    world.signals.woke(60_000);
    await world.settle();
    await world.connection.disconnect();
    resolve();
    await world.settle();
    expect([world.status, world.clock.pending]).toEqual(['idle', 0]);
  });

  it.each([5, 'yes', {}])('that is no function (%j) is as good as none: the link is replaced', async (verify) => {
    let opened = 0;
    const world = worldOver(
      { open: (_, report) => (opened++, report.success({ userId: 'alice' }), { close: () => undefined, verify } as unknown as OpenLink) },
      { signals: { subscribe: (report) => (setImmediate(() => report.woke(60_000)), () => undefined) } },
    );
    await world.connect();
    await world.clock.advance(1_000);
    expect(opened).toBe(2);
    expect(world.status).toBe('connected');
  });

  it('and renew are called with the link as this', async () => {
    const selves: unknown[] = [];
    class SdkLink {
      close() {}
      async verify() {
        selves.push(this);
      }
      async renew() {
        selves.push(this);
      }
    }
    const mine = new SdkLink();
    let woke: (ms: number) => void = () => undefined;
    const world = worldOver(
      { open: (_, report) => (report.success({ userId: 'alice' }), mine) },
      { signals: { subscribe: (report) => ((woke = report.woke), () => undefined) } },
    );
    await world.connect();
    woke(60_000);
    world.connection.setToken('pushed');
    await world.settle();
    expect(selves).toEqual([mine, mine]);
    expect(world.status).toBe('connected');
  });
});

describe('renew', () => {
  it('is given the new token as a secret', async () => {
    const given: string[] = [];
    const world = await worldIn('connected', {
      transport: { renew: async (token) => void given.push(`${token} ${JSON.stringify(token)} ${token.reveal()}`) },
    });
    world.connection.setToken('pushed');
    await world.settle();
    expect(given).toEqual(['[secret] "[secret]" pushed']);
  });

  it.each([
    [
      'throws at once',
      () => {
        throw new Error('not now');
      },
    ],
    ['rejects', () => Promise.reject(failure({ kind: 'network' }))],
  ] as const)('that %s has a new link opened with the new token', async (_, renew) => {
    const world = await worldIn('connected', { transport: { renew } });
    world.connection.setToken('pushed');
    await world.settle();
    expect(world.transport.links.map(({ token }) => token)).toEqual(['token-1', 'pushed']);
    expect(world.transport.mostLive).toBe(1);
  });

  it('that hangs has a new link opened after attemptTimeLimit', async () => {
    const world = await worldIn('connected', { transport: { renew: () => never } });
    world.connection.setToken('pushed');
    await world.clock.advance(9_999);
    expect(world.transport.links).toHaveLength(1);
    await world.clock.advance(1);
    expect(world.transport.links.map(({ token }) => token)).toEqual(['token-1', 'pushed']);
  });

  it('that is refused drops the token for good: it is not sent on a new link either', async () => {
    const world = await worldIn('connected', { transport: { renew: () => Promise.reject(failure({ kind: 'tokenIncorrect' })) } });
    world.connection.setToken('pushed');
    await world.settle();
    expect(world.requests.map(({ reason }) => reason)).toEqual(['initial', 'incorrect']);
    expect(world.transport.links.map(({ token }) => token)).toEqual(['token-1', 'token-2']);
  });
});
