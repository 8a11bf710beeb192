import { assign, createActor, fromPromise, setup } from 'xstate';
import { describe, expect, test } from 'vitest';
import { bufferSink, inspectConnection, type InspectedStep, type InspectSink } from 'connection-machine/inspect';
import { connectionMachine, SecretToken } from 'connection-machine/machine';
import { createWorld } from '../support/world.ts';
import { statuses, worldIn } from '../support/worldIn.ts';

const stepsOf = ({ messages }: ReturnType<typeof bufferSink>): InspectedStep[] =>
  messages.flatMap((message) => (message.type === 'step' ? [message] : []));

/** A viewer at the other end of a sink. */
function viewer() {
  const heard: unknown[] = [];
  let say: (message: unknown) => void = () => undefined;
  let isOpen = false;
  const sink: InspectSink = (receive) => {
    say = receive;
    isOpen = true;
    return { send: (message) => void heard.push(message), close: () => void (isOpen = false) };
  };
  return {
    sink,
    heard: heard as { type: string; seq?: number; state?: InspectedStep['state'] }[],
    say: (message: unknown) => say(message),
    get isOpen() {
      return isOpen;
    },
  };
}

describe('a step tells all that came of one event', () => {
  test('a refused token: every arrow with its reason, what is remembered, which timers run', async () => {
    const world = createWorld();
    const buffer = bufferSink();
    inspectConnection(world.connection, buffer, { name: 'alice' });
    world.connection.connect();
    await world.settle();
    world.transport.last.fail({ kind: 'tokenIncorrect', code: 31004, message: 'bad token' });
    const [introduction] = buffer.messages;
    expect(introduction).toMatchObject({
      type: 'actor',
      version: 1,
      name: 'alice',
      allowEvents: false,
      policy: { timeLimit: 5_000 },
      chart: { id: 'connection', type: 'parallel' },
    });
    const now = world.clock.now();
    expect(stepsOf(buffer).at(-1)).toEqual({
      version: 1,
      type: 'step',
      connection: introduction!.connection,
      seq: 3,
      at: now,
      event: { type: 'link.failed', failure: { kind: 'tokenIncorrect', code: 31004, message: 'bad token' } },
      transitions: [
        { from: 'session.link', to: 'session.judging', event: 'link.failed', guard: '', actions: ['rememberFailure'], why: '' },
        {
          from: 'session.judging',
          to: 'session.renewing',
          event: '',
          guard: 'isTokenRefused',
          actions: ['dropRefusedToken', 'forgetStoredToken'],
          why: 'TOKEN_INCORRECT: the token is dropped, here and where it is stored.',
        },
        { from: 'session.renewing', to: 'session.starting', event: '', guard: 'mayRenewToken', actions: ['countRenewal'], why: '' },
        { from: 'session.starting', to: 'session.fetchingToken', event: '', guard: '', actions: ['dropExpiredToken'], why: '' },
      ],
      emitted: [],
      state: {
        active: [
          'session',
          'session.fetchingToken',
          'renewal',
          'renewal.resting',
          'database',
          'database.closed',
          'network',
          'network.online',
          'person',
          'person.waiting',
        ],
        memory: expect.objectContaining({ attempt: 1, renewals: 1, refusedTokens: [1], tokenReason: 'incorrect', promptAt: now + 5_000 }),
        timers: [
          { name: 'timeLimit', state: 'person.waiting', startedAt: now, dueAt: now + 5_000 },
          { name: 'tokenTimeLimit', state: 'session.fetchingToken', startedAt: now, dueAt: now + 10_000 },
        ],
      },
    });
  });

  test.each(statuses)('%s: the active states are the actor’s own, and time that is left is the timers’ own', async (status) => {
    const world = await worldIn(status);
    const buffer = bufferSink();
    await world.clock.advance(100);
    inspectConnection(world.connection, buffer);
    const [introduction] = buffer.messages;
    const { _nodes: nodes } = world.connection.actor.getSnapshot();
    expect(introduction).toMatchObject({ type: 'actor' });
    const { state } = introduction as unknown as InspectedStep;
    expect(new Set(state.active)).toEqual(new Set(nodes.map(({ path }) => path.join('.')).filter(Boolean)));
    for (const { state: owner } of state.timers) expect(state.active).toContain(owner);
  });

  test('what the app does within its listeners is a step of its own, after the one that it answers', async () => {
    const world = createWorld();
    const buffer = bufferSink();
    inspectConnection(world.connection, buffer);
    world.connection.on('connected', () => void world.connection.disconnect());
    await world.connected();
    const events = stepsOf(buffer).map(({ event, emitted }) => [event.type, ...emitted.map(({ type }) => type)]);
    expect(events.slice(2, 4)).toEqual([['link.succeeded', 'connected'], ['user.disconnect']]);
  });
});

describe('viewers come and go', () => {
  test('one that says hello late is told how it began, and every step that is kept', async () => {
    const world = createWorld();
    const late = viewer();
    inspectConnection(world.connection, late.sink, { keep: 3 });
    await world.connected();
    world.transport.last.fail({ kind: 'kicked' });
    await world.settle();
    const steps = late.heard.filter(({ type }) => type === 'step');
    expect(steps).toHaveLength(4);
    late.heard.length = 0;
    late.say({ version: 1, type: 'hello' });
    expect(late.heard.map(({ type, seq }) => [type, seq])).toEqual([
      ['actor', undefined],
      ['step', 2],
      ['step', 3],
      ['step', 4],
    ]);
    // as it was before the first of them
    expect(late.heard[0]!.state).toEqual(steps[0]!.state);
  });

  test('nothing is listened to that is no word of this protocol', async () => {
    const world = createWorld();
    const other = viewer();
    inspectConnection(world.connection, other.sink, { allowEvents: true });
    other.heard.length = 0;
    for (const noise of [
      undefined,
      null,
      'hello',
      1,
      [],
      {},
      { type: 'hello' },
      { version: 2, type: 'hello' },
      { version: 1, type: 'goodbye' },
    ])
      other.say(noise);
    expect(other.heard).toEqual([]);
    expect(world.status).toBe('idle');
  });

  test('events are taken only where the app has opted in, only for this connection, and only those of the list', async () => {
    const send = (connection: string, event: unknown) => ({ version: 1, type: 'send', connection, event });
    const closed = createWorld();
    const watcher = viewer();
    inspectConnection(closed.connection, watcher.sink);
    const { connection: itsName } = watcher.heard[0] as unknown as { connection: string };
    watcher.say(send(itsName, { type: 'user.connect', userWaiting: true }));
    expect(closed.status).toBe('idle');

    const world = createWorld();
    const driver = viewer();
    inspectConnection(world.connection, driver.sink, { allowEvents: true });
    const { connection: name } = driver.heard[0] as unknown as { connection: string };
    driver.say(send('another', { type: 'user.connect' }));
    for (const event of [
      undefined,
      'user.connect',
      { type: 'token.pushed', token: 'mine' },
      { type: 'link.succeeded', userId: 'mallory' },
      { type: 'xstate.stop' },
      { type: 'toString' },
      { type: 'link.failed', kind: 'nonsense' },
    ]) {
      driver.say(send(name, event));
    }
    expect(world.status).toBe('idle');
    driver.say(send(name, { type: 'user.connect', userWaiting: false, more: 'ignored' }));
    await world.settle();
    expect(world.status).toBe('connecting');
    expect(driver.heard.at(-2)).toMatchObject({ event: { type: 'user.connect', userWaiting: false } });
    driver.say(send(name, { type: 'link.failed', kind: 'network', code: 1006 }));
    expect(world.status).toBe('waiting');
    expect(world.connection.getSnapshot().failure).toEqual({ kind: 'network', code: 1006, message: 'sent from an inspector' });
    driver.say(send(name, { type: 'app.woke', sleptMs: -1 }));
    driver.say(send(name, { type: 'network.offline' }));
    expect(world.status).toBe('offline');
    driver.say(send(name, { type: 'user.disconnect', logout: true }));
    await world.settle();
    expect(world.status).toBe('idle');
  });
});

describe('inspection harms nobody', () => {
  test('sinks that throw, in any way, are borne; the others hear everything', async () => {
    const world = createWorld();
    const buffer = bufferSink();
    const boom = () => {
      throw new Error('boom');
    };
    const stop = inspectConnection(world.connection, [boom, () => ({ send: boom, close: boom }), (() => undefined) as never, buffer]);
    await world.connected();
    expect(world.status).toBe('connected');
    expect(stepsOf(buffer)).toHaveLength(3);
    stop();
    expect(world.problems).toEqual([]);
  });

  test('before and after it nobody watches: the actor has no observer, the sinks are closed', async () => {
    const world = createWorld();
    const watched: unknown[] = [];
    const { system } = world.connection.actor;
    const inspect = system.inspect.bind(system);
    let observers = 0;
    system.inspect = (observer) => {
      observers += 1;
      watched.push(observer);
      const { unsubscribe } = inspect(observer);
      return { unsubscribe: () => (unsubscribe(), (observers -= 1)) as never };
    };
    const one = viewer();
    const stop = inspectConnection(world.connection, one.sink);
    expect([observers, one.isOpen]).toEqual([1, true]);
    stop();
    expect([observers, one.isOpen]).toEqual([0, false]);
    const { length } = one.heard;
    expect(one.heard.at(-1)).toMatchObject({ type: 'end' });
    await world.connected();
    one.say({ version: 1, type: 'hello' });
    stop();
    expect(one.heard).toHaveLength(length);
  });

  test('a stopped actor ends it', async () => {
    const world = createWorld();
    const one = viewer();
    inspectConnection(world.connection, one.sink);
    world.connection.actor.stop();
    expect(one.heard.at(-1)).toMatchObject({ type: 'end' });
    expect(one.isOpen).toBe(false);
  });

  test('several inspections of one connection, and of several, do not disturb each other', async () => {
    const [alice, bob] = [createWorld(), createWorld()];
    const buffers = [bufferSink(), bufferSink(), bufferSink()] as const;
    const stops = [
      inspectConnection(alice.connection, buffers[0]),
      inspectConnection(alice.connection, buffers[1]),
      inspectConnection(bob.connection, buffers[2]),
    ];
    await alice.connected();
    stops[0]!();
    await bob.connected('bob');
    alice.transport.last.fail({ kind: 'kicked' });
    expect(buffers.map((buffer) => stepsOf(buffer).length)).toEqual([3, 4, 3]);
    expect(new Set(buffers.map(({ messages }) => messages[0]!.connection)).size).toBe(3);
  });

  test('what cannot be inspected is named', () => {
    const { connection } = createWorld();
    expect(() => inspectConnection({} as never, bufferSink())).toThrow(
      'the first argument must be a connection, or an actor of an XState 5 machine, received object',
    );
    expect(() => inspectConnection(createActor(fromPromise(async () => 1)) as never, bufferSink())).toThrow('the first argument');
    expect(() => inspectConnection(connection, 'console' as never)).toThrow('sinks must be functions such as consoleSink()');
    expect(() => inspectConnection(connection, bufferSink(), { keep: -1 })).toThrow('keep must be a whole number');
    expect(() => bufferSink(0)).toThrow('size must be a whole number of at least 1');
  });
});

describe('machines that are not ours', () => {
  const password = 'hunter2';
  const foreign = setup({
    types: {
      context: {} as { count: number; code: string; userId: string },
      events: {} as { type: 'go'; code: string } | { type: 'stay' },
    },
    guards: { mayGo: () => true },
  }).createMachine({
    id: 'door',
    context: { count: 0, code: password, userId: password },
    initial: 'closed',
    states: {
      closed: {
        description: 'Nobody gets through.',
        on: { go: { guard: 'mayGo', target: 'opened', actions: assign({ count: 1 }), description: 'It opens.' } },
      },
      opened: { after: { 500: 'closed' }, on: { stay: { actions: () => undefined, guard: () => true } } },
    },
  });

  test('show their states, arrows and timers, and nothing that they hold', () => {
    const actor = createActor(foreign).start();
    const buffer = bufferSink();
    inspectConnection(actor, buffer);
    actor.send({ type: 'go', code: password });
    expect(buffer.messages[0]).toMatchObject({
      name: 'door',
      policy: {},
      chart: { id: 'door', type: 'compound' },
      state: { active: ['closed'], memory: {}, timers: [] },
    });
    expect(stepsOf(buffer)[0]).toMatchObject({
      event: { type: 'go' },
      transitions: [{ from: 'closed', to: 'opened', guard: 'mayGo', why: 'It opens.' }],
      state: { active: ['opened'], memory: {}, timers: [{ name: '500', state: 'opened' }] },
    });
    expect(JSON.stringify(buffer.messages)).not.toContain(password);
    actor.stop();
  });

  test('show besides what the app allows by name', () => {
    const actor = createActor(foreign).start();
    const buffer = bufferSink();
    inspectConnection(actor, buffer, { allow: { context: ['count', 'nothing'], events: [] } });
    actor.send({ type: 'go', code: password });
    expect(stepsOf(buffer)[0]!.state.memory).toEqual({ count: 1 });
    expect(JSON.stringify(buffer.messages)).not.toContain(password);
    actor.stop();
  });

  test('the chart inside somebody else’s system is ours all the same', async () => {
    const parent = createActor(
      setup({ actors: { connection: connectionMachine } }).createMachine({
        invoke: { id: 'im', src: 'connection', input: { token: new SecretToken('S3CR3T') } },
      }),
    ).start();
    const child = parent.getSnapshot().children['im']!;
    const buffer = bufferSink();
    inspectConnection(child, buffer);
    child.send({ type: 'user.connect', userWaiting: true });
    await Promise.resolve();
    expect(buffer.messages[0]).toMatchObject({ chart: { id: 'connection' }, policy: { timeLimit: 5_000 } });
    expect(stepsOf(buffer).map(({ event }) => event.type)).toEqual(['user.connect', 'link.failed']);
    expect(JSON.stringify(buffer.messages)).not.toContain('S3CR3T');
    parent.stop();
    expect(buffer.messages.at(-1)).toMatchObject({ type: 'end' });
  });
});
