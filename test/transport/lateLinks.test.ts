import { describe, expect, test } from 'vitest';
import type { OpenLink, TransportReport } from 'connection-machine';
import { createWorld } from '../support/world.ts';
import { worldOver } from '../support/worldOver.ts';

describe('A link that comes up late', () => {
  test('is closed, and is never taken for the one that is open', async () => {
    const opened: { report: TransportReport; come: (link: OpenLink) => void }[] = [];
    const closed: string[] = [];
    const link = (name: string) => Object.assign({ close: () => void closed.push(name) }, { name });
    const world = worldOver({
      open: (_, report) => new Promise<OpenLink>((come) => opened.push({ report, come })) as unknown as OpenLink,
    });
    await world.connect({ userWaiting: false });
    void world.connection.disconnect();
    world.connection.connect({ userWaiting: false });
    // the first has had its time to come and to close
    await world.clock.advance(5_000);
    expect(opened).toHaveLength(2);
    opened[1]!.come(link('second'));
    opened[1]!.report.success({ userId: 'alice' });
    await world.settle();
    expect(world.connection.link).toMatchObject({ name: 'second' });
    opened[0]!.come(link('first'));
    await world.settle();
    expect(closed).toEqual(['first']);
    expect(world.connection.link).toMatchObject({ name: 'second' });
  });

  test('without a function to close it is logged once, as what it is', async () => {
    const world = worldOver({ open: () => ({}) as OpenLink });
    await world.connect({ userWaiting: false });
    await world.connection.disconnect();
    expect(world.problems).toEqual(['connection-machine: transport.open returned no link with a close function; it cannot be closed']);
  });

  test('without a function to close, later, is logged once, too', async () => {
    const world = worldOver({ open: () => Promise.resolve({}) as unknown as OpenLink });
    await world.connect({ userWaiting: false });
    await world.connection.disconnect();
    expect(world.problems).toEqual(['connection-machine: transport.open returned no link with a close function; it cannot be closed']);
  });
});

describe('A link that was asked for a sign of life and then interrupted', () => {
  const asked = async () => {
    let answer!: { yes: () => void; no: () => void };
    const world = createWorld({
      transport: { verify: () => new Promise<void>((resolve, reject) => (answer = { yes: resolve, no: () => reject(new Error('no')) })) },
    });
    await world.connected();
    world.signals.woke(60_000);
    await world.settle();
    world.transport.last.report.interrupted({ kind: 'network' });
    expect(world.status).toBe('recovering');
    return { world, answer };
  };

  test('is not ended by its old answer, while its SDK reconnects', async () => {
    const { world, answer } = await asked();
    answer.no();
    await world.settle();
    expect(world.status).toBe('recovering');
    expect(world.transport.links).toHaveLength(1);
  });

  test('nor once it is back', async () => {
    const { world, answer } = await asked();
    world.transport.last.report.success({ userId: 'alice' });
    answer.no();
    await world.settle();
    expect(world.status).toBe('connected');
    expect(world.transport.links).toHaveLength(1);
  });
});

describe('disconnect()', () => {
  test('resolves when the chart is idle, not before', async () => {
    for (const slowClose of [true, false]) {
      const world = createWorld({ transport: { slowClose } });
      await world.connected();
      const states: string[] = [];
      void world.connection.disconnect().then(() => states.push(world.status));
      await world.settle();
      if (slowClose) expect(states).toEqual([]);
      world.transport.last.settleClose();
      await world.settle();
      expect(states).toEqual(['idle']);
    }
  });

  test('of a link that never closes resolves after closeTimeLimit, when the chart is idle', async () => {
    const world = createWorld({ transport: { slowClose: true } });
    await world.connected();
    const states: string[] = [];
    void world.connection.disconnect().then(() => states.push(world.status));
    await world.clock.advance(4_999);
    expect(states).toEqual([]);
    await world.clock.advance(1);
    expect(states).toEqual(['idle']);
  });
});
