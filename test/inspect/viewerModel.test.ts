import { describe, expect, test } from 'vitest';
import { bufferSink, createRecorder, inspectConnection, type InspectMessage, type InspectedStep } from 'connection-machine/inspect';
import { createModel } from '../../src/inspect/viewer/createModel.ts';
import { statusOf, valueOf } from '../../src/inspect/viewer/format.ts';
import { readMessage } from '../../src/inspect/viewer/readMessage.ts';
import { whatCanHappen } from '../../src/inspect/viewer/whatCanHappen.ts';
import { createWorld } from '../support/world.ts';
import { statuses, worldIn } from '../support/worldIn.ts';

// What the viewer knows, without a page.

/** Everything that an inspector is told of a world, and the world. */
function told(name = 'alice') {
  const world = createWorld({ recorder: createRecorder() });
  const buffer = bufferSink(10_000);
  inspectConnection(world.connection, buffer, { name });
  return { world, messages: buffer.messages };
}

const hearAll = (model: ReturnType<typeof createModel>, messages: readonly InspectMessage[], now = 0) =>
  messages.forEach((message) => model.hear(message, now));

describe('the model', () => {
  test('follows what happens, until a step is looked at; then the past stays while more comes in', async () => {
    const { world, messages } = told();
    await world.connected();
    let changes = 0;
    const model = createModel(() => (changes += 1));
    hearAll(model, messages);
    expect(changes).toBe(messages.length);
    expect(model.current).toMatchObject({ index: 2, cursor: undefined, selected: { name: 'alice' } });
    model.goTo(0);
    const { state } = model.current.moment!;
    world.transport.last.fail({ kind: 'kicked' });
    hearAll(model, messages.slice(-1));
    expect(model.current.moment!.state).toBe(state);
    expect(model.current.selected!.steps).toHaveLength(4);
    model.goTo(-5);
    expect(model.current).toMatchObject({ index: -1, moment: { step: undefined } });
    model.goTo(99);
    expect(model.current).toMatchObject({ index: 3, cursor: undefined });
  });

  test('takes nothing twice: a connection that introduces itself again, with its steps, is the same one', async () => {
    const { world, messages } = told();
    await world.connected();
    const model = createModel(() => undefined);
    hearAll(model, messages);
    hearAll(model, messages);
    expect(model.current.shown).toHaveLength(1);
    expect(model.current.selected!.steps.map(({ seq }) => seq)).toEqual([1, 2, 3]);
  });

  test('keeps the last 2000 steps, and the eye on the one that is looked at', async () => {
    const { world, messages } = told();
    await world.connected();
    const model = createModel(() => undefined);
    hearAll(model, messages);
    const last = messages.at(-1) as InspectedStep;
    for (let seq = 4; seq <= 2_000; seq += 1) model.hear({ ...last, seq }, 0);
    model.goTo(1_000);
    const { step } = model.current.moment!;
    for (let seq = 2_001; seq <= 2_100; seq += 1) model.hear({ ...last, seq }, 0);
    expect(model.current.selected!.steps).toHaveLength(2_000);
    expect(model.current.selected!.steps[0]!.seq).toBe(101);
    expect(model.current.moment!.step).toBe(step);
    expect(model.current.selected!.start.state).toBe(model.current.selected!.steps[0]!.state);
  });

  test('shows a hundred connections; of more, those that ended first make room', () => {
    const { messages } = told();
    const [actor] = messages;
    const model = createModel(() => undefined);
    for (let count = 1; count <= 100; count += 1) model.hear({ ...actor!, connection: `c${count}` } as InspectMessage, 0);
    for (const connection of ['c1', 'c7', 'c9']) model.hear({ version: 1, type: 'end', connection, at: 0 }, 0);
    model.hear({ ...actor!, connection: 'new' } as InspectMessage, 0);
    const ids = model.current.shown.map(({ id }) => id);
    // the first one is looked at
    expect(ids).toContain('c1');
    expect(ids).not.toContain('c7');
    expect(ids).toContain('new');
    expect(ids).toHaveLength(100);
  });

  test('a report is a connection that begins at its first step, never live, and a bad one is refused with its reason', async () => {
    const { world } = told();
    await world.connected();
    const model = createModel(() => undefined);
    model.open(JSON.stringify(world.connection.report()), 'bug.json');
    expect(model.current).toMatchObject({ cursor: 0, selected: { name: 'bug.json', isReport: true, allowEvents: false } });
    model.goTo(undefined);
    expect(model.current).toMatchObject({ cursor: 2 });
    expect(() => model.open('{}', 'x')).toThrow('this is not a report of a connection');
    model.dismiss(model.current.selected!.id);
    expect(model.current.shown).toEqual([]);
  });

  test('counts down by the app’s clock, however late it hears of it', () => {
    const { world, messages } = told();
    const model = createModel(() => undefined);
    const now = world.clock.now();
    hearAll(model, messages, now + 5_000);
    expect(model.current.selected!.offset).toBe(5_000);
  });
});

describe('what can happen', () => {
  test.each(statuses)('in %s: every event that the actor itself would answer, and no other', async (status) => {
    const world = await worldIn(status);
    const buffer = bufferSink();
    inspectConnection(world.connection, buffer);
    const model = createModel(() => undefined);
    hearAll(model, buffer.messages);
    const { selected, moment } = model.current;
    const groups = whatCanHappen(selected!, moment!.state);
    const names = groups.flatMap(({ events }) => events.map(({ event }) => event));
    expect(new Set(names).size).toBe(names.length);
    const { _nodes: nodes } = world.connection.actor.getSnapshot();
    const answered = new Set(nodes.flatMap((node) => [...node.transitions.keys()]));
    expect(names).toHaveLength(answered.size);
    for (const event of answered) if (!event.startsWith('xstate.')) expect(names).toContain(event);
    // a token would have to be shown to be sent
    expect(groups.flatMap(({ events }) => events).find(({ event }) => event === 'token.pushed')?.isSendable).toBe(false);
    expect(groups.find(({ title }) => title === 'Events')).toBeUndefined();
  });

  test('inner states are asked first, and an arrow without a question hides those behind it in its region', async () => {
    const world = await worldIn('closing');
    const buffer = bufferSink();
    inspectConnection(world.connection, buffer);
    const model = createModel(() => undefined);
    hearAll(model, buffer.messages);
    const { selected, moment } = model.current;
    const ways = whatCanHappen(selected!, moment!.state)
      .flatMap(({ events }) => events)
      .find(({ event }) => event === 'user.disconnect')!.ways;
    expect(ways.filter(({ from }) => from.startsWith('session')).map(({ from, guard }) => [from, guard])).toEqual([
      ['session.closing', 'isLogout'],
      ['session.closing', ''],
    ]);
  });
});

describe('the status', () => {
  test.each(statuses)('%s is the one that getSnapshot() has', async (status) => {
    const world = await worldIn(status);
    const buffer = bufferSink();
    inspectConnection(world.connection, buffer);
    const [actor] = buffer.messages;
    expect(statusOf(true, (actor as { state: InspectedStep['state'] }).state)).toBe(world.connection.getSnapshot().status);
  });
});

describe('messages from strangers', () => {
  const { messages } = told();
  const actor = messages[0] as unknown as Record<string, unknown>;
  const state = actor['state'] as object;
  const bad: [string, unknown][] = [
    ['nothing', undefined],
    ['a text', 'actor'],
    ['no version', { ...actor, version: undefined }],
    ['no chart', { ...actor, chart: undefined }],
    ['a chart without states', { ...actor, chart: { id: 'x', description: '', type: 'parallel' } }],
    ['states within states that are none', { ...actor, chart: { id: 'x', description: '', type: 'parallel', states: [{ path: 'a' }] } }],
    ['a policy of words', { ...actor, policy: { timeLimit: 'long' } }],
    ['active states that are numbers', { ...actor, state: { ...state, active: [1] } }],
    ['a memory that is too deep', { ...actor, state: { ...state, memory: { a: [[[[[[[1]]]]]]] } } }],
    ['timers without a time', { ...actor, state: { ...state, timers: [{ name: 'a', state: 'b' }] } }],
    ['a permission that is a word', { ...actor, allowEvents: 'yes' }],
    [
      'a step without a number',
      { version: 1, type: 'step', connection: 'a', at: 1, event: { type: 'x' }, transitions: [], emitted: [], state },
    ],
    [
      'a step of an event without a type',
      { version: 1, type: 'step', connection: 'a', seq: 1, at: 1, event: {}, transitions: [], emitted: [], state },
    ],
    ['an inherited name', { version: 1, type: 'constructor', connection: 'a' }],
  ];
  test.each(bad)('%s is noise', (_, message) => expect(readMessage(message)).toEqual({ is: 'noise' }));

  test('another version is said to be one, and the greeting of another viewer is not for us', () => {
    expect(readMessage({ version: 2, type: 'actor' })).toEqual({ is: 'foreign', version: 2 });
    expect(readMessage({ version: 1, type: 'hello' })).toEqual({ is: 'noise' });
    expect(readMessage(JSON.parse(JSON.stringify(actor)))).toMatchObject({ is: 'message' });
  });
});

test('values are said shortly', () => {
  expect([undefined, null, true, 3, 'x', [], [1, 2], { secret: 2 }, { kind: 'server', code: 503 }, { a: 1 }].map(valueOf)).toEqual([
    'none',
    'none',
    'true',
    '3',
    'x',
    'none',
    '1, 2',
    'token #2',
    'server 503',
    '{"a":1}',
  ]);
});
