import { describe, expect, test } from 'vitest';
import { createWorld } from '../support/world.ts';

const codes = ({ events }: ReturnType<typeof createWorld>) =>
  events.filter(({ name }) => name === 'databaseOpened').map(({ event }) => event);

async function connecting() {
  const world = createWorld();
  world.connection.connect();
  await world.settle();
  return world;
}

describe('The local database', () => {
  test('that failed and opens after all is announced, with the code of its opening', async () => {
    const world = await connecting();
    world.transport.last.report.dbOpened({ ok: false, code: 33002 });
    expect(world.connection.getSnapshot().database).toBe('failed');
    world.transport.last.report.dbOpened({ ok: true, code: 7 });
    expect(world.connection.getSnapshot().database).toBe('opened');
    expect(codes(world)).toEqual([{ code: 7 }]);
  });

  test('that was open and failed is failed, and may open again', async () => {
    const world = await connecting();
    world.transport.last.report.dbOpened({ ok: true, code: 1 });
    world.transport.last.report.dbOpened({ ok: false, code: 2 });
    expect(world.connection.getSnapshot().database).toBe('failed');
    world.transport.last.report.dbOpened({ ok: true, code: 3 });
    expect(codes(world)).toEqual([{ code: 1 }, { code: 3 }]);
  });

  test('that opens without a code is announced without one', async () => {
    const world = await connecting();
    world.transport.last.report.dbOpened();
    expect(codes(world)).toEqual([{}]);
    expect(codes(world)[0]).not.toHaveProperty('code');
  });

  for (const [what, reports, then] of [
    ['was opened by the link that lets them in: it is theirs, and announced', [{ ok: true, code: 5 }], 'opened'],
    ['was opened by the old link alone: it is not theirs', [], 'closed'],
    ['failed for the link that lets them in: it is not theirs either', [{ ok: false, code: 6 }], 'closed'],
    [
      'was opened and failed again for the link that lets them in',
      [
        { ok: true, code: 5 },
        { ok: false, code: 6 },
      ],
      'closed',
    ],
  ] as const) {
    test(`of another user, let in with a pushed token, ${what}`, async () => {
      const world = await connecting();
      world.transport.last.report.dbOpened({ ok: true, code: 1 });
      world.transport.last.report.success({ userId: 'alice' });
      world.connection.setToken('of-bob');
      await world.settle();
      expect(world.transport.links).toHaveLength(2);
      for (const report of reports) world.transport.last.report.dbOpened(report);
      world.transport.last.report.success({ userId: 'bob' });
      expect(world.connection.getSnapshot()).toMatchObject({ status: 'connected', userId: 'bob', database: then });
      expect(codes(world).at(-1)).toEqual(then === 'opened' ? { code: 5 } : { code: 1 });
    });
  }
});
