import { createConnection, type ConnectionOptions, type PlatformReport } from 'connection-machine';
import { afterEach, describe, expect, it } from 'vitest';
import { controlledClock, fakeTransport } from 'connection-machine/testing';
import { fakePage, type FakePage } from '../support/fakePage.ts';
import { createWorld } from '../support/world.ts';
import { worldIn } from '../support/worldIn.ts';

let page: FakePage | undefined;
afterEach(() => {
  page?.leave();
  page = undefined;
});

async function connected(options: Partial<ConnectionOptions> = {}) {
  const clock = controlledClock();
  const transport = fakeTransport();
  const connection = createConnection({ transport, fetchToken: async () => 'token', clock, random: () => 0.5, ...options });
  connection.connect();
  await clock.advance(0);
  transport.last.report.success({ userId: 'alice' });
  await clock.advance(10_000);
  return { connection, clock, transport };
}

const listen = () => undefined;

describe('without the option signals', () => {
  it('nothing is listened to in plain Node: no timer runs on a stable connection', async () => {
    const { connection, clock } = await connected();
    expect(connection.getSnapshot().status).toBe('connected');
    expect(clock.pending).toBe(0);
  });

  it('a browser page is listened to, from connect() until idle', async () => {
    page = fakePage();
    const clock = controlledClock();
    const transport = fakeTransport();
    const connection = createConnection({ transport, fetchToken: async () => 'token', clock });
    expect(page.listeners).toEqual([]);
    connection.connect();
    expect(page.listeners).toHaveLength(4);
    await connection.disconnect();
    expect(page.listeners).toEqual([]);
    expect(clock.pending).toBe(0);
  });

  it('a page that is offline from the start opens no link', async () => {
    page = fakePage({ onLine: false });
    const clock = controlledClock();
    const transport = fakeTransport();
    const connection = createConnection({ transport, fetchToken: async () => 'token', clock });
    connection.connect({ userWaiting: false });
    await clock.advance(60_000);
    expect(connection.getSnapshot().status).toBe('offline');
    expect(transport.links).toEqual([]);
    page.fire('window', 'online');
    await clock.advance(1_000);
    expect(connection.getSnapshot().status).toBe('connecting');
  });

  it('a page that has slept gets a new link, when the old one cannot be asked', async () => {
    page = fakePage();
    const { clock, transport } = await connected();
    clock.jump(3_600_000);
    await clock.advance(20_000);
    expect(transport.links).toHaveLength(2);
    expect(transport.mostLive).toBe(1);
  });

  it.each([
    ['a window without events, as in React Native', { window: {} }],
    ['a window without a document', { window: { addEventListener: listen } }],
    ['a document without events', { window: { addEventListener: listen }, document: {} }],
  ])('%s is no page', async (_, globals: object) => {
    for (const [name, value] of Object.entries(globals)) Object.defineProperty(globalThis, name, { value, configurable: true });
    try {
      const { connection, clock } = await connected();
      expect(connection.getSnapshot().status).toBe('connected');
      expect(clock.pending).toBe(0);
    } finally {
      for (const name of Object.keys(globals)) Reflect.deleteProperty(globalThis, name);
    }
  });
});

describe('with signals: false', () => {
  it('not even a page is listened to', async () => {
    page = fakePage({ onLine: false });
    const { connection, clock } = await connected({ signals: false });
    expect(connection.getSnapshot().status).toBe('connected');
    expect(page.listeners).toEqual([]);
    expect(clock.pending).toBe(0);
  });
});

describe("with signals of one's own", () => {
  it("they are listened to in place of the page's", async () => {
    page = fakePage();
    const world = await worldIn('connecting');
    expect([world.signals.listeners, page.listeners]).toEqual([1, []]);
  });

  it('they are listened to once, from connect() until idle, through every kind of trouble', async () => {
    const world = createWorld();
    expect(world.signals.listeners).toBe(0);
    await world.connected();
    world.transport.last.report.interrupted();
    world.transport.last.report.error({ kind: 'network' });
    await world.clock.advance(60_000);
    expect(world.signals.listeners).toBe(1);
    world.transport.last.report.error({ kind: 'kicked' });
    await world.settle();
    world.connection.connect();
    await world.settle();
    expect(world.signals.listeners).toBe(1);
    await world.connection.disconnect();
    expect(world.signals.listeners).toBe(0);
  });

  it('what they report after they were stopped changes nothing', async () => {
    const reports: PlatformReport[] = [];
    const world = createWorld({ signals: { subscribe: (report) => (reports.push(report), () => undefined) } });
    await world.connected();
    await world.connection.disconnect();
    reports[0]?.network(false);
    reports[0]?.woke(1_000);
    await world.connected();
    expect(world.status).toBe('connected');
    expect(reports).toHaveLength(2);
  });

  it.each([
    [
      'throw',
      () => {
        throw new Error('no native module');
      },
    ],
    ['return nothing to stop them with', () => undefined],
    ['return something that cannot be called', () => ({ remove: () => undefined })],
    [
      'throw when they are stopped',
      () => () => {
        throw new Error('already stopped');
      },
    ],
  ])('they may %s: the user connects and disconnects all the same', async (_, subscribe) => {
    const world = createWorld({ signals: { subscribe: subscribe as () => () => void } });
    await world.connected();
    expect(world.status).toBe('connected');
    await world.connection.disconnect();
    expect(world.status).toBe('idle');
  });

  it('they may report anything, as often as they like', async () => {
    const world = await worldIn('connected', { transport: { verify: async () => undefined } });
    for (const nonsense of [undefined, null, NaN, -1, 'x', {}] as never[]) {
      world.signals.woke(nonsense);
      world.signals.app(nonsense);
    }
    for (let times = 0; times < 100; times++) world.signals.network(true);
    await world.settle();
    expect(world.status).toBe('connected');
    expect(world.transport.links).toHaveLength(1);
  });
});

describe('what the platform says', () => {
  it('offline ends a link that cannot be asked, and nothing is tried until online', async () => {
    const world = await worldIn('connected');
    world.signals.network(false);
    await world.clock.advance(3_600_000);
    expect(world.connection.getSnapshot()).toMatchObject({ status: 'offline', attempt: 0, failure: { kind: 'network', code: 'offline' } });
    expect([world.transport.links.length, world.transport.live, world.clock.pending]).toEqual([1, 0, 0]);
    world.signals.network(true);
    await world.clock.advance(500);
    expect(world.status).toBe('connecting');
  });

  it('offline is checked with the server where that is possible: a link that answers stays', async () => {
    let verified = 0;
    const world = await worldIn('connected', { transport: { verify: async () => void verified++ } });
    world.signals.network(false);
    await world.settle();
    expect([verified, world.status]).toEqual([1, 'connected']);
    await world.clock.advance(60_000);
    expect([world.status, world.transport.links.length]).toEqual(['connected', 1]);
  });

  it('offline, and a link that does not answer within verifyTimeLimit, is offline', async () => {
    const world = await worldIn('connected', { transport: { verify: () => new Promise(() => undefined) } });
    world.signals.network(false);
    await world.clock.advance(3_999);
    expect(world.status).toBe('connected');
    await world.clock.advance(1);
    expect(world.status).toBe('offline');
  });

  it('woke has the link verified within verifyTimeLimit, or replaced', async () => {
    const world = await worldIn('connected', { transport: { verify: () => new Promise(() => undefined) } });
    world.signals.woke(3_600_000);
    await world.clock.advance(4_000);
    expect(world.connection.getSnapshot()).toMatchObject({ status: 'waiting', failure: { kind: 'network', code: 'verifyTimeLimit' } });
    await world.clock.advance(500);
    expect(world.transport.links).toHaveLength(2);
  });

  it('the app comes to the front: a long wait is cut short', async () => {
    const world = createWorld();
    world.connection.connect({ userWaiting: false });
    await world.settle();
    for (let attempt = 0; attempt < 8; attempt++) {
      world.transport.last.report.error({ kind: 'network' });
      if (attempt < 7) await world.clock.advance(30_000);
      await world.settle();
    }
    const { retryAt = 0 } = world.connection.getSnapshot();
    expect(retryAt - world.clock.now()).toBeGreaterThan(1_000);
    world.signals.app(true);
    expect((world.connection.getSnapshot().retryAt ?? NaN) - world.clock.now()).toBeLessThanOrEqual(500);
    await world.clock.advance(500);
    expect(world.status).toBe('connecting');
  });
});
