import { failure, type OpenLink, type Transport } from 'connection-machine';
import { describe, expect, it } from 'vitest';
import { worldOver } from '../support/worldOver.ts';

const link = (): OpenLink => ({ close: () => undefined });

/** A transport with an `open` that is not what the types ask for. */
const opening = (open: (...args: Parameters<Transport['open']>) => unknown): Transport => ({ open: open as Transport['open'] });

describe('an open that fails', () => {
  it('by throwing a failure is judged by its kind', async () => {
    const world = worldOver(
      opening(() => {
        throw failure({ kind: 'configuration', code: 31002 });
      }),
    );
    await world.connect();
    expect(world.connection.getSnapshot()).toMatchObject({ status: 'failed', failure: { kind: 'configuration', code: 31002 } });
  });

  it('by throwing an error is unknown, and tried again', async () => {
    let opened = 0;
    const problem = new TypeError('sdk is not defined');
    const world = worldOver(
      opening(() => {
        opened++;
        throw problem;
      }),
    );
    await world.connect({ userWaiting: false });
    expect(world.connection.getSnapshot()).toMatchObject({
      status: 'waiting',
      attempt: 1,
      failure: { kind: 'unknown', message: expect.stringContaining('sdk is not defined'), cause: problem },
    });
    await world.clock.advance(500);
    expect(opened).toBe(2);
  });

  it.each([undefined, null, 5, 'text', Symbol('no'), {}])('by throwing %s crashes nothing', async (thrown) => {
    const world = worldOver(
      opening(() => {
        throw thrown;
      }),
    );
    await world.connect({ userWaiting: false });
    expect(world.connection.getSnapshot()).toMatchObject({ status: 'waiting', failure: { kind: 'unknown' } });
    await world.connection.disconnect();
    expect(world.clock.pending).toBe(0);
  });

  it('by throwing after it has reported success does not claim to be connected', async () => {
    const world = worldOver(
      opening((_, report) => {
        report.success({ userId: 'alice' });
        throw new Error('too late');
      }),
    );
    await world.connect({ userWaiting: false });
    expect(world.status).toBe('waiting');
    expect(world.connection.link).toBeUndefined();
  });

  it('by throwing after it has reported a failure is judged by that failure', async () => {
    const world = worldOver(
      opening((_, report) => {
        report.error(failure({ kind: 'blocked', code: 31009 }));
        throw new Error('and this');
      }),
    );
    await world.connect({ userWaiting: false });
    expect(world.connection.getSnapshot()).toMatchObject({ status: 'failed', failure: { kind: 'blocked', code: 31009 } });
  });
});

describe('an open that returns', () => {
  it.each([undefined, null, 5, 'text', {}, { close: 'now' }, []])(
    '%j in place of a link may still connect, and can be left again',
    async (returned) => {
      const world = worldOver(
        opening((_, report) => {
          report.success({ userId: 'alice' });
          return returned;
        }),
      );
      await world.connect();
      expect(world.status).toBe('connected');
      expect(world.problems).toEqual([expect.stringContaining('no link with a close function')]);
      await world.connection.disconnect();
      expect(world.status).toBe('idle');
      expect(world.clock.pending).toBe(0);
    },
  );

  it('nothing, and never reports, is a failed attempt after attemptTimeLimit', async () => {
    const world = worldOver(opening(() => undefined));
    await world.connect({ userWaiting: false });
    await world.clock.advance(10_000);
    expect(world.connection.getSnapshot()).toMatchObject({
      status: 'waiting',
      attempt: 1,
      failure: { kind: 'timeout', code: 'attemptTimeLimit' },
    });
  });

  it('a promise of a link connects once that is there', async () => {
    let give: (link: OpenLink) => void = () => undefined;
    const world = worldOver(
      opening((_, report) => {
        report.success({ userId: 'alice' });
        return new Promise((resolve) => (give = resolve));
      }),
    );
    await world.connect();
    expect(world.status).toBe('connecting');
    const mine = link();
    give(mine);
    await world.settle();
    expect(world.status).toBe('connected');
    expect(world.connection.link).toBe(mine);
  });

  it('a promise that rejects is a failure, judged by its kind', async () => {
    const world = worldOver(
      opening(async () => {
        throw failure({ kind: 'server', retryAfter: 20_000 });
      }),
    );
    await world.connect({ userWaiting: false });
    expect(world.connection.getSnapshot()).toMatchObject({ status: 'waiting', failure: { kind: 'server', retryAfter: 20_000 } });
    await world.connection.disconnect();
    expect(world.status).toBe('idle');
  });

  it('a promise that comes after the connection was given up has its link closed all the same', async () => {
    let give: (link: OpenLink) => void = () => undefined;
    let closed = 0;
    const world = worldOver(opening(() => new Promise((resolve) => (give = resolve))));
    await world.connect();
    const done = world.connection.disconnect();
    await world.clock.advance(1_000);
    expect(world.status).toBe('closing');
    give({ close: () => void closed++ });
    await world.settle();
    await done;
    expect(closed).toBe(1);
    expect(world.status).toBe('idle');
  });

  it('a promise that comes even later than closeTimeLimit has its link closed too', async () => {
    let give: (link: OpenLink) => void = () => undefined;
    let closed = 0;
    const world = worldOver(opening(() => new Promise((resolve) => (give = resolve))));
    await world.connect();
    const done = world.connection.disconnect();
    await world.clock.advance(5_000);
    await done;
    expect([world.status, closed]).toEqual(['idle', 0]);
    give({ close: () => void closed++ });
    await world.settle();
    expect(closed).toBe(1);
    expect(world.status).toBe('idle');
  });

  it('a promise that never settles is given up, and does not hold disconnect() back for ever', async () => {
    const world = worldOver(opening(() => new Promise(() => undefined)));
    await world.connect({ userWaiting: false });
    await world.clock.advance(10_000);
    expect(world.status).toBe('waiting');
    const done = world.connection.disconnect();
    await world.clock.advance(5_000);
    await done;
    expect([world.status, world.clock.pending]).toEqual(['idle', 0]);
  });

  it('a link whose members cannot even be read is survived', async () => {
    const unreadable = new Proxy(
      {},
      {
        get: () => {
          throw new Error('no');
        },
      },
    );
    const world = worldOver(opening(() => unreadable));
    await world.connect({ userWaiting: false });
    expect(world.connection.getSnapshot()).toMatchObject({ status: 'waiting', failure: { kind: 'unknown' } });
    await world.connection.disconnect();
    expect(world.status).toBe('idle');
  });
});
