import { failure } from 'connection-machine';
import { describe, expect, it } from 'vitest';
import { recordingStore } from '../support/recordingStore.ts';
import { createWorld } from '../support/world.ts';
import { worldIn } from '../support/worldIn.ts';

describe('expectedUserId', () => {
  it('lets the expected user in', async () => {
    const world = createWorld({ expectedUserId: 'alice' });
    await world.connected('alice');
    expect(world.connection.getSnapshot()).toMatchObject({ status: 'connected', userId: 'alice' });
  });

  it('never lets anybody else in: the link is closed, the token forgotten, and nothing is tried again', async () => {
    const tokenStore = recordingStore();
    const world = createWorld({ expectedUserId: 'alice', tokenStore });
    world.connection.connect();
    await world.settle();
    world.transport.last.report.dbOpened();
    world.transport.last.report.success({ userId: 'mallory' });
    await world.clock.advance(3_600_000);
    expect(world.connection.getSnapshot()).toMatchObject({ status: 'failed', database: 'closed', failure: { kind: 'wrongUser' } });
    expect(world.connection.getSnapshot().userId).toBeUndefined();
    expect(world.names).toEqual(['databaseOpened', 'failed']);
    expect([world.transport.live, world.transport.links.length]).toEqual([0, 1]);
    expect(tokenStore.kept).toBeUndefined();
  });

  it('is named in the failure, and the users are not: what a server calls a user may be anything', async () => {
    const world = createWorld({ expectedUserId: 'alice' });
    await world.connected('mallory');
    const { message } = world.connection.getSnapshot().failure ?? {};
    expect(message).toContain('expectedUserId');
    expect(message).not.toMatch(/alice|mallory/);
  });

  it('is looked at again after a reconnect, and after the SDK recovered by itself', async () => {
    for (const recovers of [true, false]) {
      const world = createWorld({ expectedUserId: 'alice' });
      await world.connected('alice');
      if (recovers) world.transport.last.report.interrupted();
      else world.transport.last.report.error(failure({ kind: 'network' }));
      await world.clock.advance(1_000);
      world.transport.last.report.success({ userId: 'mallory' });
      await world.settle();
      expect(world.connection.getSnapshot()).toMatchObject({ status: 'failed', failure: { kind: 'wrongUser' } });
      expect(world.connection.link).toBeUndefined();
    }
  });

  it('after the wrong user, connect() asks for a new token', async () => {
    const world = createWorld({ expectedUserId: 'alice' });
    await world.connected('mallory');
    await world.connected('alice');
    expect(world.status).toBe('connected');
    expect(world.transport.links.map(({ token }) => token)).toEqual(['token-1', 'token-2']);
  });
});

describe('another user', () => {
  it('takes over with disconnect(), setToken(), connect()', async () => {
    const world = await worldIn('connected');
    world.transport.last.report.dbOpened();
    await world.connection.disconnect();
    world.connection.setToken('token-of-bob');
    expect(world.connection.getSnapshot()).toEqual({ status: 'idle', database: 'closed', attempt: 0 });
    await world.connected('bob');
    expect(world.connection.getSnapshot()).toEqual({ status: 'connected', database: 'closed', userId: 'bob', attempt: 0 });
    expect(world.transport.links.map(({ token }) => token)).toEqual(['token-1', 'token-of-bob']);
    expect(world.requests).toHaveLength(1);
  });

  it('takes over after a logout with a token of their own, fetched anew', async () => {
    const tokenStore = recordingStore();
    const world = await worldIn('connected', { tokenStore });
    await world.connection.disconnect({ logout: true });
    await world.connected('bob');
    expect(world.connection.getSnapshot().userId).toBe('bob');
    expect(tokenStore.kept).toBe('token-2');
  });

  it('is another login for the transport, a reconnect is not', async () => {
    const world = await worldIn('connected');
    world.transport.last.report.error(failure({ kind: 'network' }));
    await world.clock.advance(1_000);
    await world.connection.disconnect();
    world.connection.connect();
    await world.settle();
    const [first, reconnect, second] = world.transport.links.map(({ request }) => request.login);
    expect(reconnect).toBe(first);
    expect(second).not.toBe(first);
  });

  it("who comes with a pushed token does not see the old one's database", async () => {
    const world = await worldIn('connected');
    world.transport.last.report.dbOpened();
    await world.settle();
    world.connection.setToken('token-of-bob');
    await world.settle();
    world.transport.last.report.success({ userId: 'bob' });
    await world.settle();
    expect(world.connection.getSnapshot()).toMatchObject({ status: 'connected', userId: 'bob', database: 'closed' });
    world.transport.last.report.dbOpened();
    await world.settle();
    expect(world.connection.getSnapshot().database).toBe('opened');
    expect(world.names).toEqual(['connected', 'databaseOpened', 'tokenRenewed', 'connected', 'databaseOpened']);
  });
});

it('an SDK that names somebody else while the right user is in has let in the wrong one', async () => {
  const world = createWorld({ expectedUserId: 'alice' });
  await world.connected('alice');
  world.transport.last.report.success({ userId: 'mallory' });
  await world.settle();
  expect(world.connection.getSnapshot()).toMatchObject({ status: 'failed', failure: { kind: 'wrongUser' } });
  expect(world.transport.live).toBe(0);
});
