import { failure, type TokenAnswer } from 'connection-machine';
import { describe, expect, it } from 'vitest';
import { createWorld } from '../support/world.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** A token server whose tokens live for `life` ms, and a connected user. `next` answers the renewals. */
async function connectedFor(
  life: number,
  { renew, next }: { renew?: (token: string) => Promise<void>; next?: (attempt: number) => TokenAnswer | Promise<TokenAnswer> } = {},
) {
  const renewed: string[] = [];
  let count = 0;
  const world = createWorld({
    fetchToken: ({ reason, attempt }) =>
      reason === 'expiring' && next ? next(attempt) : { token: `token-${++count}`, expiresAt: world.clock.now() + life },
    transport: renew
      ? {
          renew(token) {
            renewed.push(token.reveal());
            return renew(token.reveal());
          },
        }
      : {},
  });
  await world.connected();
  const reasons = () => world.requests.map(({ reason }) => reason);
  return Object.assign(world, { renewed, reasons });
}

const inBand = { renew: async () => undefined };

describe('a token that nears its end on a live link', () => {
  it('is renewed before, at most a fifth earlier than renewBefore says', async () => {
    const { clock, reasons } = await connectedFor(hour, inBand);
    await clock.advance(hour - 72_001);
    expect(reasons()).toEqual(['initial']);
    await clock.advance(12_001);
    expect(reasons()).toEqual(['initial', 'expiring']);
  });

  it('is handed over in band where the link can: nobody notices', async () => {
    const world = await connectedFor(hour, inBand);
    const before = world.connection.getSnapshot();
    let changes = 0;
    world.connection.on('change', () => void changes++);
    await world.clock.advance(hour);
    expect(world.renewed).toEqual(['token-2']);
    expect(world.transport.links).toHaveLength(1);
    expect(changes).toBe(0);
    expect(world.connection.getSnapshot()).toBe(before);
  });

  it('waits for its moment no longer than its link lives: nothing is left after disconnect()', async () => {
    const { connection, clock } = await connectedFor(hour, inBand);
    await clock.advance(minute); // the link is stable, and only the renewal waits
    expect(clock.pending).toBe(1);
    await connection.disconnect();
    expect(clock.pending).toBe(0);
  });

  it('is replaced at once by a token that the app pushes', async () => {
    const { connection, clock, renewed, reasons } = await connectedFor(hour, inBand);
    connection.setToken({ token: 'pushed', expiresAt: clock.now() + hour });
    await clock.advance(0);
    expect(renewed).toEqual(['pushed']);
    expect(reasons()).toEqual(['initial']);
  });

  it('is announced with its reason', async () => {
    const world = await connectedFor(hour, inBand);
    await world.clock.advance(hour);
    expect(world.events).toEqual([
      { name: 'connected', event: { userId: 'alice' } },
      { name: 'tokenRenewed', event: { reason: 'expiring' } },
    ]);
  });

  it('is replaced by a new link where the link cannot: the old one is closed first, and nothing has failed', async () => {
    const world = await connectedFor(hour);
    await world.clock.advance(hour - minute);
    expect(world.transport.links.map(({ token }) => token)).toEqual(['token-1', 'token-2']);
    expect(world.transport.mostLive).toBe(1);
    expect(world.connection.getSnapshot()).toEqual({ status: 'connecting', database: 'closed', userId: 'alice', attempt: 0 });
    world.transport.last.report.success({ userId: 'alice' });
    await world.settle();
    expect(world.names).toEqual(['connected', 'tokenRenewed', 'connected']);
  });

  it('is renewed again and again, once for each life', async () => {
    const world = await connectedFor(hour, inBand);
    await world.clock.advance(24 * hour);
    expect(world.requests.length).toBeGreaterThanOrEqual(24);
    expect(world.requests.length).toBeLessThanOrEqual(26);
    expect(world.transport.links).toHaveLength(1);
  });

  it('that lives shortly is renewed at about three quarters of its life', async () => {
    const { clock, reasons } = await connectedFor(40_000, inBand);
    await clock.advance(27_999);
    expect(reasons()).toHaveLength(1);
    await clock.advance(2_001);
    expect(reasons()).toEqual(['initial', 'expiring']);
  });

  it.each([1, 10, 1_000, 4_000])('that lives only %d ms does not make a loop: one request in five seconds at the most', async (life) => {
    const world = await connectedFor(life, inBand);
    await world.clock.advance(10 * minute);
    expect(world.requests.length).toBeLessThanOrEqual(1 + 120);
    expect(world.status).toBe('connected');
  });

  it.each([1, 1_000])('that lives only %d ms does not make a loop of links either', async (life) => {
    const world = await connectedFor(life);
    world.transport.options.onOpen = ({ report }) => report.success({ userId: 'alice' });
    await world.clock.advance(10 * minute);
    expect(world.transport.links.length).toBeLessThanOrEqual(1 + 120);
  });

  it.each([25 * day, 60 * day, 365 * day])('%d ms away, farther than a timer can reach, is not renewed at once', async (life) => {
    const world = await connectedFor(life, inBand);
    await world.clock.advance(hour);
    expect(world.reasons()).toEqual(['initial']);
    expect(world.clock.pending).toBe(1);
    await world.clock.advance(life - hour - 2 * minute);
    expect(world.reasons()).toEqual(['initial']);
    await world.clock.advance(2 * minute);
    expect(world.reasons()).toEqual(['initial', 'expiring']);
  });

  it('is not renewed while there is no link', async () => {
    const world = await connectedFor(hour, inBand);
    await world.connection.disconnect();
    await world.clock.advance(2 * hour);
    expect(world.reasons()).toEqual(['initial']);
    expect(world.clock.pending).toBe(0);
  });

  it('is renewed after sleep at once, when the moment has passed meanwhile', async () => {
    const world = await connectedFor(hour, inBand);
    world.transport.options.verify = async () => undefined;
    await world.connection.disconnect();
    await world.connected();
    await world.clock.advance(minute);
    world.clock.jump(58 * minute);
    world.signals.woke(58 * minute);
    await world.settle();
    expect(world.reasons()).toEqual(['initial', 'expiring']);
    expect(world.status).toBe('connected');
  });
});

describe('a renewal that fails', () => {
  const fails = (thrown: unknown) => ({
    ...inBand,
    next: () => {
      throw thrown;
    },
  });

  it.each([
    ['an error', new Error('HTTP 500')],
    ['a server that is busy', failure({ kind: 'server' })],
    ['no network', failure({ kind: 'network' })],
    ['a senseless refusal', failure({ kind: 'tokenIncorrect' })],
    ['a configuration that is wrong', failure({ kind: 'configuration' })],
  ])('with %s keeps the link, and is tried again with pauses', async (_, thrown) => {
    const world = await connectedFor(hour, fails(thrown));
    const before = world.connection.getSnapshot();
    await world.clock.advance(hour);
    expect(world.connection.getSnapshot()).toBe(before);
    expect(world.transport.links).toHaveLength(1);
    const requests = world.requests.length;
    expect(requests).toBeGreaterThan(2);
    expect(requests).toBeLessThan(30);
    expect(world.names).toEqual(['connected']);
  });

  it('is told how often it has failed', async () => {
    const attempts: number[] = [];
    const world = await connectedFor(hour, {
      ...inBand,
      next(attempt) {
        attempts.push(attempt);
        throw new Error('HTTP 500');
      },
    });
    await world.clock.advance(hour);
    expect(attempts.slice(0, 4)).toEqual([0, 1, 2, 3]);
  });

  it('comes right in the end, and the next one begins to count anew', async () => {
    const world = await connectedFor(hour, {
      ...inBand,
      next: (attempt) => {
        if (attempt < 2) throw new Error('HTTP 500');
        return { token: 'at last', expiresAt: world.clock.now() + hour };
      },
    });
    await world.clock.advance(hour);
    expect(world.renewed).toEqual(['at last']);
    expect(world.requests.map(({ attempt }) => attempt)).toEqual([0, 0, 1, 2]);
  });

  it('as forbidden is the end of the login: failed, and the link is closed', async () => {
    const world = await connectedFor(hour, fails(failure({ kind: 'forbidden', code: 401 })));
    await world.clock.advance(2 * hour);
    expect(world.connection.getSnapshot()).toMatchObject({ status: 'failed', failure: { kind: 'forbidden', code: 401 } });
    expect(world.transport.live).toBe(0);
    expect(world.reasons()).toEqual(['initial', 'expiring']);
    expect(world.names).toEqual(['connected', 'failed']);
  });

  it('by hanging is aborted after tokenTimeLimit, and tried again', async () => {
    const world = await connectedFor(hour, { ...inBand, next: () => new Promise(() => undefined) });
    await world.clock.advance(hour - minute);
    expect(world.requests[1]?.signal.aborted).toBe(false);
    await world.clock.advance(20_000);
    expect(world.requests[1]?.signal.aborted).toBe(true);
    expect(world.requests.length).toBeGreaterThan(2);
    expect(world.status).toBe('connected');
  });

  it.each(['', {}, null, { token: 'x', expiresAt: NaN }])('with the bad answer %j keeps the link', async (answer) => {
    const world = await connectedFor(hour, { ...inBand, next: () => answer as string });
    await world.clock.advance(hour);
    expect(world.status).toBe('connected');
    expect(world.transport.links).toHaveLength(1);
  });

  it('is aborted when the link goes', async () => {
    const world = await connectedFor(hour, { ...inBand, next: () => new Promise(() => undefined) });
    await world.clock.advance(hour - minute);
    expect(world.reasons()).toEqual(['initial', 'expiring']);
    world.transport.last.report.error(failure({ kind: 'network' }));
    await world.settle();
    expect(world.requests[1]?.signal.aborted).toBe(true);
  });

  it('with the same token, now with a later end, sends nothing and plans anew', async () => {
    const world = await connectedFor(hour, { ...inBand, next: () => ({ token: 'token-1', expiresAt: world.clock.now() + hour }) });
    await world.clock.advance(3 * hour);
    expect(world.renewed).toEqual([]);
    expect(world.names).toEqual(['connected']);
    expect(world.requests.length).toBeLessThanOrEqual(5);
  });

  it('with the same token and the same end asks a few times more, not for ever', async () => {
    const end = 1_700_000_000_000 + hour;
    const world = await connectedFor(hour, { ...inBand, next: () => ({ token: 'token-1', expiresAt: end }) });
    await world.clock.advance(12 * hour);
    expect(world.status).toBe('connected');
    expect(world.requests.length).toBeLessThan(30);
  });
});

describe('a renewal in band that fails', () => {
  it('because the server refuses the token is an ordinary refusal: dropped, counted, asked anew', async () => {
    const world = await connectedFor(hour, { renew: () => Promise.reject(failure({ kind: 'tokenIncorrect', code: 31004 })) });
    await world.clock.advance(hour - minute);
    expect(world.reasons()).toEqual(['initial', 'expiring', 'incorrect']);
    expect(world.transport.links.map(({ token }) => token)).toEqual(['token-1', 'token-3']);
    expect(world.connection.getSnapshot()).toMatchObject({ failure: { kind: 'tokenIncorrect', code: 31004 } });
  });

  it.each([
    ['rejects', () => Promise.reject(new Error('socket is gone'))],
    [
      'throws at once',
      () => {
        throw new Error('not now');
      },
    ],
    ['rejects with nothing', () => Promise.reject()],
  ])('because it %s opens a new link with the new token', async (_, renew) => {
    const world = await connectedFor(hour, { renew });
    await world.clock.advance(hour - minute);
    expect(world.transport.links.map(({ token }) => token)).toEqual(['token-1', 'token-2']);
    expect(world.transport.mostLive).toBe(1);
  });

  it('because it hangs opens a new link after attemptTimeLimit', async () => {
    const world = await connectedFor(hour, { renew: () => new Promise(() => undefined) });
    await world.clock.advance(hour - minute);
    expect(world.renewed).toEqual(['token-2']);
    await world.clock.advance(10_000);
    expect(world.transport.links.map(({ token }) => token)).toEqual(['token-1', 'token-2']);
  });

  it('because the user is kicked or blocked ends like that: no other device is fought', async () => {
    for (const [kind, status] of [
      ['kicked', 'kicked'],
      ['blocked', 'failed'],
      ['forbidden', 'failed'],
    ] as const) {
      const world = await connectedFor(hour, { renew: () => Promise.reject(failure({ kind })) });
      await world.clock.advance(2 * hour);
      expect(world.connection.getSnapshot(), kind).toMatchObject({ status, failure: { kind } });
      expect(world.transport.links).toHaveLength(1);
    }
  });

  it('after the link has gone is not heard', async () => {
    let reject: (reason: unknown) => void = () => undefined;
    const world = await connectedFor(hour, { renew: () => new Promise((_, no) => (reject = no)) });
    await world.clock.advance(hour - minute);
    await world.connection.disconnect();
    reject(failure({ kind: 'tokenIncorrect' }));
    await world.settle();
    expect(world.connection.getSnapshot()).toEqual({ status: 'idle', database: 'closed', attempt: 0 });
    expect(world.clock.pending).toBe(0);
  });
});
