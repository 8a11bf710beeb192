import { failure, withDatabase } from 'connection-machine';
import { describe, expect, it } from 'vitest';
import { fakeTransport } from 'connection-machine/testing';
import { worldOver } from '../support/worldOver.ts';

/** A connection with a database beside the link. `open` plays the app's openDatabase. */
function worldWithDatabase(open: () => unknown = () => undefined) {
  const transport = fakeTransport();
  let opened = 0;
  const world = worldOver(withDatabase(transport, () => (opened++, open())));
  const heard: string[] = [];
  for (const name of ['databaseOpened', 'connected'] as const) world.connection.on(name, () => void heard.push(name));
  return Object.assign(world, {
    transport,
    heard,
    opened: () => opened,
    database: () => world.connection.getSnapshot().database,
    async succeed(userId = 'alice') {
      transport.last.report.success({ userId });
      await world.settle();
    },
    async reconnect(userId = 'alice') {
      transport.last.report.error(failure({ kind: 'network' }));
      await world.clock.advance(30_000);
      transport.last.report.success({ userId });
      await world.settle();
    },
  });
}

describe('withDatabase', () => {
  it("opens the database beside the link: yesterday's messages are there before the network", async () => {
    const world = worldWithDatabase();
    await world.connect();
    expect([world.status, world.database(), world.heard]).toEqual(['connecting', 'opened', ['databaseOpened']]);
    await world.succeed();
    expect(world.heard).toEqual(['databaseOpened', 'connected']);
  });

  it('may take its time: the user is in before', async () => {
    let done: () => void = () => undefined;
    const world = worldWithDatabase(() => new Promise<void>((resolve) => (done = resolve)));
    await world.connect();
    await world.succeed();
    expect([world.status, world.database()]).toEqual(['connected', 'closed']);
    done();
    await world.settle();
    expect([world.database(), world.heard]).toEqual(['opened', ['connected', 'databaseOpened']]);
  });

  it('opens nothing before connect()', async () => {
    const world = worldWithDatabase();
    await world.settle();
    expect(world.opened()).toBe(0);
  });

  it('opens once a login, however often the link is lost', async () => {
    const world = worldWithDatabase();
    await world.connect();
    await world.succeed();
    for (let times = 0; times < 3; times++) await world.reconnect();
    expect([world.opened(), world.database(), world.transport.links.length >= 4]).toEqual([1, 'opened', true]);
    expect(world.heard.filter((name) => name === 'databaseOpened')).toHaveLength(1);
  });

  it('opens once, though the first link is lost before the database is there', async () => {
    let done: () => void = () => undefined;
    const world = worldWithDatabase(() => new Promise<void>((resolve) => (done = resolve)));
    await world.connect({ userWaiting: false });
    world.transport.last.report.error(failure({ kind: 'network' }));
    await world.clock.advance(500);
    expect(world.transport.links).toHaveLength(2);
    done();
    await world.settle();
    expect([world.opened(), world.database()]).toEqual([1, 'opened']);
  });

  it('opens again in the next login', async () => {
    const world = worldWithDatabase();
    await world.connect();
    await world.succeed();
    await world.connection.disconnect();
    expect(world.database()).toBe('closed');
    await world.connect();
    await world.succeed();
    expect([world.opened(), world.database()]).toEqual([2, 'opened']);
    expect(world.heard).toEqual(['databaseOpened', 'connected', 'databaseOpened', 'connected']);
  });

  it("opens once in the next login, also when that is another user's", async () => {
    const world = worldWithDatabase();
    await world.connect();
    await world.succeed('alice');
    await world.connection.disconnect({ logout: true });
    await world.connect();
    await world.succeed('bob');
    expect([world.opened(), world.database()]).toEqual([2, 'opened']);
    expect(world.heard).toEqual(['databaseOpened', 'connected', 'databaseOpened', 'connected']);
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('quota exceeded');
      },
    ],
    ['rejects', () => Promise.reject(new Error('quota exceeded'))],
  ])('that %s is failed, and the user is in without it', async (_, open) => {
    const world = worldWithDatabase(open);
    await world.connect();
    await world.succeed();
    expect([world.status, world.database(), world.heard]).toEqual(['connected', 'failed', ['connected']]);
  });

  it('that failed is tried again with the next link', async () => {
    let isBroken = true;
    const world = worldWithDatabase(() => {
      if (isBroken) throw new Error('locked by another tab');
    });
    await world.connect();
    await world.succeed();
    expect(world.database()).toBe('failed');
    isBroken = false;
    await world.reconnect();
    expect([world.database(), world.opened()]).toEqual(['opened', 2]);
    await world.reconnect();
    expect(world.opened()).toBe(2);
  });

  it('that hangs keeps nobody from connecting or disconnecting', async () => {
    const world = worldWithDatabase(() => new Promise(() => undefined));
    await world.connect();
    await world.succeed();
    expect(world.status).toBe('connected');
    await world.connection.disconnect();
    expect([world.status, world.clock.pending]).toEqual(['idle', 0]);
  });

  it('that is opened after disconnect() changes nothing', async () => {
    let done: () => void = () => undefined;
    const world = worldWithDatabase(() => new Promise<void>((resolve) => (done = resolve)));
    await world.connect();
    await world.connection.disconnect();
    done();
    await world.settle();
    expect([world.status, world.database(), world.heard]).toEqual(['idle', 'closed', []]);
  });

  it.each(['opens', 'fails'])("of the login before that %s late is not taken for this login's", async (how) => {
    const openings: { resolve: () => void; reject: (reason: unknown) => void }[] = [];
    const world = worldWithDatabase(() => new Promise<void>((resolve, reject) => openings.push({ resolve, reject })));
    await world.connect();
    await world.connection.disconnect();
    await world.connect();
    const [before, mine] = openings;
    if (how === 'opens') before?.resolve();
    else before?.reject(new Error('too late'));
    await world.settle();
    expect([world.opened(), world.database()]).toEqual([2, 'closed']);
    mine?.resolve();
    await world.settle();
    expect(world.database()).toBe('opened');
    await world.succeed();
    await world.reconnect();
    expect(world.opened()).toBe(2);
  });

  it('has the last word on the database: what the transport says about one is not heard', async () => {
    const world = worldWithDatabase(() => new Promise(() => undefined));
    await world.connect();
    world.transport.last.report.dbOpened();
    await world.settle();
    expect(world.database()).toBe('closed');
  });

  it("opens another user's database when they come with a pushed token, and shows the old one's to nobody", async () => {
    const pending: (() => void)[] = [];
    const world = worldWithDatabase(() => new Promise<void>((resolve) => pending.push(resolve)));
    await world.connect();
    pending.shift()?.();
    await world.settle();
    await world.succeed('alice');
    expect(world.database()).toBe('opened');
    world.connection.setToken('token-of-bob');
    await world.settle();
    await world.succeed('bob');
    expect([world.connection.getSnapshot().userId, world.opened(), world.database()]).toEqual(['bob', 2, 'closed']);
    pending.shift()?.();
    await world.settle();
    expect(world.database()).toBe('opened');
    expect(world.heard).toEqual(['databaseOpened', 'connected', 'connected', 'databaseOpened']);
  });

  it("opens a third user's database too", async () => {
    const world = worldWithDatabase();
    await world.connect();
    await world.succeed('alice');
    for (const userId of ['bob', 'carol']) {
      world.connection.setToken(`token-of-${userId}`);
      await world.settle();
      await world.succeed(userId);
    }
    expect([world.connection.getSnapshot().userId, world.opened()]).toEqual(['carol', 3]);
  });

  it('keeps what the transport is: its defaults, its link, its verify and renew', async () => {
    const renewed: string[] = [];
    const link = { close: () => undefined, send: () => undefined, renew: async () => void renewed.push('in band') };
    const transport = withDatabase(
      { defaults: { timeLimit: 1_000 }, open: (_, report) => (report.success({ userId: 'alice' }), link) },
      () => undefined,
    );
    expect(transport.defaults).toEqual({ timeLimit: 1_000 });
    const world = worldOver(transport);
    await world.connect();
    expect(world.connection.link).toBe(link);
    world.connection.setToken('pushed');
    await world.settle();
    expect(renewed).toEqual(['in band']);
  });

  it('has no defaults where the transport has none', () => {
    expect(withDatabase(fakeTransport(), () => undefined)).not.toHaveProperty('defaults');
  });

  it('passes interruptions and errors on', async () => {
    const world = worldWithDatabase();
    await world.connect();
    await world.succeed();
    world.transport.last.report.interrupted(failure({ kind: 'network', code: 7 }));
    await world.settle();
    expect(world.connection.getSnapshot()).toMatchObject({ status: 'recovering', failure: { kind: 'network', code: 7 } });
    world.transport.last.report.error(failure({ kind: 'kicked' }));
    await world.settle();
    expect(world.status).toBe('kicked');
    expect(world.database()).toBe('opened');
  });

  it('survives a transport whose open throws, or whose success is garbage', async () => {
    const throwing = worldOver(
      withDatabase(
        {
          open: () => {
            throw new Error('no SDK');
          },
        },
        () => undefined,
      ),
    );
    await throwing.connect({ userWaiting: false });
    expect(throwing.status).toBe('waiting');
    const world = worldWithDatabase();
    await world.connect({ userWaiting: false });
    expect(() => world.transport.last.report.success(undefined as never)).not.toThrow();
    await world.settle();
    expect(world.status).toBe('waiting');
  });

  it('that opens while there is no link is heard of from the next one', async () => {
    let done: () => void = () => undefined;
    const world = worldWithDatabase(() => new Promise<void>((resolve) => (done = resolve)));
    await world.connect({ userWaiting: false });
    world.transport.last.report.error(failure({ kind: 'network' }));
    await world.settle();
    done();
    await world.settle();
    expect([world.status, world.database()]).toEqual(['waiting', 'closed']);
    await world.clock.advance(1_000);
    expect([world.status, world.database(), world.opened()]).toEqual(['connecting', 'opened', 1]);
    await world.reconnect();
    expect(world.heard).toEqual(['databaseOpened', 'connected']);
  });

  it("that opens while another user's link opens is told to nobody but its own user", async () => {
    const opening: (() => void)[] = [];
    const world = worldWithDatabase(() => new Promise<void>((resolve) => opening.push(resolve)));
    await world.connect({ userWaiting: false });
    await world.succeed('alice');
    world.transport.last.report.error(failure({ kind: 'network' }));
    world.connection.setToken('of bob');
    await world.clock.advance(1_000);
    expect(world.status).toBe('connecting');
    opening[0]!();
    await world.settle();
    expect(world.database()).toBe('closed');
    await world.succeed('bob');
    expect([world.status, world.database(), world.opened()]).toEqual(['connected', 'closed', 2]);
    opening[1]!();
    await world.settle();
    expect(world.database()).toBe('opened');
  });
});
