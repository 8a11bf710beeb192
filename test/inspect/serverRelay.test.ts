import { describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { inspectConnection, webSocketSink, type InspectOptions } from 'connection-machine/inspect';
import { createWorld } from '../support/world.ts';
import { atEnd, hello, step, turn, useInspector, type InspectorInUse } from './support/serverWorld.ts';

/** An app with a connection that is inspected by the two lines that the command prints. */
function inspectedApp(inspector: InspectorInUse, options: InspectOptions = {}) {
  const world = createWorld();
  const stop = inspectConnection(world.connection, webSocketSink(inspector.appUrl, { WebSocket }), options);
  atEnd(stop);
  return { ...world, world, stop };
}

describe('between a connection and its viewer', () => {
  test('every step is told, in order, and the end', async () => {
    const inspector = await useInspector();
    const viewer = await inspector.viewer();
    const { world, stop } = inspectedApp(inspector, { name: 'alice' });
    await viewer.hears(({ type }) => type === 'actor');
    await world.connected();
    stop();
    const heard = await viewer.hears(({ type }) => type === 'end');
    expect(heard.map(({ type, seq }) => seq ?? type)).toEqual(['actor', 1, 2, 3, 'end']);
    expect(heard[0]).toMatchObject({ name: 'alice', allowEvents: false });
    expect(heard[3]).toMatchObject({ event: { type: 'link.succeeded' } });
    expect(new Set(heard.map(({ connection }) => connection)).size).toBe(1);
  });

  test('a viewer that comes late says hello, and is told what has happened, by every app', async () => {
    const inspector = await useInspector();
    const early = await inspector.viewer();
    const apps = ['alice', 'bob'].map((name) => inspectedApp(inspector, { name }));
    for (const { world } of apps) await world.connected();
    await early.hears((_, all) => all.filter(({ seq }) => seq === 3).length === 2);
    const late = await inspector.viewer();
    expect(late.heard).toEqual([]);
    late.say(hello);
    const heard = await late.hears((_, all) => all.filter(({ seq }) => seq === 3).length === 2);
    const actors = heard.filter(({ type }) => type === 'actor');
    expect(actors.map(({ name }) => name).sort()).toEqual(['alice', 'bob']);
    for (const { connection } of actors)
      expect(heard.filter((one) => one.connection === connection).map(({ seq }) => seq)).toEqual([undefined, 1, 2, 3]);
  });

  test('a viewer can send events only where the app has opted in, and only to the one that is meant', async () => {
    const inspector = await useInspector();
    const viewer = await inspector.viewer();
    const open = inspectedApp(inspector, { name: 'open', allowEvents: true });
    const shut = inspectedApp(inspector, { name: 'shut' });
    const other = inspectedApp(inspector, { name: 'other', allowEvents: true });
    const actors = await viewer.hears((_, all) => all.filter(({ type }) => type === 'actor').length === 3);
    const idOf = (wanted: string) => actors.find(({ name }) => name === wanted)!.connection;
    const event = { type: 'user.connect', userWaiting: true };
    for (const name of ['shut', 'open']) viewer.say({ version: 1, type: 'send', connection: idOf(name), event });
    // a second hello is answered by each app after all that came before it
    await viewer.hears(({ type, connection }) => type === 'step' && connection === idOf('open'));
    viewer.say(hello);
    await viewer.hears((_, all) => all.filter(({ type }) => type === 'actor').length === 6);
    expect([open, shut, other].map(({ world }) => world.status === 'idle')).toEqual([false, true, true]);
  });

  test('when an app goes without a word, its connections are said to have ended, and no others', async () => {
    const inspector = await useInspector();
    const viewer = await inspector.viewer();
    const gone = await inspector.app();
    const stays = await inspector.app();
    stays.say(step(1, { connection: 'stays' }));
    for (const connection of ['first', 'second', 'third']) gone.say(step(1, { connection }));
    gone.say({ version: 1, type: 'end', connection: 'second', at: 1 });
    await viewer.hears((_, all) => all.length === 5);
    const before = Date.now();
    gone.socket.terminate();
    const heard = await viewer.hears((_, all) => all.filter(({ type }) => type === 'end').length === 3);
    const ends = heard.filter(({ type }) => type === 'end');
    expect(ends.map(({ connection, version }) => [connection, version])).toEqual([
      ['second', 1],
      ['first', 1],
      ['third', 1],
    ]);
    for (const { at } of ends.slice(1)) expect(at).toBeGreaterThanOrEqual(before);
  });
});

describe('what is passed on', () => {
  test('is what apps tell to viewers, and what viewers ask to apps; neither hears its own side', async () => {
    const inspector = await useInspector();
    const [app, otherApp] = [await inspector.app(), await inspector.app()];
    const [viewer, otherViewer] = [await inspector.viewer(), await inspector.viewer()];
    app.say(step(1));
    await Promise.all([viewer, otherViewer].map((one) => one.hears(({ seq }) => seq === 1)));
    viewer.say(hello);
    await Promise.all([app, otherApp].map((one) => one.hears(({ type }) => type === 'hello')));
    // had it gone to its own side as well, it would be there before this
    otherApp.say(step(2));
    otherViewer.say({ version: 1, type: 'send', connection: 'one', event: { type: 'user.retry' } });
    await Promise.all([viewer, otherViewer].map((one) => one.hears(({ seq }) => seq === 2)));
    await Promise.all([app, otherApp].map((one) => one.hears(({ type }) => type === 'send')));
    for (const one of [app, otherApp]) expect(one.heard.map(({ type }) => type)).toEqual(['hello', 'send']);
    for (const one of [viewer, otherViewer]) expect(one.heard.map(({ seq }) => seq)).toEqual([1, 2]);
  });

  const noise: readonly unknown[] = [
    '',
    'nonsense',
    'null',
    '1',
    '"text"',
    '[]',
    '{}',
    '{"version":1,"type":"step","connection":"one"',
    { version: 2, type: 'step', connection: 'one' },
    { version: '1', type: 'step', connection: 'one' },
    { type: 'step', connection: 'one' },
    { version: 1, connection: 'one' },
    { version: 1, type: 'other', connection: 'one' },
    { version: 1, type: 'toString', connection: 'one' },
    { version: 1, type: ['step'], connection: 'one' },
    { version: 1, type: 'step' },
    { version: 1, type: 'step', connection: '' },
    { version: 1, type: 'step', connection: 7 },
    { version: 1, type: 'step', connection: 'x'.repeat(101) },
    { version: 1, type: 'send', event: { type: 'user.connect' } },
    { version: 1, type: 'hello', connection: 7 },
    '['.repeat(12_000),
    Buffer.from(JSON.stringify(step(0))),
    Buffer.from([0xff, 0xfe]),
  ];

  test.each([
    ['an app', [hello, { version: 1, type: 'send', connection: 'one', event: { type: 'user.connect' } }], step(9)],
    ['a viewer', [step(0), { version: 1, type: 'actor', connection: 'one' }, { version: 1, type: 'end', connection: 'one' }], hello],
  ] as const)('is only what the protocol knows: of the rest of what %s may say, nothing', async (who, others, last) => {
    const inspector = await useInspector();
    const [app, viewer] = [await inspector.app(), await inspector.viewer()];
    const [speaker, listener] = who === 'an app' ? [app, viewer] : [viewer, app];
    for (const message of [...noise, ...others]) speaker.say(message);
    speaker.say(last);
    await listener.hears(({ type }) => type === last.type);
    expect(listener.heard).toEqual([last]);
  });

  test('is passed on as it came', async () => {
    const inspector = await useInspector();
    const viewer = await inspector.viewer();
    const texts: string[] = [];
    viewer.socket.on('message', (data, isBinary) => texts.push(`${isBinary} ${String(data)}`));
    const text = '{ "version": 1, "type": "step", "connection": "ü", "seq": 1.0, "event": { "type": "链接" } }';
    (await inspector.app()).say(text);
    await viewer.hears(() => true);
    expect(texts).toEqual([`false ${text}`]);
  });

  test('is at most 1 MB from an app and 16 kB from a viewer: a larger frame closes the socket, and nobody else notices', async () => {
    const inspector = await useInspector();
    const [app, viewer] = [await inspector.app(), await inspector.viewer()];
    const [bigApp, bigViewer] = [await inspector.app(), await inspector.viewer()];
    const padded = (message: object, bytes: number) => {
      const empty = JSON.stringify({ ...message, pad: '' });
      return JSON.stringify({ ...message, pad: 'x'.repeat(bytes - empty.length) });
    };
    bigApp.say(padded(step(1), 1_000_000));
    bigApp.say(padded(step(2), 1_000_001));
    bigViewer.say(padded(hello, 16_000));
    bigViewer.say(padded(hello, 16_001));
    expect(await Promise.all([bigApp.closed, bigViewer.closed])).toEqual([1009, 1009]);
    app.say(step(3));
    viewer.say({ ...hello, mark: true });
    const told = await viewer.hears(({ seq }) => seq === 3);
    expect(told.flatMap(({ seq }) => seq ?? [])).toEqual([1, 3]);
    expect(await app.hears(({ mark }) => mark === true)).toHaveLength(2);
  });

  test('is of at most 1000 connections at a time for each app', async () => {
    const inspector = await useInspector();
    const [app, viewer] = [await inspector.app(), await inspector.viewer()];
    for (let each = 0; each < 1_001; each++) app.say(step(1, { connection: `number ${each}` }));
    app.say({ version: 1, type: 'end', connection: 'number 0', at: 0 });
    app.say(step(1, { connection: 'number 1' }));
    app.say(step(1, { connection: 'last' }));
    const heard = await viewer.hears(({ connection }) => connection === 'last');
    expect(heard).toHaveLength(1_003);
    expect(heard.some(({ connection }) => connection === 'number 1000')).toBe(false);
  });
});

describe('who does not keep up', () => {
  test('is dropped once 8 MB wait for them; the others are told on', async () => {
    const inspector = await useInspector();
    const [app, slow, viewer] = [await inspector.app(), await inspector.viewer(), await inspector.viewer()];
    slow.socket.pause();
    const pad = 'x'.repeat(900_000);
    // what the system itself takes in before anything waits here is not known, but it is bounded
    for (let seq = 1; seq <= 40; seq++) {
      app.say(step(seq, { pad }));
      await viewer.hears((one) => one.seq === seq);
    }
    slow.socket.resume();
    expect(await slow.closed).toBe(1006);
    expect(slow.heard.length).toBeLessThan(40);
    expect(viewer.heard).toHaveLength(40);
  });

  test('is dropped when a ping has not been answered until the next, 30 s later; who answers stays', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    atEnd(() => vi.useRealTimers());
    const inspector = await useInspector();
    const viewer = await inspector.viewer();
    const [dead, alive] = [await inspector.app({ autoPong: false }), await inspector.app()];
    dead.say(step(1, { connection: 'dead' }));
    await viewer.hears(({ connection }) => connection === 'dead');
    for (let round = 1; round <= 3; round++) {
      const pinged = Promise.all([alive, viewer].map(({ socket }) => new Promise((resolve) => void socket.once('ping', resolve))));
      vi.advanceTimersByTime(30_000);
      await pinged;
      // what is said after a pong arrives after it
      viewer.say(hello);
      alive.say(step(round, { connection: 'alive' }));
      await alive.hears((_, all) => all.length === round);
      await viewer.hears(({ connection, seq }) => connection === 'alive' && seq === round);
      if (round === 1) expect(dead.socket.readyState).toBe(dead.socket.OPEN);
    }
    expect(await dead.closed).toBe(1006);
    expect(viewer.heard.filter(({ type }) => type === 'end').map(({ connection }) => connection)).toEqual(['dead']);
  });

  test('leaves no timer behind once the server is closed', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    atEnd(() => vi.useRealTimers());
    const inspector = await useInspector();
    expect(vi.getTimerCount()).toBe(1);
    await inspector.close();
    await turn();
    expect(vi.getTimerCount()).toBe(0);
  });
});
