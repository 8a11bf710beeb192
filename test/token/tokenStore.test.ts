import { failure, type TokenAnswer, type TokenStore } from 'connection-machine';
import { describe, expect, it } from 'vitest';
import { recordingStore } from '../support/recordingStore.ts';
import { createWorld } from '../support/world.ts';
import { worldIn } from '../support/worldIn.ts';

const start = 1_700_000_000_000;
const never = new Promise<never>(() => undefined);
const fails = () => {
  throw new Error('quota exceeded');
};

describe('what is stored', () => {
  it('is loaded and used, without asking the token server', async () => {
    const tokenStore = recordingStore('stored');
    const world = createWorld({ tokenStore });
    await world.connected();
    expect(world.transport.last.token).toBe('stored');
    expect(world.requests).toEqual([]);
    expect(tokenStore.calls).toEqual(['load']);
  });

  it('may come later, from an async store', async () => {
    const world = createWorld({
      tokenStore: { ...recordingStore(), load: () => new Promise((resolve) => world.clock.setTimeout(() => resolve('stored'), 500)) },
    });
    world.connection.connect();
    await world.clock.advance(499);
    expect(world.status).toBe('fetchingToken');
    await world.clock.advance(1);
    expect(world.transport.last.token).toBe('stored');
  });

  it('is not loaded before connect(), nor when there is a token already', async () => {
    const tokenStore = recordingStore('stored');
    const world = createWorld({ token: 'given', tokenStore });
    await world.settle();
    expect(tokenStore.calls).toEqual([]);
    await world.connected();
    expect(tokenStore.calls).toEqual([]);
    expect(world.transport.last.token).toBe('given');
  });

  it('with its end is used with its end', async () => {
    const world = createWorld({ tokenStore: recordingStore({ token: 'stored', expiresAt: start + 60_000 }) });
    await world.connected();
    expect(world.transport.last.request.token.expiresAt).toBe(start + 60_000);
  });

  it.each([start, start - 1, 0])('and has passed its end is as good as nothing: expiresAt %d', async (expiresAt) => {
    const world = createWorld({ tokenStore: recordingStore({ token: 'stored', expiresAt }) });
    await world.connected();
    expect(world.transport.links.map(({ token }) => token)).toEqual(['token-1']);
    expect(world.requests).toMatchObject([{ reason: 'initial' }]);
  });

  it.each([undefined, null])('may be nothing: %s', async (nothing) => {
    const world = createWorld({ tokenStore: { ...recordingStore(), load: () => nothing } });
    await world.connected();
    expect(world.transport.last.token).toBe('token-1');
    expect(world.problems).toEqual([]);
  });

  it.each(['', 5, true, {}, [], { token: 5 }, { token: 'secret', expiresAt: 'soon' }, 'x'.repeat(200_000)])(
    'may be garbage, which is logged without being quoted: case %#',
    async (garbage) => {
      const world = createWorld({ tokenStore: { ...recordingStore(), load: () => garbage as TokenAnswer } });
      await world.connected();
      expect(world.transport.last.token).toBe('token-1');
      expect(world.problems).toEqual([expect.stringContaining('tokenStore.load failed')]);
      expect(world.problems.join()).not.toMatch(/secret|xxx/);
    },
  );
});

describe('a token store', () => {
  it('is given each new token: fetched, renewed and pushed, in the shortest form that load may return', async () => {
    const given: TokenAnswer[] = [];
    const answers: TokenAnswer[] = ['plain', { token: 'with an end', expiresAt: start + 3_600_000 }];
    const world = createWorld({
      tokenStore: { ...recordingStore(), save: (token) => void given.push(token) },
      fetchToken: () => answers.shift() ?? 'none',
    });
    world.connection.connect();
    await world.settle();
    world.transport.last.report.error(failure({ kind: 'tokenIncorrect' }));
    await world.settle();
    world.connection.setToken('pushed');
    world.connection.setToken({ token: 'pushed with an end', expiresAt: start + 3_600_000 });
    await world.settle();
    expect(given).toEqual([
      'plain',
      { token: 'with an end', expiresAt: start + 3_600_000 },
      'pushed',
      { token: 'pushed with an end', expiresAt: start + 3_600_000 },
    ]);
  });

  it('loses a refused token before it is given the next one', async () => {
    const tokenStore = recordingStore('stored');
    const world = createWorld({ tokenStore });
    world.connection.connect();
    await world.settle();
    world.transport.last.report.error(failure({ kind: 'tokenIncorrect' }));
    await world.settle();
    expect(tokenStore.calls.slice(-2)).toEqual(['clear', 'save token-1']);
    expect(tokenStore.kept).toBe('token-1');
  });

  it('keeps its token when the failure says nothing about tokens', async () => {
    const tokenStore = recordingStore('stored');
    for (const kind of ['network', 'server', 'timeout', 'unknown', 'kicked', 'blocked', 'configuration'] as const) {
      const world = createWorld({ tokenStore });
      world.connection.connect();
      await world.settle();
      world.transport.last.report.error(failure({ kind }));
      await world.settle();
      expect(tokenStore.kept, kind).toBe('stored');
    }
  });

  it.each(['forbidden', 'wrongUser'] as const)('loses its token with a failure of kind %s: the login is over', async (kind) => {
    const tokenStore = recordingStore('stored');
    const world = createWorld({ tokenStore });
    world.connection.connect();
    await world.settle();
    world.transport.last.report.error(failure({ kind }));
    await world.settle();
    expect(tokenStore.kept).toBeUndefined();
  });

  it('is called one call at a time, in order, however slow it is', async () => {
    const calls: string[] = [];
    let running = 0;
    const slowly = (name: string) => (token?: TokenAnswer) => {
      expect(++running).toBe(1);
      calls.push(`${name} ${String(token ?? '')}`.trim());
      return new Promise<undefined>((resolve) => world.clock.setTimeout(() => (running--, resolve(undefined)), 100));
    };
    const tokenStore: TokenStore = { load: slowly('load'), save: slowly('save'), clear: slowly('clear') };
    const world = createWorld({ tokenStore });
    world.connection.connect();
    await world.clock.advance(100);
    world.transport.last.report.error(failure({ kind: 'tokenIncorrect' }));
    await world.settle();
    world.connection.setToken('pushed');
    const done = world.connection.disconnect({ logout: true });
    await world.clock.advance(1_000);
    await done;
    expect(calls).toEqual(['load', 'save token-1', 'clear', 'save token-2', 'save pushed', 'clear']);
    expect(world.problems).toEqual([]);
  });

  it('keeps the newer token when the one before it is refused', async () => {
    const tokenStore = recordingStore();
    const world = await worldIn('connecting', { tokenStore });
    world.connection.setToken('pushed');
    world.transport.last.report.error(failure({ kind: 'tokenIncorrect' }));
    await world.settle();
    expect(world.transport.last.token).toBe('pushed');
    expect(tokenStore.kept).toBe('pushed');
  });

  it('is not given a token that was refused before', async () => {
    const tokenStore = recordingStore();
    const world = await worldIn('connecting', { tokenStore });
    world.transport.last.report.error(failure({ kind: 'tokenIncorrect' }));
    await world.settle();
    world.connection.setToken('token-1');
    await world.settle();
    expect(tokenStore.kept).toBe('token-2');
  });

  it('loses the refused token when the newer one is refused too', async () => {
    const tokenStore = recordingStore();
    const world = await worldIn('connecting', { tokenStore, fetchToken: () => 'always the same' });
    world.connection.setToken('pushed');
    for (let refusal = 1; refusal <= 2; refusal++) {
      world.transport.last.report.error(failure({ kind: 'tokenIncorrect' }));
      await world.settle();
    }
    expect(world.status).toBe('failed');
    expect(tokenStore.kept).toBeUndefined();
  });

  it('is not left with a refused token that a renewal of the live link came back with', async () => {
    const answers: TokenAnswer[] = ['token-1', { token: 'token-2', expiresAt: start + 400_000 }, 'token-1'];
    const tokenStore = recordingStore();
    const world = createWorld({ tokenStore, fetchToken: () => answers.shift() ?? never });
    world.connection.connect();
    await world.settle();
    world.transport.last.report.error(failure({ kind: 'tokenIncorrect' }));
    await world.settle();
    world.transport.last.report.success({ userId: 'alice' });
    await world.clock.advance(399_000);
    expect(world.requests.map(({ reason }) => reason).slice(0, 3)).toEqual(['initial', 'incorrect', 'expiring']);
    expect(world.status).toBe('connected');
    expect(tokenStore.kept).not.toBe('token-1');
  });
});

describe('a token store that is broken', () => {
  it.each(['load', 'save', 'clear'] as const)('does not keep the user from connecting when %s throws; it is logged', async (name) => {
    const world = createWorld({ tokenStore: { ...recordingStore(), [name]: fails } });
    world.connection.connect();
    await world.settle();
    world.transport.last.report.error(failure({ kind: 'tokenIncorrect' }));
    await world.settle();
    world.transport.last.report.success({ userId: 'alice' });
    await world.settle();
    expect(world.status).toBe('connected');
    expect(world.problems).not.toEqual([]);
    expect(world.problems.every((problem) => problem.includes(`tokenStore.${name} failed`) && problem.includes('quota exceeded'))).toBe(
      true,
    );
  });

  it.each(['load', 'save', 'clear'] as const)('does not keep the user from connecting when %s rejects', async (name) => {
    const world = createWorld({ tokenStore: { ...recordingStore(), [name]: async () => fails() } });
    await world.connected();
    expect(world.status).toBe('connected');
    await world.connection.disconnect({ logout: true });
    expect(world.status).toBe('idle');
  });

  it('is passed over after two seconds when load hangs', async () => {
    const world = createWorld({ tokenStore: { ...recordingStore(), load: () => never } });
    world.connection.connect();
    await world.clock.advance(1_999);
    expect(world.requests).toEqual([]);
    await world.clock.advance(1);
    expect(world.transport.last.token).toBe('token-1');
    expect(world.problems).toEqual([expect.stringContaining('tokenStore.load failed')]);
  });

  it('does not hold the link back when save hangs', async () => {
    const world = createWorld({ tokenStore: { ...recordingStore(), save: () => never } });
    await world.connected();
    expect(world.status).toBe('connected');
    expect(world.clock.elapsed).toBe(0);
  });

  it('does not hold disconnect() back for ever when clear hangs, and leaves no timer', async () => {
    const world = await worldIn('connected', { tokenStore: { ...recordingStore(), clear: () => never } });
    let isDone = false;
    void world.connection.disconnect({ logout: true }).then(() => (isDone = true));
    await world.clock.advance(1_999);
    expect(isDone).toBe(false);
    await world.clock.advance(1);
    expect(isDone).toBe(true);
    expect(world.clock.pending).toBe(0);
  });

  it('that cannot clear does not make the brain send a refused token again', async () => {
    const world = createWorld({ tokenStore: { ...recordingStore('stored'), clear: fails, save: fails } });
    world.connection.connect();
    await world.settle();
    world.transport.last.report.error(failure({ kind: 'tokenIncorrect' }));
    await world.settle();
    await world.connection.disconnect({ logout: true });
    world.connection.connect();
    await world.settle();
    expect(world.transport.links.filter(({ token }) => token === 'stored')).toHaveLength(1);
    expect(world.status).toBe('connecting');
  });
});
