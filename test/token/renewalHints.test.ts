import { failure, type TokenAnswer } from 'connection-machine';
import { describe, expect, test } from 'vitest';
import { recordingStore } from '../support/recordingStore.ts';
import { createWorld } from '../support/world.ts';

const minute = 60_000;
const start = 1_700_000_000_000;

/** Connected with a token of ten minutes; then the token server answers what `next` says. */
async function aboutToRenew(next: () => TokenAnswer | Promise<TokenAnswer>, options: Parameters<typeof createWorld>[0] = {}) {
  let isFirst = true;
  const world = createWorld({
    transport: { renew: async () => undefined },
    fetchToken: () => {
      if (!isFirst) return next();
      isFirst = false;
      return { token: 'first', expiresAt: start + 10 * minute };
    },
    ...options,
  });
  await world.connected();
  const renewals = () => world.requests.filter(({ reason }) => reason === 'expiring');
  while (renewals().length === 0) await world.clock.advance(1_000);
  return { ...world, renewals };
}

describe('A renewal beside a live link', () => {
  test("that fails heeds the server's hint, and then waits for at least half of the bound", async () => {
    const { clock, renewals } = await aboutToRenew(() => Promise.reject(failure({ kind: 'server', retryAfter: 2 * minute })));
    // 2 minutes, and the upper half of 1 s with dice that always say 0.5
    await clock.advance(2 * minute + 749);
    expect(renewals()).toHaveLength(1);
    await clock.advance(1);
    expect(renewals().map(({ attempt }) => attempt)).toEqual([0, 1]);
  });

  test('that goes on failing waits longer each time', async () => {
    const { clock, renewals } = await aboutToRenew(() => Promise.reject(new Error('out of order')));
    const waits = [750, 1_500, 3_000, 6_000];
    for (const [index, wait] of waits.entries()) {
      await clock.advance(wait - 1);
      expect(renewals(), `before wait ${index + 1} is over`).toHaveLength(index + 1);
      await clock.advance(1);
      expect(renewals()).toHaveLength(index + 2);
    }
  });

  test('that hangs is given up, and tried again without a hint', async () => {
    const { clock, renewals } = await aboutToRenew(() => new Promise(() => undefined));
    await clock.advance(10_000 + 749);
    expect(renewals()).toHaveLength(1);
    await clock.advance(1);
    expect(renewals()).toHaveLength(2);
    expect(renewals()[0]!.signal.aborted).toBe(true);
  });

  test('that brings the same token with a later end has renewed it: kept, stored, not handed over', async () => {
    const tokenStore = recordingStore();
    const saved: TokenAnswer[] = [];
    const handed: unknown[] = [];
    const { clock, renewals, names } = await aboutToRenew(() => ({ token: 'first', expiresAt: start + 60 * minute }), {
      tokenStore: { ...tokenStore, save: (token) => void saved.push(token) },
      transport: { renew: async (token) => void handed.push(token) },
    });
    expect(saved).toEqual([
      { token: 'first', expiresAt: start + 10 * minute },
      { token: 'first', expiresAt: start + 60 * minute },
    ]);
    expect(handed).toEqual([]);
    await clock.advance(40 * minute);
    expect(renewals()).toHaveLength(1);
    // a minute before the new end, and a tenth of a minute more
    await clock.advance(10 * minute);
    expect(renewals()).toHaveLength(2);
    expect(names).toEqual(['connected']);
  });

  test('whose token the live link refuses has had it refused: it is never sent again, not even by the token server', async () => {
    const { clock, transport, connection } = await aboutToRenew(() => 'second', {
      transport: { renew: () => Promise.reject(failure({ kind: 'tokenIncorrect' })) },
    });
    await clock.advance(0);
    connection.setToken('second');
    await clock.advance(minute);
    expect(transport.links.map(({ token }) => token)).not.toContain('second');
  });
});

describe('A token that a live link was handed', () => {
  const handing = async (renew: () => Promise<void>, fetchToken?: () => string | Promise<string>) => {
    const world = createWorld({ token: 'first', transport: { renew }, ...(fetchToken && { fetchToken }) });
    await world.connected();
    world.connection.setToken('second');
    await world.settle();
    return world;
  };

  test('and that was refused takes the one before it with it only when the server has refused that one, too', async () => {
    const world = await handing(
      () => Promise.reject(failure({ kind: 'tokenIncorrect' })),
      () => 'first',
    );
    expect(world.transport.links.map(({ token }) => token)).toEqual(['first', 'first']);
  });

  test('and that did not arrive in time is tried with a new link, at once: nothing was refused', async () => {
    for (const kind of ['timeout', 'network', 'unknown'] as const) {
      const world = await handing(() => Promise.reject(failure({ kind })));
      expect(
        world.transport.links.map(({ token }) => token),
        kind,
      ).toEqual(['first', 'second']);
      expect(world.connection.getSnapshot()).toMatchObject({ status: 'connecting', attempt: 0 });
    }
  });
});

describe('The end of a token', () => {
  for (const late of [0, 1])
    test(`that has come ${late} ms before its link is up is no reason to renew it: the server has let it in`, async () => {
      const world = createWorld({ fetchToken: () => ({ token: 'short-lived', expiresAt: start + 3_000 }) });
      world.connection.connect({ userWaiting: false });
      await world.clock.advance(3_000 + late);
      world.transport.last.report.success({ userId: 'alice' });
      await world.clock.advance(10 * minute);
      expect(world.status).toBe('connected');
      expect(world.requests).toHaveLength(1);
    });

  test('that comes in this very moment is not believed: the token was just issued, and is used', async () => {
    const world = createWorld({ fetchToken: () => ({ token: 'just-issued', expiresAt: start }) });
    await world.connected();
    expect(world.transport.last.request.token.expiresAt).toBeUndefined();
    expect(world.status).toBe('connected');
  });
});
