import { createConnection, failure, type TokenAnswer } from 'connection-machine';
import { describe, expect, it } from 'vitest';
import { createWorld } from '../support/world.ts';
import { worldIn } from '../support/worldIn.ts';

describe('a token kept from last time', () => {
  it('is used first, without asking', async () => {
    const world = createWorld({ token: 'kept' });
    await world.connected();
    expect(world.transport.last.token).toBe('kept');
    expect(world.requests).toEqual([]);
    expect(world.names).toEqual(['connected']);
  });

  it('is used for every link until it is refused', async () => {
    const world = createWorld({ token: 'kept' });
    await world.connected();
    world.transport.last.report.error(failure({ kind: 'network' }));
    await world.clock.advance(1_000);
    world.transport.last.report.error(failure({ kind: 'tokenIncorrect', code: 31004 }));
    await world.settle();
    expect(world.transport.links.map(({ token }) => token)).toEqual(['kept', 'kept', 'token-1']);
    expect(world.requests).toMatchObject([{ reason: 'incorrect' }]);
  });

  it('that was given with its end is not sent once that has passed: a new one is asked for as expired', async () => {
    const world = createWorld();
    world.connection.setToken({ token: 'short-lived', expiresAt: world.clock.now() + 60_000 });
    await world.clock.advance(60_000);
    await world.connected();
    expect(world.transport.links.map(({ token }) => token)).toEqual(['token-1']);
    expect(world.requests).toMatchObject([{ reason: 'expired', attempt: 0 }]);
    expect(world.events[0]).toEqual({ name: 'tokenRenewed', event: { reason: 'expired' } });
  });

  it('that was given with its end is sent until then', async () => {
    const world = createWorld();
    world.connection.setToken({ token: 'short-lived', expiresAt: world.clock.now() + 60_000 });
    await world.clock.advance(59_999);
    await world.connected();
    expect(world.transport.last.token).toBe('short-lived');
  });

  it('that expired between two logins is replaced', async () => {
    const world = createWorld({ fetchToken: ({ reason }) => ({ token: `${reason} token`, expiresAt: world.clock.now() + 60_000 }) });
    await world.connected();
    await world.connection.disconnect();
    await world.clock.advance(60_000);
    await world.connected();
    expect(world.transport.links.map(({ token }) => token)).toEqual(['initial token', 'expired token']);
  });

  it('that expired while the link was away is replaced on the way back', async () => {
    const world = createWorld({ fetchToken: ({ reason }) => ({ token: `${reason} token`, expiresAt: world.clock.now() + 60_000 }) });
    await world.connected();
    world.signals.network(false);
    await world.settle();
    expect(world.status).toBe('offline');
    await world.clock.advance(60_000);
    world.signals.network(true);
    await world.clock.advance(1_000);
    expect(world.transport.links.map(({ token }) => token)).toEqual(['initial token', 'expired token']);
  });
});

describe('a token request', () => {
  it('is told the reason, the failed attempts, and when it is not wanted any more', async () => {
    const world = createWorld();
    world.connection.connect({ userWaiting: false });
    await world.settle();
    expect(world.requests[0]).toEqual({ reason: 'initial', attempt: 0, signal: expect.any(AbortSignal) });
    world.transport.last.report.error(failure({ kind: 'tokenIncorrect' }));
    await world.settle();
    world.transport.last.report.error(failure({ kind: 'tokenExpired' }));
    await world.settle();
    expect(world.requests.map(({ reason, attempt }) => [reason, attempt])).toEqual([
      ['initial', 0],
      ['incorrect', 1],
      ['expired', 2],
    ]);
  });

  it('has the same attempt as the snapshot, also after failed requests', async () => {
    const attempts: unknown[] = [];
    const world = createWorld({
      fetchToken({ attempt }) {
        attempts.push([attempt, world.connection.getSnapshot().attempt]);
        throw new Error('HTTP 500');
      },
    });
    world.connection.connect({ userWaiting: false });
    await world.clock.advance(10_000);
    expect(attempts.length).toBeGreaterThanOrEqual(4);
    expect(attempts).toEqual(attempts.map((_, index) => [index, index]));
    expect(world.requests.every(({ reason }) => reason === 'initial')).toBe(true);
  });

  it('is made again for the same reason when it fails', async () => {
    let answers = 0;
    const world = createWorld({
      fetchToken() {
        if (++answers === 2) throw new Error('HTTP 500');
        return `token-${answers}`;
      },
    });
    world.connection.connect({ userWaiting: false });
    await world.settle();
    world.transport.last.report.error(failure({ kind: 'tokenExpired' }));
    await world.clock.advance(5_000);
    expect(world.requests.map(({ reason }) => reason)).toEqual(['initial', 'expired', 'expired']);
    expect(world.transport.last.token).toBe('token-3');
  });

  it.each([
    ['disconnect()', (world: ReturnType<typeof createWorld>) => void world.connection.disconnect()],
    ['setToken()', (world: ReturnType<typeof createWorld>) => world.connection.setToken('pushed')],
    ['going offline', (world: ReturnType<typeof createWorld>) => world.signals.network(false)],
  ])('is aborted by %s', async (_, leave) => {
    const world = await worldIn('fetchingToken');
    leave(world);
    await world.settle();
    expect(world.requests[0]?.signal.aborted).toBe(true);
  });

  it('is aborted when the person is prompted', async () => {
    const world = await worldIn('fetchingToken');
    await world.clock.advance(5_000);
    expect(world.status).toBe('prompting');
    expect(world.requests[0]?.signal.aborted).toBe(true);
  });

  it('that is answered leaves its signal alone', async () => {
    const world = await worldIn('connected');
    expect(world.requests[0]?.signal.aborted).toBe(false);
  });

  it('that hangs ends with tokenTimeLimit, is aborted, counted and made again', async () => {
    const world = createWorld({ fetchToken: () => new Promise(() => undefined) });
    world.connection.connect({ userWaiting: false });
    await world.clock.advance(9_999);
    expect(world.status).toBe('fetchingToken');
    await world.clock.advance(1);
    expect(world.connection.getSnapshot()).toMatchObject({
      status: 'waiting',
      attempt: 1,
      failure: { kind: 'timeout', code: 'tokenTimeLimit' },
    });
    expect(world.requests[0]?.signal.aborted).toBe(true);
    await world.clock.advance(1_000);
    expect(world.requests).toHaveLength(2);
    expect(world.requests.filter(({ signal }) => !signal.aborted)).toHaveLength(1);
  });

  it('that answers after its time is not heard', async () => {
    const answers: ((token: string) => void)[] = [];
    const world = createWorld({ fetchToken: () => new Promise<string>((resolve) => answers.push(resolve)) });
    world.connection.connect({ userWaiting: false });
    await world.clock.advance(11_000);
    expect(answers).toHaveLength(2);
    answers[0]?.('late');
    await world.settle();
    expect(world.status).toBe('fetchingToken');
    answers[1]?.('in time');
    await world.settle();
    expect(world.transport.links.map(({ token }) => token)).toEqual(['in time']);
  });

  it('that is answered without a promise will do', async () => {
    const world = createWorld();
    const connection = createConnection({
      transport: world.transport,
      fetchToken: (() => 'token') as never,
      signals: false,
      clock: world.clock,
    });
    connection.connect();
    await world.settle();
    expect(world.transport.last.token).toBe('token');
  });
});

describe('a token request that fails', () => {
  const answered = async (fetchToken: () => TokenAnswer) => {
    const world = createWorld({ fetchToken });
    world.connection.connect({ userWaiting: false });
    await world.settle();
    return world;
  };
  const rejects = (thrown: unknown) => () => {
    throw thrown;
  };

  it('as forbidden ends in failed at once: the login is over, no link is opened and nothing asked again', async () => {
    const world = await answered(rejects(failure({ kind: 'forbidden', code: 403 })));
    await world.clock.advance(3_600_000);
    expect(world.connection.getSnapshot()).toMatchObject({ status: 'failed', failure: { kind: 'forbidden', code: 403 } });
    expect([world.requests.length, world.transport.links.length]).toEqual([1, 0]);
    expect(world.names).toEqual(['failed']);
  });

  it('with retryAfter is not repeated before', async () => {
    const world = await answered(rejects(failure({ kind: 'server', code: 503, retryAfter: 20_000 })));
    expect(world.connection.getSnapshot()).toMatchObject({ status: 'waiting', failure: { kind: 'server', code: 503, retryAfter: 20_000 } });
    await world.clock.advance(19_999);
    expect(world.requests).toHaveLength(1);
    await world.clock.advance(1_000);
    expect(world.requests).toHaveLength(2);
  });

  it('with an Error is unknown, keeps the error as its cause, and is tried again', async () => {
    const problem = new Error('HTTP 500');
    const world = await answered(rejects(problem));
    expect(world.connection.getSnapshot()).toMatchObject({
      status: 'waiting',
      failure: { kind: 'unknown', message: expect.stringContaining('HTTP 500'), cause: problem },
    });
    await world.clock.advance(500);
    expect(world.requests).toHaveLength(2);
  });

  it.each(['tokenIncorrect', 'tokenExpired'] as const)(
    'as %s refuses no token, for none was sent: it is unknown and uses up no renewal',
    async (kind) => {
      const world = await answered(rejects(failure({ kind })));
      await world.clock.advance(60_000);
      expect(world.connection.getSnapshot()).toMatchObject({ failure: { kind: 'unknown' } });
      expect(world.status).not.toBe('failed');
      expect(world.requests.every(({ reason }) => reason === 'initial')).toBe(true);
    },
  );

  it.each(['blocked', 'configuration'] as const)('as %s ends in failed', async (kind) => {
    const world = await answered(rejects(failure({ kind })));
    expect(world.status).toBe('failed');
  });

  it.each([undefined, null, 5, 'text', Symbol('no'), {}, [], { kind: 'nonsense' }, Object.create(null), () => undefined])(
    'with something odd crashes nothing: %o',
    async (thrown) => {
      const world = await answered(rejects(thrown));
      expect(world.connection.getSnapshot()).toMatchObject({ status: 'waiting', attempt: 1, failure: { kind: 'unknown' } });
      expect(world.connection.actor.getSnapshot().status).toBe('active');
    },
  );

  it('with something that cannot even be read crashes nothing', async () => {
    const unreadable = new Proxy(
      {},
      {
        get: () => {
          throw new Error('no');
        },
      },
    );
    const world = await answered(rejects(unreadable));
    expect(world.connection.getSnapshot()).toMatchObject({ status: 'waiting', failure: { kind: 'unknown' } });
  });
});
