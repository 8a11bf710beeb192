import { createConnection, withDatabase, type ConnectionStatus } from 'connection-machine';
import { describe, expect, it, vi } from 'vitest';
import { fakeTransport } from 'connection-machine/testing';
import { createWorld } from '../support/world.ts';
import { worldIn } from '../support/worldIn.ts';

/** A transport that stops push notifications. */
function withPush(world: { transport: ReturnType<typeof fakeTransport> }) {
  const logout = vi.fn<() => void | Promise<void>>();
  Object.assign(world.transport, { logout });
  return logout;
}

describe('signing out', () => {
  it.each<ConnectionStatus>(['idle', 'fetchingToken', 'waiting', 'offline', 'prompting', 'kicked', 'failed'])(
    'in %s, where no link is open, tells the transport once',
    async (status) => {
      const world = await worldIn(status);
      const logout = withPush(world);
      await world.connection.disconnect({ logout: true });
      expect(logout).toHaveBeenCalledTimes(1);
      await world.connection.disconnect({ logout: true });
      expect(logout).toHaveBeenCalledTimes(1);
      expect(world.clock.pending).toBe(0);
    },
  );

  it.each<ConnectionStatus>(['connecting', 'connected', 'recovering'])('in %s is told by the link that is closed', async (status) => {
    const world = await worldIn(status);
    const logout = withPush(world);
    await world.connection.disconnect({ logout: true });
    expect(world.transport.last.logout).toBe(true);
    expect(logout).not.toHaveBeenCalled();
  });

  it('after a plain disconnect() tells the transport: its link was closed without a word of it', async () => {
    const world = await worldIn('connected');
    const logout = withPush(world);
    await world.connection.disconnect();
    expect(logout).not.toHaveBeenCalled();
    await world.connection.disconnect({ logout: true });
    expect(logout).toHaveBeenCalledTimes(1);
  });

  it('is no plain disconnect()', async () => {
    const world = await worldIn('waiting');
    const logout = withPush(world);
    await world.connection.disconnect();
    await world.connection.disconnect({ logout: false });
    expect(logout).not.toHaveBeenCalled();
  });

  it('is done before disconnect() resolves, and before the next link is opened', async () => {
    const world = await worldIn('prompting');
    const logout = withPush(world);
    let stopped: () => void = () => undefined;
    logout.mockReturnValue(new Promise<void>((resolve) => (stopped = resolve)));
    let isDone = false;
    const links = world.transport.links.length;
    void world.connection.disconnect({ logout: true }).then(() => (isDone = true));
    await world.settle();
    world.connection.connect();
    await world.settle();
    expect(isDone).toBe(false);
    expect(world.transport.links).toHaveLength(links);
    stopped();
    await world.settle();
    expect(isDone).toBe(true);
    expect(world.transport.links).toHaveLength(links + 1);
  });

  it('that never settles holds nobody up for longer than closeTimeLimit', async () => {
    const world = await worldIn('failed');
    withPush(world).mockReturnValue(new Promise(() => undefined));
    const disconnected = world.connection.disconnect({ logout: true });
    await world.clock.advance(5_000);
    await disconnected;
    expect(world.problems).toEqual([expect.stringContaining('did not sign out')]);
    expect(world.clock.pending).toBe(0);
  });

  it('after a close that hangs keeps nobody waiting twice as long, and is not forgotten', async () => {
    const world = createWorld({ transport: { slowClose: true } });
    await world.connected();
    const logout = withPush(world);
    void world.connection.disconnect();
    const signedOut = world.connection.disconnect({ logout: true });
    await world.clock.advance(5_000);
    await signedOut;
    expect(logout).toHaveBeenCalledTimes(1);
    expect(world.clock.pending).toBe(0);
  });

  it('that throws is logged', async () => {
    const world = createWorld();
    withPush(world).mockImplementation(() => {
      throw new Error('no push service');
    });
    await world.connection.disconnect({ logout: true });
    expect(world.problems).toEqual([expect.stringContaining('did not sign out')]);
  });

  it('and in again at once: the transport is not signed out under the new link', async () => {
    const world = await worldIn('waiting');
    const logout = withPush(world);
    void world.connection.disconnect({ logout: true });
    world.connection.connect();
    await world.settle();
    expect(logout).not.toHaveBeenCalled();
  });

  it('reaches a transport that has been given a database', async () => {
    const inner = fakeTransport();
    const logout = withPush({ transport: inner });
    const connection = createConnection({
      transport: withDatabase(inner, () => undefined),
      fetchToken: async () => 'token',
      signals: false,
    });
    await connection.disconnect({ logout: true });
    expect(logout).toHaveBeenCalledTimes(1);
  });
});
