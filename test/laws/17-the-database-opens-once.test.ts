import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { withDatabase } from 'connection-machine';
import { inEveryWorld, often, witness } from './support/walk.ts';
import { goodMood, wildTransport } from './support/wildTransport.ts';
import { controlledClock } from 'connection-machine/testing';
import { wildWorld } from './support/wildWorld.ts';

describe('17. The database opens once per login: its state outlives reconnects, and is reset by disconnect or another user.', () => {
  test('in every world', async () => {
    const reached = witness();
    await inEveryWorld(
      (world) => {
        let heard = 0;
        /** Opened and announced in this login, for this user. */
        let isOpen = false;
        return {
          after(step) {
            for (const one of world.announcements.slice(heard)) {
              if (one.name === 'databaseOpened') {
                expect(isOpen, 'announced twice in a login').toBe(false);
                isOpen = true;
                reached('opened');
              } else if (one.name === 'change') {
                const { previous, current } = one.payload;
                const isAnother = previous.userId !== undefined && current.userId !== undefined && previous.userId !== current.userId;
                if (isAnother) isOpen = false;
                if (previous.database !== 'opened' || current.database === 'opened') continue;
                isOpen = false;
                const why =
                  current.database === 'failed'
                    ? 'it failed'
                    : current.failure?.kind === 'wrongUser'
                      ? 'the wrong user'
                      : isAnother
                        ? 'another user'
                        : step.do === 'disconnect' || step.rush
                          ? 'the login ended'
                          : undefined;
                expect(why, 'a reason to close the database').toBeDefined();
              }
            }
            heard = world.announcements.length;
            if (isOpen) {
              expect(world.snapshot.database).toBe('opened');
              if (world.status === 'waiting' || world.status === 'offline') reached('open, without a link');
            }
          },
        };
      },
      {
        reaching: () => reached.atLeast(20, 'opened', 'open, without a link'),
        spice: fc.record({
          do: fc.constant('hear' as const),
          word: fc.record({ says: fc.constant('dbOpened' as const), ok: fc.constantFrom(true, true, true, false) }),
        }),
      },
    );
  });

  test('before success it lets the app in, and it outlives every reconnect', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('network', 'server', 'tokenIncorrect', 'unknown'), { minLength: 1, maxLength: 6 }),
        fc.option(fc.integer()),
        async (kinds, code) => {
          const world = wildWorld({ transport: { ...goodMood, greet: 'nothing' } }, { policy: { maxTokenRenewals: 9 } });
          const { connection, transport, clock } = world;
          connection.connect({ userWaiting: false });
          await world.settle();
          transport.links[0]!.report.dbOpened(code === null ? undefined : { ok: true, code });
          expect(world.snapshot).toMatchObject({ status: 'connecting', database: 'opened' });
          for (const kind of kinds) {
            transport.links.at(-1)!.report.error({ kind: kind as 'network' });
            if (world.snapshot.retryAt !== undefined) await clock.advance(world.snapshot.retryAt - clock.now());
            await world.settle();
            transport.links.at(-1)!.report.dbOpened({ ok: true });
            transport.links.at(-1)!.report.success({ userId: 'alice' });
            expect(world.snapshot).toMatchObject({ status: 'connected', database: 'opened' });
          }
          expect(world.named('databaseOpened').map(({ payload }) => payload)).toEqual([code === null ? {} : { code }]);

          await world.disconnected();
          expect(world.snapshot.database).toBe('closed');
          connection.connect();
          await world.settle();
          transport.links.at(-1)!.report.dbOpened();
          expect(world.named('databaseOpened')).toHaveLength(2);
        },
      ),
      often(40),
    );
  });

  test('another user gets a database of their own', async () => {
    const world = wildWorld({ transport: { ...goodMood, greet: 'nothing' } });
    world.connection.connect();
    await world.settle();
    world.transport.links[0]!.report.dbOpened();
    world.transport.links[0]!.report.success({ userId: 'alice' });
    world.transport.links[0]!.report.error({ kind: 'tokenExpired' });
    await world.settle();
    world.transport.links[1]!.report.success({ userId: 'bob' });
    expect(world.snapshot).toMatchObject({ status: 'connected', userId: 'bob', database: 'closed' });
    world.transport.links[1]!.report.dbOpened();
    expect(world.snapshot.database).toBe('opened');
    expect(world.named('databaseOpened')).toHaveLength(2);
  });

  test('a link that names another user while one is in: the regions agree about whose database it is', async () => {
    for (const hasReport of [true, false]) {
      const world = wildWorld();
      world.connection.connect();
      await world.settle();
      const [link] = world.transport.links;
      if (hasReport) link!.report.dbOpened();
      const { database } = world.snapshot;
      link!.report.success({ userId: 'bob' });
      if (world.snapshot.userId === 'alice') {
        expect(world.snapshot.database).toBe(database);
        expect(world.named('databaseOpened')).toHaveLength(hasReport ? 1 : 0);
      } else {
        expect(world.named('connected').map(({ payload }) => payload.userId)).toEqual(['alice', 'bob']);
        expect(world.named('databaseOpened')).toHaveLength(hasReport ? 2 : 0);
      }
    }
  });

  test("cancel() is no disconnect: yesterday's messages can still be read", async () => {
    const world = wildWorld({ transport: { ...goodMood, greet: 'nothing' } });
    world.connection.connect();
    await world.settle();
    world.transport.links[0]!.report.dbOpened();
    await world.clock.advance(world.policy.timeLimit);
    world.connection.cancel();
    expect(world.snapshot).toMatchObject({ status: 'idle', database: 'opened' });
    expect(world.named('disconnected')).toEqual([]);
    await world.disconnected();
    expect(world.snapshot.database).toBe('closed');
  });

  test('withDatabase() opens it once in each login, over reconnects and cancel(), and again after disconnected', async () => {
    const leave = fc.constantFrom('disconnect', 'logout', 'cancel');
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(3), leave), { minLength: 1, maxLength: 4 }), async (logins) => {
        let opened = 0;
        const clock = controlledClock();
        const inner = wildTransport(clock, 5_000, 'alice');
        inner.mood = { ...goodMood, greet: 'success' };
        const world = wildWorld({}, { transport: withDatabase(inner, () => void (opened += 1)) });
        let login = 1;
        for (const [reconnects, how] of logins) {
          inner.mood.greet = 'success';
          world.connection.connect();
          await world.settle();
          for (let n = 0; n < reconnects; n++) {
            inner.links.at(-1)!.report.error({ kind: 'network' });
            await world.clock.advance(60_000);
          }
          expect(world.snapshot).toMatchObject({ status: 'connected', database: 'opened' });
          expect(opened).toBe(login);
          if (how === 'cancel') {
            inner.mood.greet = 'nothing';
            inner.links.at(-1)!.report.error({ kind: 'network' });
            world.connection.connect();
            await world.clock.advance(world.policy.timeLimit);
            world.connection.cancel();
          } else {
            await world.disconnected(how === 'logout');
            login += 1;
          }
          expect(world.status).toBe('idle');
        }
        expect(world.named('databaseOpened')).toHaveLength(opened);
      }),
      often(30),
    );
  });
});
