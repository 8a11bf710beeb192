import { SecretToken, type ConnectionStatus } from 'connection-machine';
import { describe, expect, it } from 'vitest';
import { statuses, worldIn } from '../support/worldIn.ts';
import type { World } from '../support/world.ts';

const stays = (status: ConnectionStatus) => status;

/** Where each call leads from each status: the exceptions, and the rule for all others. */
const methods: Record<
  string,
  {
    call: (world: World) => unknown;
    leads: Partial<Record<ConnectionStatus, ConnectionStatus>>;
    others: (from: ConnectionStatus) => ConnectionStatus;
  }
> = {
  'connect()': {
    call: ({ connection }) => connection.connect(),
    leads: { idle: 'connecting', prompting: 'connecting', kicked: 'connecting', failed: 'connecting', closing: 'connecting' },
    others: stays,
  },
  'connect({ userWaiting: false })': {
    call: ({ connection }) => connection.connect({ userWaiting: false }),
    leads: { idle: 'connecting', prompting: 'connecting', kicked: 'connecting', failed: 'connecting', closing: 'connecting' },
    others: stays,
  },
  'disconnect()': {
    call: ({ connection }) => void connection.disconnect(),
    // its link is slow to close
    leads: { closing: 'closing' },
    others: () => 'idle',
  },
  'disconnect({ logout: true })': {
    call: ({ connection }) => void connection.disconnect({ logout: true }),
    leads: { closing: 'closing' },
    others: () => 'idle',
  },
  'retry()': { call: ({ connection }) => connection.retry(), leads: { prompting: 'connecting' }, others: stays },
  'cancel()': { call: ({ connection }) => connection.cancel(), leads: { prompting: 'idle' }, others: stays },
  'setToken()': {
    call: ({ connection }) => connection.setToken('pushed'),
    // a token that arrives first is used; a live link that cannot take it is opened anew
    leads: { fetchingToken: 'connecting', connected: 'connecting' },
    others: stays,
  },
  'persist()': { call: ({ connection }) => connection.persist(), leads: {}, others: stays },
  'whenConnected()': { call: ({ connection }) => void connection.whenConnected().catch(() => undefined), leads: {}, others: stays },
};

const rows = Object.entries(methods).flatMap(([method, { call, leads, others }]) =>
  statuses.map((from) => ({ method, call, from, to: leads[from] ?? others(from) })),
);

describe('every method is legal in every state', () => {
  it.each(rows)('$method while $from leads to $to', async ({ call, from, to }) => {
    const world = await worldIn(from);
    call(world);
    await world.settle();
    expect(world.status).toBe(to);
    expect(world.problems).toEqual([]);
    expect(world.transport.mostLive).toBeLessThanOrEqual(1);
  });

  it.each(statuses.filter((status) => status !== 'idle'))('disconnect() while %s ends with nothing running', async (status) => {
    const world = await worldIn(status);
    const done = world.connection.disconnect();
    if (status === 'closing') world.transport.last.settleClose();
    await world.settle();
    await done;
    expect(world.status).toBe('idle');
    expect(world.connection.getSnapshot()).toEqual({ status: 'idle', database: 'closed', attempt: 0 });
    expect(world.clock.pending).toBe(0);
    expect(world.signals.listeners).toBe(0);
    expect(world.transport.live).toBe(0);
  });

  it.each(statuses.filter((status) => status !== 'fetchingToken'))(
    'after disconnect() while %s, connect() connects again',
    async (status) => {
      const world = await worldIn(status);
      void world.connection.disconnect();
      if (status === 'closing') world.transport.last.settleClose();
      await world.settle();
      world.signals.network(true);
      world.transport.options = {};
      await world.connected('bob');
      expect(world.connection.getSnapshot()).toEqual({ status: 'connected', database: 'closed', userId: 'bob', attempt: 0 });
    },
  );

  it.each(statuses)('a token pushed while %s is the one that the next link is opened with', async (status) => {
    const world = await worldIn(status);
    world.connection.setToken('pushed');
    await world.settle();
    void world.connection.disconnect();
    if (status === 'closing') world.transport.last.settleClose();
    await world.settle();
    world.signals.network(true);
    world.connection.connect();
    await world.settle();
    expect(world.transport.last.token).toBe('pushed');
  });

  it('a token reaches the transport as a secret', async () => {
    const { transport } = await worldIn('connecting');
    expect(transport.last.request.token).toBeInstanceOf(SecretToken);
    expect(`${transport.last.request.token} ${JSON.stringify(transport.last.request)}`).not.toContain('token-1');
  });

  it.each(statuses.filter((status) => status !== 'connected'))('connection.link is undefined while %s', async (status) => {
    const world = await worldIn(status);
    expect(world.connection.link).toBeUndefined();
  });
});
