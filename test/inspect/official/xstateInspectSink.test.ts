import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { inspectConnection, type InspectedStep, type InspectMessage, type InspectOptions } from 'connection-machine/inspect';
import { createActor, createMachine } from 'xstate';
import type { LegacyDefinition } from '../../../src/inspect/official/legacyDefinition.ts';
import type { LegacyService } from '../../../src/inspect/official/legacyService.ts';
import { xstateInspectSink, type LegacyDevTools } from '../../../src/inspect/official/xstateInspectSink.ts';
import { statuses, worldIn } from '../../support/worldIn.ts';
import { createWorld, type World } from '../../support/world.ts';
import {
  createDevTools,
  createWebSocketReceiver,
  createWindowReceiver,
  inspect,
  inspectByServer,
  State,
  type AnyState,
  type AnyStateMachine,
} from './legacy/official.ts';
import { asWindow, fakeWindow } from './support/fakeWindow.ts';
import { idsOf, longStory, machineIn, nodesIn, storyWorld, whatXStateSays } from './support/longStory.ts';

/** What a receiver of `@xstate/inspect` makes of a message. */
interface Received {
  readonly type: string;
  readonly sessionId: string;
  readonly id: string;
  readonly machine: AnyStateMachine;
  readonly state: AnyState;
  readonly event: { readonly name: string };
}

/** For what nobody calls, or listens to. */
const nobody = () => undefined;

// XState 4 says of its own definitions that their `''` is deprecated
beforeEach(() => void vi.spyOn(console, 'warn').mockImplementation(() => undefined));
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  Reflect.deleteProperty(globalThis, '__xstate__');
});

/** The inspector of `@xstate/inspect` in an app's page, and a viewer's page with its own receiver, over two windows. */
function openViewer() {
  const app = fakeWindow();
  const viewer = fakeWindow();
  vi.stubGlobal('window', app);
  const devTools = createDevTools();
  const inspector = inspect({ devTools, iframe: false, targetWindow: asWindow(viewer), url: 'https://viewer.example/' })!;
  const received: Received[] = [];
  const look = () => {
    const receiver = createWindowReceiver({ window: asWindow(viewer), targetWindow: asWindow(app) });
    receiver.subscribe((message) => void received.push(message as unknown as Received));
    return receiver;
  };
  const receiver = look();
  return {
    devTools,
    services: () => [...(devTools as unknown as { services: Set<LegacyService> }).services],
    received,
    look,
    close: () => inspector.disconnect(),
    of: (type: string) => received.filter((message) => message.type === type),
    /** As a viewer sends an event: in XState 4's envelope, from the service that it is meant for. */
    send: (sessionId: string, data: { type: string }) =>
      receiver.send({
        type: 'xstate.event',
        event: JSON.stringify({ name: data.type, data, $$type: 'scxml', type: 'external', origin: sessionId }),
      } as never),
  };
}

function watch(world: Pick<World, 'connection'>, options?: InspectOptions) {
  const viewer = openViewer();
  const stop = inspectConnection(world.connection, xstateInspectSink(viewer.devTools), options);
  return { ...viewer, stop, sessionId: viewer.received[0]!.sessionId };
}

const sortedIds = (machine: Parameters<typeof nodesIn>[0]) =>
  nodesIn(machine)
    .map(({ id }) => id)
    .sort();

const nodesOf = ({ machine }: Received) => machine.stateIds.toSorted();

/** The active states by XState 4's own reading of a message. */
const activeIn = (machine: AnyStateMachine, state: AnyState) =>
  machine
    .resolveState(state)
    .configuration.map(({ id }) => id)
    .sort();

describe('over windows, in the receiver of @xstate/inspect', () => {
  test('a connection is a service with our name, our states by our ids in our order, and XState 4 takes the machine', async () => {
    const world = await worldIn('idle');
    const { received } = watch(world, { name: 'alice' });
    const [registered] = received;
    expect(registered).toMatchObject({ type: 'service.register', id: 'alice' });
    const ours = machineIn(world);
    expect(nodesOf(registered!)).toEqual(sortedIds(ours));
    const orderOf = (node: { states: object }): unknown =>
      Object.entries(node.states).map(([key, inner]) => [key, orderOf(inner as { states: object })]);
    expect(orderOf(registered!.machine)).toEqual(orderOf(ours.root));
    const descriptions = (nodes: readonly { id: string; description?: string | undefined }[]) =>
      Object.fromEntries(nodes.map(({ id, description = '' }) => [id, description]));
    const shown = registered!.machine.stateIds.map((id) => registered!.machine.getStateNodeById(id));
    expect(descriptions(shown)).toEqual(descriptions(nodesIn(ours)));
  });

  test('the definition is numbered in the order of the chart, as XState 4 numbers its own', async () => {
    const { services } = watch(await worldIn('idle'));
    const numbers = ({ order, states }: LegacyDefinition): number[] => [order, ...Object.values(states).flatMap(numbers)];
    const [root, ...inner] = numbers(services()[0]!.machine.definition);
    expect(root).toBe(-1);
    expect(inner).toEqual(inner.map((_, index) => index + 1));
  });

  test('arrows keep their guards, actions and targets, and are called as in XState 4', async () => {
    const world = await worldIn('idle');
    const { machine } = watch(world).received[0]!;
    const arrows = machine.stateIds
      .flatMap((id) => machine.getStateNodeById(id).transitions)
      .map(({ source, eventType, target, cond, actions, description = '' }) => ({
        arrow: [source.id, eventType, ...(target ?? []).map(({ id }) => id), description].join(' '),
        guard: (cond as { name?: string } | undefined)?.name,
        actions: actions.map(({ type }) => type),
      }));
    const ours = nodesIn(machineIn(world))
      .flatMap(({ transitions, always = [] }) => [...[...transitions.values()].flat(), ...always])
      .map(({ source, eventType, target = [], description = '' }) =>
        [source.id, inXState4(eventType), ...target.map(({ id }) => id), description].join(' '),
      );
    expect(arrows.map(({ arrow }) => arrow).sort()).toEqual(ours.sort());
    expect(arrows).toEqual(
      expect.arrayContaining([
        {
          arrow: expect.stringMatching(/^connection\.session\.link\.connecting link\.succeeded judging /),
          guard: 'isWrongUser',
          actions: ['rememberWrongUser'],
        },
        { arrow: expect.stringMatching(/^judging {2}prompting /), guard: 'isTimeout and isPersonWaiting', actions: [] },
      ]),
    );
    const within = (id: string) => machine.getStateNodeById(id).transitions.map(({ eventType, internal }) => `${eventType} ${internal}`);
    expect(within('idle')).toContain('user.connect false');
    expect(within('closing')).toContain('user.disconnect true');
    const invoked = machine.stateIds.flatMap((id) => machine.getStateNodeById(id).invoke.map((invoke) => invoke.id));
    expect(invoked.sort()).toEqual(['fetchToken', 'link', 'renewToken', 'settleLink']);
  });

  test('at every step of a long story, XState 4 finds the same states active, after the same event', async () => {
    const story = storyWorld();
    const said = whatXStateSays(story.world);
    const { received, of, stop } = watch(story.world);
    const seen = await longStory(story);
    expect([...seen].sort()).toEqual([...statuses].sort());
    const { machine } = received[0]!;
    const states = of('service.state');
    expect(states.map(({ state }) => activeIn(machine, state))).toEqual(said.map(({ active }) => active));
    // told once each, before the state that it led to; the first is how the service began
    const [first, ...events] = of('service.event').map(({ event }) => event.name);
    expect(first).toBe('xstate.init');
    expect(events).toEqual(states.map(({ state }) => state._event.name));
    expect(events).toEqual(said.map(({ event }) => inXState4(event)));
    expect(received.slice(2).map(({ type }) => type)).toEqual(said.flatMap(() => ['service.event', 'service.state']));
    stop();
    expect(received.at(-1)).toMatchObject({ type: 'service.stop' });
  });

  test.each(statuses)('a viewer that comes later is told the state that the connection is in: %s', async (status) => {
    const world = await worldIn(status);
    const { received, look } = watch(world);
    received.length = 0;
    look();
    const again = received.find(({ type }) => type === 'service.register')!;
    expect(activeIn(again.machine, again.state)).toEqual(idsOf(world.connection.actor.getSnapshot()));
  });

  test('what the memory holds is the context, without a token', async () => {
    const { of, stop, received } = watch(await worldIn('connected'));
    expect(received[0]!.state.context).toMatchObject({ userId: 'alice', token: { secret: 1 } });
    stop();
    expect(of('service.stop')).toHaveLength(1);
  });

  test('once inspection has ended, the service is gone: a later viewer does not meet it', async () => {
    const world = await worldIn('connected');
    const { services, received, look, stop, send, sessionId } = watch(world, { allowEvents: true });
    stop();
    received.length = 0;
    look();
    expect(received).toEqual([]);
    expect(services()).toEqual([]);
    send(sessionId, { type: 'user.disconnect' });
    expect(world.status).toBe('connected');
  });
});

describe('events sent from the viewer', () => {
  test('reach the connection when the app allows it, and are shown once', async () => {
    const world = await worldIn('connecting');
    const { send, sessionId, received } = watch(world, { allowEvents: true });
    received.length = 0;
    send(sessionId, { type: 'link.failed', kind: 'network', code: 1006 } as never);
    expect(world.status).toBe('waiting');
    const shown = received.filter(({ type }) => type === 'service.event').map(({ event }) => event.name);
    expect(shown.filter((name) => name === 'link.failed')).toEqual(['link.failed']);
    // the next of the same kind, which no viewer has sent, is shown too
    world.connection.actor.send({ type: 'network.offline' });
    world.connection.actor.send({ type: 'link.failed', failure: { kind: 'network' } });
    expect(received.filter(({ event }) => event?.name === 'link.failed')).toHaveLength(2);
  });

  test('do not when it has not, nor when nobody may send them', async () => {
    const closed = await worldIn('connecting');
    const viewer = watch(closed);
    viewer.send(viewer.sessionId, { type: 'user.disconnect' });
    expect(closed.status).toBe('connecting');

    const open = await worldIn('connecting');
    const { send, sessionId } = watch(open, { allowEvents: true });
    for (const type of ['link.succeeded', 'token.pushed', 'done.invoke.fetchToken', 'xstate.stop', 'xstate.init', '__proto__']) {
      send(sessionId, { type, userId: 'mallory', token: 'mine' } as never);
    }
    send('another session', { type: 'user.disconnect' });
    expect(open.status).toBe('connecting');
  });

  test('one that was not taken is shown as sent; when it happens after all, it is shown as well', async () => {
    const world = await worldIn('connecting');
    const { send, sessionId, received } = watch(world);
    send(sessionId, { type: 'network.offline' });
    world.connection.actor.send({ type: 'network.offline' });
    expect(received.filter(({ event }) => event?.name === 'network.offline')).toHaveLength(2);
  });

  test('what is no event is dropped', async () => {
    const world = await worldIn('connecting');
    const { services, stop } = watch(world, { allowEvents: true });
    const [service] = services();
    for (const junk of [undefined, null, 1, [], {}, { type: 1 }, { $$type: 'scxml' }, { $$type: 'scxml', data: 7 }]) {
      try {
        service!.send(junk);
      } catch {
        // XState 4 itself stumbles over some of them
      }
    }
    expect(world.status).toBe('connecting');
    // the short form of XState 4
    service!.send('user.disconnect', { logout: false });
    expect(world.status).toBe('closing');
    stop();
  });

  test('our own telling does not come back to the connection as an event', async () => {
    const world = await worldIn('connecting');
    const said = whatXStateSays(world);
    watch(world, { allowEvents: true });
    world.connection.actor.send({ type: 'network.offline' });
    world.connection.actor.send({ type: 'network.online' });
    expect(said.map(({ event }) => event).filter((event) => event.startsWith('network.'))).toEqual(['network.offline', 'network.online']);
  });
});

describe('over WebSocket, from the Node part of @xstate/inspect to its receiver', () => {
  test('the same: every state, events from the viewer, and the end', async () => {
    const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
    await once(server, 'listening');
    const inspector = inspectByServer({ server: server as never });
    vi.stubGlobal('WebSocket', WebSocket);
    const received: Received[] = [];
    let heard = () => undefined as void;
    const until = async (isThere: () => boolean) => {
      while (!isThere()) await new Promise<void>((resolve) => void (heard = resolve));
    };
    const receiver = createWebSocketReceiver({ server: `127.0.0.1:${(server.address() as AddressInfo).port}`, serialize: undefined });
    receiver.subscribe((message) => {
      received.push(message as unknown as Received);
      heard();
    });

    const story = storyWorld();
    const said = whatXStateSays(story.world);
    const { __xstate__: devTools } = globalThis as unknown as { __xstate__: LegacyDevTools };
    const stop = inspectConnection(story.world.connection, xstateInspectSink(devTools), { allowEvents: true });
    await until(() => received.length > 0);
    const { machine, sessionId } = received[0]!;
    expect(nodesOf(received[0]!)).toEqual(sortedIds(machineIn(story.world)));

    await longStory(story);
    const asked = { type: 'user.connect', userWaiting: true };
    receiver.send({
      type: 'xstate.event',
      event: JSON.stringify({ name: asked.type, data: asked, $$type: 'scxml', origin: sessionId }),
    } as never);
    await until(
      () =>
        received.at(-1)!.type === 'service.state' &&
        received.at(-1)!.state.event.type === 'user.connect' &&
        story.world.status === 'fetchingToken',
    );

    stop();
    await until(() => received.at(-1)!.type === 'service.stop');
    const states = received.filter(({ type }) => type === 'service.state');
    expect(states.map(({ state }) => activeIn(machine, state))).toEqual(said.map(({ active }) => active));
    for (const client of server.clients) client.terminate();
    (inspector as unknown as { disconnect(): void }).disconnect();
    await once(server, 'close');
  });
});

describe('as a sink', () => {
  /** A sink in our hands, a connection that has introduced itself to it, and a devtools of another make. */
  async function bySelf() {
    const world = await worldIn('connecting');
    const messages: InspectMessage[] = [];
    const stop = inspectConnection(world.connection, () => ({
      send: (message) => void messages.push(message as never),
      close: () => undefined,
    }));
    world.transport.last.succeed('alice');
    stop();
    const registered: LegacyService[] = [];
    const unregistered: object[] = [];
    const ends: string[] = [];
    const open = xstateInspectSink({
      register(service) {
        registered.push(service as LegacyService);
        (service as LegacyService).onStop(() => void ends.push('stopped'));
      },
      unregister: (service) => void unregistered.push(service),
    })(nobody, nobody);
    return { messages, open, registered, unregistered, ends };
  }

  test('a service ends with its connection, or with the sink, once', async () => {
    const { messages, open, registered, unregistered, ends } = await bySelf();
    for (const message of messages) open.send(message);
    expect(ends).toEqual(['stopped']);
    open.close();
    expect(ends).toEqual(['stopped']);
    expect(unregistered).toEqual(registered);

    open.send(messages[0]!);
    open.close();
    open.close();
    expect(ends).toEqual(['stopped', 'stopped']);
    expect(unregistered).toEqual(registered);
  });

  test('a state tells whether anything came of the event, and which actions were taken', async () => {
    const { messages, open, registered } = await bySelf();
    const [actor, step] = messages as [InspectMessage, InspectedStep];
    open.send(actor);
    const [service] = registered;
    expect(service!.state).toBe(service!.initialState);
    open.send(step);
    expect(service!.state).toMatchObject({ changed: true, event: { type: 'link.succeeded' } });
    expect(service!.state.actions).toContainEqual({ type: 'welcomeUser' });
    open.send({ ...step, seq: step.seq + 1, transitions: [] });
    expect(service!.state).toMatchObject({ changed: false, actions: [] });
  });

  test('a connection that introduces itself again is registered once, and its steps are told once', async () => {
    const world = await worldIn('connecting');
    const { devTools, of } = openViewer();
    const sink = xstateInspectSink(devTools)(nobody, nobody);
    const messages: InspectMessage[] = [];
    let hello = () => undefined as void;
    const stop = inspectConnection(world.connection, (receive) => {
      hello = () => receive({ version: 1, type: 'hello' });
      return { send: (message) => void (messages.push(message as InspectMessage), sink.send(message)), close: () => sink.close() };
    });
    world.transport.last.succeed('alice');
    const states = of('service.state').length;
    hello();
    expect(messages.filter(({ type }) => type === 'actor')).toHaveLength(2);
    expect(of('service.register')).toHaveLength(1);
    expect(of('service.state')).toHaveLength(states);
    world.transport.last.fail({ kind: 'network' });
    expect(of('service.state').length).toBeGreaterThan(states);
    stop();
    expect(of('service.stop')).toHaveLength(1);
  });

  test('two connections are two services', async () => {
    const { devTools, of } = openViewer();
    const sink = xstateInspectSink(devTools);
    const one = createWorld();
    const other = createWorld();
    inspectConnection(one.connection, sink, { name: 'one' });
    const stop = inspectConnection(other.connection, sink, { name: 'other' });
    stop();
    await one.connected();
    expect(of('service.register').map(({ id }) => id)).toEqual(['one', 'other']);
    expect(of('service.stop')).toHaveLength(1);
    expect(new Set(of('service.state').map(({ sessionId }) => sessionId))).toEqual(new Set([of('service.register')[0]!.sessionId]));
  });

  test('any machine of XState 5 can be shown: history, final and nested parallel states too', () => {
    const machine = createMachine({
      id: 'player',
      initial: 'playing',
      states: {
        playing: {
          type: 'parallel',
          on: { pause: 'paused', stop: 'done' },
          states: { sound: { initial: 'on', states: { on: { on: { mute: 'off' } }, off: {} } }, picture: {} },
        },
        paused: { on: { play: 'before', 'done shopping': 'done' }, after: { 1000: 'done' } },
        before: { type: 'history', history: 'deep' },
        done: { type: 'final' },
      },
    } as never);
    const actor = createActor(machine as never as ReturnType<typeof createMachine>).start();
    const { devTools, received, of } = openViewer();
    inspectConnection(actor, xstateInspectSink(devTools));
    const { machine: shown, state } = received[0]!;
    expect(nodesOf(received[0]!)).toEqual(sortedIds(machine as never));
    expect(state.value).toEqual({ playing: { sound: 'on', picture: {} } });
    expect(shown.getStateNodeById('player.before').history).toBe('shallow');
    expect(
      shown
        .getStateNodeById('player.paused')
        .transitions.map(({ eventType }) => eventType)
        .sort(),
    ).toEqual(['done shopping', 'play', 'xstate.after(1000)#player.paused']);
    actor.send({ type: 'mute' });
    expect(activeIn(shown, of('service.state').at(-1)!.state)).toEqual(idsOf(actor.getSnapshot()));
    actor.send({ type: 'stop' });
    expect(of('service.state').at(-1)!.state.value).toBe('done');
    expect(of('service.stop')).toHaveLength(1);
  });

  test.each([undefined, null, {}, { register: 1 }])('refuses %s', (devTools) => {
    expect(() => xstateInspectSink(devTools as never)).toThrow('devTools must be what createDevTools() of @xstate/inspect makes, received');
  });
});

test('XState 4 makes the same of the state as is in the message', async () => {
  const { received } = watch(await worldIn('connected'));
  expect(received[0]!.state).toBeInstanceOf(State);
});

/** XState 4's names, written down once more, for the events of the story. */
function inXState4(type: string): string {
  const [, delay, id] = /^xstate\.after\.(\w+)\.(.+)$/.exec(type) ?? [];
  if (delay) return `xstate.after(${delay})#${id}`;
  const [, actor] = /^xstate\.done\.actor\.(.+)$/.exec(type) ?? [];
  if (actor) return `done.invoke.${actor}`;
  return type.replace(/^xstate\.error\.actor\./, 'error.platform.');
}
