import { createBrowserInspector, createInspector } from '@statelyai/inspect';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { failureKinds, type Connection, type ConnectionOptions } from 'connection-machine';
import { inspectConnection } from 'connection-machine/inspect';
import { statelySerializer } from '../../../src/inspect/official/statelySerializer.ts';
import { statelySink } from '../../../src/inspect/official/statelySink.ts';
import { xstateInspectSink } from '../../../src/inspect/official/xstateInspectSink.ts';
import { failAll } from '../support/failAll.ts';
import { carriers, everythingSeen } from '../../laws/support/leaks.ts';
import { anyStory } from '../../laws/support/steps.ts';
import { often } from '../../laws/support/walk.ts';
import { wildWorld } from '../../laws/support/wildWorld.ts';
import { statuses, worldIn } from '../../support/worldIn.ts';
import { createDevTools, createWindowReceiver, inspect } from './legacy/official.ts';
import { asWindow, fakeWindow } from './support/fakeWindow.ts';
import { machineIn } from './support/longStory.ts';

/** In every token of these tests. No escaping changes it, so it cannot hide. */
const marker = 'S3CR3T';

type Inspect = NonNullable<ConnectionOptions['inspect']>;

// XState 4 says of its own definitions that their `''` is deprecated
beforeEach(() => void vi.spyOn(console, 'warn').mockImplementation(() => undefined));
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** Both inspectors in one app's page, and all that they send, by the way it took. */
function openInspectors() {
  const app = Object.assign(fakeWindow(), { requestIdleCallback: (call: () => void) => queueMicrotask(call) });
  vi.stubGlobal('window', app);
  const legacyViewer = fakeWindow();
  const devTools = createDevTools();
  inspect({ devTools, iframe: false, targetWindow: asWindow(legacyViewer), url: 'https://viewer.example/' });
  createWindowReceiver({ window: asWindow(legacyViewer), targetWindow: asWindow(app) });

  const statelyViewer = fakeWindow();
  app.opens = statelyViewer;
  const overChannel: unknown[] = [];
  const handedOver: unknown[] = [];
  const rawViewer = fakeWindow();
  const url = 'https://viewer.example/';
  const rawInspectors = [
    createInspector({ send: (message) => void handedOver.push(message) }, { serialize: statelySerializer() }),
    createBrowserInspector({ url, serialize: statelySerializer(), window: asWindow(Object.assign(app, { opens: rawViewer })) }),
  ];
  app.opens = statelyViewer;
  const connectViewers = () => app.postMessage({ type: '@statelyai.connected' });
  return {
    /** Both as sinks of ours. */
    watch(connection: Connection) {
      const stop = inspectConnection(
        connection,
        [
          xstateInspectSink(devTools),
          statelySink((options) => createBrowserInspector({ ...options, url })),
          statelySink((options) => createInspector({ send: (message) => void overChannel.push(message) }, options)),
        ],
        { allowEvents: true, keep: 10 },
      );
      connectViewers();
      return stop;
    },
    connectViewers,
    /** Stately's inspector, given to the connection itself. */
    raw: ((event: never) => rawInspectors.forEach((one) => one.inspect.next?.(event))) as Inspect,
    sent: {
      '@xstate/inspect': legacyViewer.posted,
      '@statelyai/inspect over a window': statelyViewer.posted,
      '@statelyai/inspect over a channel': overChannel,
      '@statelyai/inspect by itself, over a window': rawViewer.posted,
      '@statelyai/inspect by itself, over a channel': handedOver,
    },
  };
}

function expectSecret(sent: Readonly<Record<string, unknown[]>>): void {
  for (const [name, messages] of Object.entries(sent)) {
    const text = everythingSeen(messages, 12);
    const at = text.indexOf(marker);
    if (at >= 0) expect.fail(`the secret left through ${name}: …${text.slice(Math.max(0, at - 300), at + 100)}…`);
  }
}

describe('the secret leaves through no official inspector', () => {
  test.each(statuses)('in %s, whatever fails, and however the token is carried', async (status) => {
    let tokens = 0;
    const newToken = () => `${marker}-${++tokens}`;
    const { watch, raw, sent } = openInspectors();
    const world = await worldIn(status, { inspect: raw, ...(status !== 'fetchingToken' && { fetchToken: () => newToken() }) });
    const stop = watch(world.connection);
    for (const [index, carry] of Object.values(carriers).entries()) {
      // a token that the library was never given cannot be recognised
      const token = newToken();
      world.connection.setToken(token);
      await failAll(world, failureKinds[index % failureKinds.length]!, carry(token));
    }
    stop();
    for (const [name, messages] of Object.entries(sent)) expect(messages.length, `${name} has said something`).toBeGreaterThan(3);
    expectSecret(sent);
  });

  test('in any world, whatever anybody does', async () => {
    await fc.assert(
      fc.asyncProperty(anyStory({ maxSteps: 25 }), fc.constantFrom(...Object.keys(carriers)), async ({ beginning, steps }, how) => {
        let tokens = 0;
        const { watch, raw, sent } = openInspectors();
        const world = wildWorld({ ...beginning, hasStore: true }, { inspect: raw }, () => `${marker}${++tokens}`);
        const known = () => world.transport.sent.at(-1)?.token ?? '';
        world.transport.tamper = (failure, token) => ({
          ...failure,
          code: carriers[how]!(token) as string,
          message: `${token} is bad`,
          cause: carriers[how]!(token),
        });
        world.provider.tamper = () => carriers[how]!(known());
        const stop = watch(world.connection);
        for (const step of steps) await world.play(step);
        await world.settle();
        stop();
        expectSecret(sent);
      }),
      often(40),
    );
  });

  test('a known token in the text of an event that an app sends itself', async () => {
    const { watch, raw, sent } = openInspectors();
    const world = await worldIn('connecting', { inspect: raw, fetchToken: () => `${marker}-1` });
    watch(world.connection);
    const { actor } = world.connection;
    actor.send({
      type: 'link.failed',
      failure: { kind: 'network', code: `${marker}-1`, message: `bad ${marker}-1` },
      more: `${marker}-1`,
    } as never);
    actor.send({ type: `${marker}-1` } as never);
    await world.settle();
    expectSecret(sent);
    expect(JSON.stringify(sent['@statelyai/inspect by itself, over a channel'])).toContain('bad [secret]');
  });
});

describe('these tests can fail', () => {
  test('given to a connection without our serializer, Stately’s inspector lets through what an app puts into its events', async () => {
    const handedOver: unknown[] = [];
    vi.stubGlobal('window', { requestIdleCallback: (call: () => void) => queueMicrotask(call) });
    const { inspect: observer } = createInspector({ send: (message) => void handedOver.push(message) }, { sanitizeContext: () => ({}) });
    const world = await worldIn('connecting', { inspect: observer as Inspect, fetchToken: () => `${marker}-1` });
    world.connection.actor.send({ type: 'link.failed', failure: { kind: 'network', message: `bad ${marker}-1` } });
    await world.settle();
    expect(() => expectSecret({ nobody: handedOver })).toThrow('the secret left through nobody');
  });
});

describe('Stately’s inspector with our serializer, given to the connection itself', () => {
  test('shows our chart in the author’s order, the states and the events; of services, what they are called', async () => {
    const { raw, sent, connectViewers } = openInspectors();
    const world = await worldIn('connected', { inspect: raw });
    await world.settle();
    interface Wire {
      readonly type: string;
      readonly name: string;
      readonly definition: string;
      readonly event: object;
      readonly snapshot: { readonly status: string; readonly value: unknown };
    }
    const messages = sent['@statelyai/inspect by itself, over a channel'] as Wire[];
    // what had to wait for its viewer is as it would have been at once
    connectViewers();
    const dateless = (all: unknown[]) => all.map((message) => ({ ...(message as object), createdAt: undefined }));
    expect(dateless(sent['@statelyai/inspect by itself, over a window'])).toEqual(dateless(messages));
    expect(messages.map(({ event }) => event)).toContainEqual({ type: 'xstate.done.actor.fetchToken', output: { secret: 1 } });
    const actors = messages.filter(({ type }) => type === '@xstate.actor');
    const [own, ...services] = actors;
    const { states } = JSON.parse(own!.definition) as { states: { session: { states: object } } };
    expect(own!.name).toBe('connection');
    expect(Object.keys(states.session.states)).toEqual(Object.keys(machineIn(world).root.states['session']!.states));
    expect(services.map(({ name, definition }) => ({ name, definition }))).toEqual(
      services.map(({ name }) => ({ name, definition: JSON.stringify({ id: name }) })),
    );
    expect(services.map(({ name }) => name)).toEqual(expect.arrayContaining(['fetchToken', 'link']));
    expect(
      messages.findLast(({ type, snapshot }) => type === '@xstate.snapshot' && typeof snapshot.value === 'object')!.snapshot.value,
    ).toEqual(world.connection.actor.getSnapshot().value);
    expect(messages.map(({ event }) => event)).toContainEqual({ type: 'user.connect', userWaiting: true });
    expect(messages.map(({ event }) => event)).toContainEqual(expect.objectContaining({ type: 'link.succeeded', userId: 'alice' }));
  });

  test('whatever it is given, it makes a message of it', () => {
    const serialize = statelySerializer();
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;
    for (const junk of [
      { type: '@xstate.actor', definition: '"[Object]"', snapshot: undefined },
      { type: '@xstate.actor', definition: '{', snapshot: null, name: 7, id: null },
      { type: '@xstate.actor', definition: 'null', snapshot: 'text' },
      { type: '@xstate.snapshot', snapshot: { status: 'active', value: () => 1, context: 7 }, event: null },
      { type: '@xstate.snapshot', snapshot: { value: circle, context: circle } },
      { type: '@xstate.event', event: { type: 3 } },
      {},
    ]) {
      expect(JSON.parse(JSON.stringify(serialize(junk)))).toEqual(serialize(junk));
    }
  });
});
