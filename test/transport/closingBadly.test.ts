import { failure, type OpenLink, type TransportReport } from 'connection-machine';
import { describe, expect, it } from 'vitest';
import { worldOver } from '../support/worldOver.ts';

/** A connected world whose links close in a way of their own. */
async function connectedWith(close: OpenLink['close']) {
  const reports: TransportReport[] = [];
  const world = worldOver({
    open(_, report) {
      reports.push(report);
      return { close };
    },
  });
  await world.connect();
  reports[0]?.success({ userId: 'alice' });
  await world.settle();
  return Object.assign(world, { reports });
}

const ways: [string, OpenLink['close']][] = [
  [
    'throws',
    () => {
      throw new Error('already closed');
    },
  ],
  ['rejects', () => Promise.reject(new Error('already closed'))],
  ['rejects with nothing', () => Promise.reject()],
  [
    'throws nothing',
    () => {
      throw undefined;
    },
  ],
];

describe('a close that', () => {
  it.each(ways)('%s is logged, and the connection ends in idle', async (_, close) => {
    const world = await connectedWith(close);
    await world.connection.disconnect();
    expect(world.status).toBe('idle');
    expect(world.problems).toEqual([expect.stringContaining('did not close as it should')]);
    expect(world.clock.pending).toBe(0);
  });

  it.each(ways)('%s does not keep the next link from opening', async (_, close) => {
    const world = await connectedWith(close);
    world.reports[0]?.error(failure({ kind: 'network' }));
    await world.clock.advance(1_000);
    expect(world.reports).toHaveLength(2);
    expect(world.status).toBe('connecting');
  });

  it('never settles holds the next link back for closeTimeLimit, not longer', async () => {
    const world = await connectedWith(() => new Promise(() => undefined));
    world.reports[0]?.error(failure({ kind: 'network' }));
    await world.clock.advance(4_999);
    expect([world.status, world.reports.length]).toEqual(['connecting', 1]);
    await world.clock.advance(1);
    expect(world.reports).toHaveLength(2);
  });

  it('settles late, after the brain has gone on, changes nothing', async () => {
    let settle: () => void = () => undefined;
    const world = await connectedWith(() => new Promise((resolve) => (settle = resolve)));
    const done = world.connection.disconnect();
    await world.clock.advance(5_000);
    await done;
    settle();
    await world.settle();
    expect([world.status, world.clock.pending]).toEqual(['idle', 0]);
  });

  it.each([
    [5],
    ['closed'],
    [null],
    [{ then: 5 }],
    [{ then: (done: () => void) => done() }],
    [
      Object.defineProperty({}, 'then', {
        get: () => {
          throw new Error('no');
        },
      }),
    ],
  ])('returns something odd is done: case %#', async (returned) => {
    const world = await connectedWith((() => returned) as OpenLink['close']);
    await world.connection.disconnect();
    expect([world.status, world.clock.pending]).toEqual(['idle', 0]);
  });

  it('calls back into the connection is survived', async () => {
    const world = await connectedWith(() => {
      world.connection.connect();
      world.connection.setToken('pushed');
      void world.connection.disconnect();
    });
    await world.connection.disconnect();
    await world.settle();
    expect(world.connection.actor.getSnapshot().status).toBe('active');
    await world.connection.disconnect();
    await world.settle();
    expect(world.status).toBe('idle');
  });
});

describe('close', () => {
  it('is called once a link, also after report.error', async () => {
    let closed = 0;
    const world = await connectedWith(() => void closed++);
    world.reports[0]?.error(failure({ kind: 'network' }));
    await world.settle();
    await world.connection.disconnect();
    await world.connection.disconnect();
    expect(closed).toBe(1);
  });

  it('is called with the link as this', async () => {
    const selves: unknown[] = [];
    class SdkLink {
      close() {
        selves.push(this);
      }
    }
    const mine = new SdkLink();
    const world = worldOver({ open: () => mine });
    await world.connect();
    await world.connection.disconnect();
    expect(selves).toEqual([mine]);
    expect(selves[0]).toBe(mine);
  });
});
