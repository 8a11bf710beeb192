import { once } from 'node:events';
import net, { type AddressInfo, type Socket } from 'node:net';
import { createBrowserInspector, createBrowserReceiver, createInspector, createWebSocketInspector } from '@statelyai/inspect';
import { WebSocketServer } from 'ws';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createActor, createMachine, type AnyStateMachine } from 'xstate';
import { toDirectedGraph, type DirectedGraphNode } from 'xstate/graph';
import { inspectConnection, type InspectMessage, type InspectSink } from 'connection-machine/inspect';
import { readChart } from '../../../src/inspect/chart/readChart.ts';
import { statelySink, type StatelyInspector, type StatelyOptions } from '../../../src/inspect/official/statelySink.ts';
import { createWorld } from '../../support/world.ts';
import { statuses, worldIn } from '../../support/worldIn.ts';
import { asWindow, fakeWindow } from './support/fakeWindow.ts';
import { idsOf, longStory, machineIn, nodesIn, storyWorld, whatXStateSays } from './support/longStory.ts';

/** A message of `@statelyai/inspect`. */
interface Wire {
  readonly type: string;
  readonly sessionId: string;
  readonly rootId: string;
  readonly name: string;
  readonly createdAt: string;
  readonly definition: string;
  readonly event: { readonly type: string };
  readonly snapshot: { readonly status: string; readonly value: never; readonly context: Record<string, unknown> };
}

/** For what nobody calls, or listens to. */
const nobody = () => undefined;

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** Stately's inspector without a channel: what it sends, as copies. */
function plainInspector() {
  const sent: Wire[] = [];
  const ends: string[] = [];
  const adapter = { send: (message: unknown) => void sent.push(structuredClone(message) as Wire), stop: () => void ends.push('stopped') };
  return { sent, ends, create: (options: StatelyOptions) => createInspector(adapter, options) };
}

const machineOf = ({ definition }: Wire) => createMachine(JSON.parse(definition) as never) as AnyStateMachine;

/** The ids of the active states, by XState 5's own reading of a message. */
const activeIn = (machine: AnyStateMachine, { snapshot: { value } }: Wire) => idsOf(machine.resolveState({ value, context: {} }));

/** The graph in its order: what a viewer draws. */
function drawn({ id, children, edges }: DirectedGraphNode): unknown {
  return { id, edges: edges.map(({ label, target }) => `${label.text} → ${target.id}`), children: children.map(drawn) };
}

describe('what Stately’s inspector sends', () => {
  test('the definition is the chart again: the same states, arrows and reasons, in the author’s order', async () => {
    const world = await worldIn('idle');
    const { sent, create } = plainInspector();
    const messages: InspectMessage[] = [];
    const keep: InspectSink = () => ({ send: (message) => void messages.push(message as InspectMessage), close: () => undefined });
    inspectConnection(world.connection, [statelySink(create), keep], { name: 'alice' });
    const [actor] = sent;
    expect(actor).toMatchObject({ type: '@xstate.actor', name: 'alice' });
    const machine = machineOf(actor!);
    expect(drawn(toDirectedGraph(machine))).toEqual(drawn(toDirectedGraph(machineIn(world))));
    expect(readChart(machine)).toEqual((messages[0] as { chart?: unknown }).chart);
  });

  test('at every step of a long story: the event, then the state that it led to, in which XState finds the same states active', async () => {
    const story = storyWorld();
    const said = whatXStateSays(story.world);
    const { sent, ends, create } = plainInspector();
    const stop = inspectConnection(story.world.connection, statelySink(create));
    const seen = await longStory(story);
    expect([...seen].sort()).toEqual([...statuses].sort());
    const [actor, ...steps] = sent;
    const machine = machineOf(actor!);
    expect(steps.map(({ type, event }) => `${type} ${event.type}`)).toEqual(
      said.flatMap(({ event }) => [`@xstate.event ${event}`, `@xstate.snapshot ${event}`]),
    );
    const snapshots = steps.filter(({ type }) => type === '@xstate.snapshot');
    expect(snapshots.map((snapshot) => activeIn(machine, snapshot))).toEqual(said.map(({ active }) => active));
    expect(new Set(sent.map(({ sessionId, rootId }) => `${sessionId} ${rootId}`)).size).toBe(1);
    expect(sent.every(({ sessionId, rootId }) => sessionId === rootId)).toBe(true);
    // by the app's clock
    expect(Number(snapshots.at(-1)!.createdAt)).toBe(story.world.clock.now());

    expect(ends).toEqual([]);
    stop();
    expect(sent.at(-1)).toMatchObject({ type: '@xstate.snapshot', snapshot: { status: 'stopped' } });
    expect(ends).toEqual(['stopped']);
  });

  test.each(statuses)('begins with the state that the connection is in: %s', async (status) => {
    const world = await worldIn(status);
    const { sent, create } = plainInspector();
    inspectConnection(world.connection, statelySink(create));
    expect(activeIn(machineOf(sent[0]!), sent[0]!)).toEqual(idsOf(world.connection.actor.getSnapshot()));
  });

  test('the memory, without a token', async () => {
    const { sent, create } = plainInspector();
    inspectConnection((await worldIn('connected')).connection, statelySink(create));
    expect(sent[0]!.snapshot.context).toMatchObject({ userId: 'alice', token: { secret: 1 } });
  });

  test('an app that does not pass our options on loses the order, and no more', async () => {
    const world = await worldIn('connected');
    const sent: Wire[] = [];
    inspectConnection(
      world.connection,
      statelySink(() => createInspector({ send: (message) => void sent.push(message as never) }, { serializationDepthLimit: 50 })),
    );
    expect(nodesIn(machineOf(sent[0]!)).length).toBe(nodesIn(machineIn(world)).length);
    expect(JSON.stringify(sent)).not.toContain('token-1');
  });
});

describe('over a window', () => {
  /** The app's page, and a viewer in the window that it opens. */
  function openPages() {
    const app = fakeWindow();
    const viewer = Object.assign(fakeWindow(), { opener: app });
    app.opens = viewer;
    vi.stubGlobal('window', app);
    const received: Wire[] = [];
    const look = () => createBrowserReceiver({ window: asWindow(viewer) }).subscribe((message) => void received.push(message as never));
    const sink = statelySink((options) => createBrowserInspector({ ...options, url: 'https://viewer.example/' }));
    return { app, viewer, received, look, sink };
  }

  test('its own receiver gets everything, also what happened before it was there', async () => {
    const { app, viewer, received, look, sink } = openPages();
    const world = await worldIn('connecting');
    const stop = inspectConnection(world.connection, sink);
    expect(app.opened).toEqual(['https://viewer.example/']);
    world.transport.last.succeed('alice');
    expect(viewer.posted).toEqual([]);
    // it says that it is there before it listens to itself
    look();
    const said = viewer.posted as Wire[];
    expect(said.slice(0, 3).map(({ type }) => type)).toEqual(['@xstate.actor', '@xstate.event', '@xstate.snapshot']);
    expect(said.every(({ sessionId }) => sessionId === said[0]!.sessionId)).toBe(true);
    // what had to wait is as it would have been at once
    expect(said[0]!.snapshot.context).toMatchObject({ token: { secret: 1 } });
    world.transport.last.interrupt({ kind: 'network' });
    expect(received.map(({ type, event }) => `${type} ${event.type}`)).toEqual([
      '@xstate.event link.interrupted',
      '@xstate.snapshot link.interrupted',
    ]);
    expect(activeIn(machineOf(said[0]!), received.at(-1)!)).toEqual(idsOf(world.connection.actor.getSnapshot()));
    stop();
    expect(viewer.posted.at(-1)).toEqual({ type: '@statelyai.disconnected' });
  });

  test('nothing stays behind on the page, and a viewer that comes later hears nothing', async () => {
    const { app, viewer, look, sink } = openPages();
    const stop = inspectConnection((await worldIn('connected')).connection, sink);
    expect(app.listening()).toBe(1);
    stop();
    expect(app.listening()).toBe(0);
    viewer.posted.length = 0;
    look();
    expect(viewer.posted).toEqual([]);
  });

  test('where there is no window, nothing is sent and nothing breaks', async () => {
    const problems = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const world = await worldIn('connecting');
    const sink = statelySink((options) => createBrowserInspector(options));
    const stop = inspectConnection(world.connection, sink);
    const messages: InspectMessage[] = [];
    inspectConnection(world.connection, () => ({
      send: (message) => void messages.push(message as InspectMessage),
      close: () => undefined,
    }));
    world.transport.last.succeed('alice');
    stop();
    expect(world.status).toBe('connected');
    const open = sink(nobody, nobody);
    for (const message of messages) expect(() => open.send(message)).not.toThrow();
    expect(() => open.close()).not.toThrow();
    expect(problems).toHaveBeenCalledWith('Window does not exist; inspector cannot be started.');
  });
});

describe('over WebSocket', () => {
  async function listen(port = 0) {
    const server = new WebSocketServer({ host: '127.0.0.1', port });
    await once(server, 'listening');
    const received: Wire[] = [];
    let heard = () => undefined as void;
    let closed = 0;
    server.on('connection', (socket) => {
      socket.on('message', (data) => {
        received.push(JSON.parse(String(data)) as Wire);
        heard();
      });
      socket.on('close', () => {
        closed += 1;
        heard();
      });
    });
    return {
      server,
      received,
      closed: () => closed,
      port: (server.address() as AddressInfo).port,
      url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
      until: async (isThere: () => boolean) => {
        while (!isThere()) await new Promise<void>((resolve) => void (heard = resolve));
      },
      async close() {
        server.close();
        await once(server, 'close');
      },
    };
  }

  test('a server gets the chart, every event and every state, and sees the end', async () => {
    const { received, until, closed, url, close } = await listen();
    const story = storyWorld();
    const said = whatXStateSays(story.world);
    const stop = inspectConnection(
      story.world.connection,
      statelySink((options) => createWebSocketInspector({ ...options, url })),
    );
    await until(() => received.length > 0);
    await longStory(story);
    stop();
    await until(() => closed() === 1);
    const machine = machineOf(received[0]!);
    const snapshots = received.filter(({ type }) => type === '@xstate.snapshot');
    expect(snapshots.at(-1)!.snapshot.status).toBe('stopped');
    expect(snapshots.slice(0, -1).map((snapshot) => activeIn(machine, snapshot))).toEqual(said.map(({ active }) => active));
    expect(received.filter(({ type }) => type === '@xstate.event').map(({ event }) => event.type)).toEqual(said.map(({ event }) => event));
    await close();
  });

  /** A server that nobody can reach, and every attempt to. */
  async function unreachable() {
    const { url, port, close } = await listen();
    await close();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const connects = vi.spyOn(net, 'connect');
    let inspector: StatelyInspector | undefined;
    const sink = statelySink((options) => (inspector = createWebSocketInspector({ ...options, url })));
    const stop = inspectConnection(createWorld().connection, sink);
    return {
      stop,
      port,
      inspector: () => inspector!,
      attempts: () => connects.mock.calls.length,
      /** The newest attempt has failed, or was given up, and everybody knows. */
      async over() {
        const socket = connects.mock.results.at(-1)!.value as Socket;
        if (!socket.closed) await new Promise((resolve) => void socket.on('close', resolve));
        await new Promise((resolve) => void setImmediate(resolve));
      },
    };
  }

  test('its inspector tries again every 5 s, for ever: this is what has to be stopped', async () => {
    const { attempts, over, inspector } = await unreachable();
    await over();
    inspector().stop();
    for (const expected of [2, 3]) {
      await vi.advanceTimersByTimeAsync(5_000);
      await over();
      expect(attempts()).toBe(expected);
    }
  });

  test('stopped while it waits to try again, it does not go on', async () => {
    const { stop, attempts, over } = await unreachable();
    await over();
    stop();
    for (let round = 0; round < 4; round += 1) {
      await vi.advanceTimersByTimeAsync(5_000);
      await over();
    }
    // its timer cannot be reached: the socket that it opens is closed at once
    expect(attempts()).toBe(2);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('nor when the server is there again by then', async () => {
    const { stop, port, over } = await unreachable();
    await over();
    stop();
    const { server, received, close } = await listen(port);
    await vi.advanceTimersByTimeAsync(5_000);
    await over();
    expect(server.clients.size).toBe(0);
    expect(received).toEqual([]);
    vi.useRealTimers();
    await close();
  });

  test('stopped while it connects, it does not try again', async () => {
    const { stop, attempts, over } = await unreachable();
    stop();
    await over();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(attempts()).toBe(1);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('as a sink', () => {
  test('the inspector is stopped when the connection ends, or with the sink, once', async () => {
    const messages: InspectMessage[] = [];
    const keep: InspectSink = () => ({ send: (message) => void messages.push(message as InspectMessage), close: () => undefined });
    inspectConnection((await worldIn('connected')).connection, keep)();
    for (const [told, closes] of [
      [messages, 0],
      [messages, 1],
      [messages.slice(0, 1), 2],
    ] as const) {
      const { ends, create } = plainInspector();
      const open = statelySink(create)(nobody, nobody);
      for (const message of told) open.send(message);
      for (let count = 0; count < closes; count += 1) open.close();
      expect(ends).toEqual(['stopped']);
      // whatever comes too late
      for (const message of messages) open.send(message);
      expect(ends).toEqual(['stopped']);
    }
  });

  test('what an app tells the same inspector itself passes through the serializer too', async () => {
    const { sent, create } = plainInspector();
    let inspector: StatelyInspector | undefined;
    const world = await worldIn('connected');
    inspectConnection(
      world.connection,
      statelySink((options) => (inspector = create(options))),
    );
    inspector!.event('another', { type: 'hello', password: 'S3CR3T' } as never);
    expect(sent.at(-1)).toMatchObject({ type: '@xstate.event', sessionId: 'another', event: { type: 'hello' } });
    expect(JSON.stringify(sent)).not.toContain('S3CR3T');
  });

  test('any machine of XState 5 can be shown: what happens when a state is done, timers, regions', () => {
    const machine = createMachine({
      id: 'player',
      initial: 'playing',
      states: {
        playing: {
          type: 'parallel',
          onDone: 'over',
          states: { sound: { initial: 'on', states: { on: { on: { mute: 'off' } }, off: { type: 'final' } } } },
        },
        over: { after: { 1000: 'playing' } },
      },
    });
    const { sent, create } = plainInspector();
    inspectConnection(createActor(machine).start(), statelySink(create));
    expect(drawn(toDirectedGraph(machineOf(sent[0]!)))).toEqual(drawn(toDirectedGraph(machine)));
    expect(machineOf(sent[0]!).states['playing']!.config.onDone).toBeDefined();
  });

  test('a connection that introduces itself again is told once, and so are its steps', async () => {
    const world = await worldIn('connecting');
    const { sent, create } = plainInspector();
    const sink = statelySink(create)(nobody, nobody);
    let hello = () => undefined as void;
    inspectConnection(world.connection, (receive) => {
      hello = () => receive({ version: 1, type: 'hello' });
      return { send: (message) => sink.send(message), close: () => sink.close() };
    });
    world.transport.last.succeed('alice');
    const before = sent.length;
    hello();
    expect(sent).toHaveLength(before);
    world.transport.last.interrupt({ kind: 'network' });
    expect(sent).toHaveLength(before + 2);
  });

  test('each inspected connection has an inspector of its own, stopped once', async () => {
    const { sent, ends, create } = plainInspector();
    const sink = statelySink(create);
    const stopOne = inspectConnection(createWorld().connection, sink, { name: 'one' });
    const other = createWorld();
    const stopOther = inspectConnection(other.connection, sink, { name: 'other' });
    stopOne();
    stopOne();
    await other.connected();
    stopOther();
    expect(ends).toEqual(['stopped', 'stopped']);
    expect(sent.filter(({ type }) => type === '@xstate.actor').map(({ name }) => name)).toEqual(['one', 'other']);
  });

  test.each([undefined, null, {}])('refuses %s', (create) => {
    expect(() => statelySink(create as never)).toThrow('createInspector must be a function that makes an inspector, received');
  });
});
