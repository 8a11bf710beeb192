import fc from 'fast-check';
import { createActor, fromCallback, fromPromise } from 'xstate';
import { describe, expect, test, vi } from 'vitest';
import type { OpenLink, PlatformReport, PlatformSignals } from 'connection-machine';
import { connectionMachine, failureKinds, SecretToken } from 'connection-machine/machine';
import { readTotality } from '../../scripts/totality/readTotality.ts';
import { everyState, samples, type Place } from './support/everyState.ts';
import { garbage, garbageNames } from './support/garbage.ts';
import { inEveryWorld, often, unhandled, witness } from './support/walk.ts';
import { cellOf, watchAnswers, wayOf } from './support/watchAnswers.ts';
import { wildWorld } from './support/wildWorld.ts';

const { places, problems } = everyState();

const table = readTotality(connectionMachine)
  .regions.flatMap(({ states }) => states)
  .filter(({ kind }) => kind !== 'outer');
const seen = watchAnswers();

/** The regions' states in one word each, innermost: `session:stable`. */
const leaves = ({ snapshot }: Place): string[] =>
  snapshot._nodes.filter((node) => node.type === 'atomic').map((node) => `${node.path[0]}:${node.key}`);

describe('16. Every event is answered in every state: a transition or a deliberate, described ignore. Nothing throws, nothing is left unhandled.', () => {
  test('every state of the chart is reached here, but for the crossroads', () => {
    const reached = new Set(places.flatMap(leaves));
    const all = Object.values(connectionMachine.states).flatMap(function below(node): string[] {
      const children = Object.values(node.states);
      return children.length ? children.flatMap(below) : [`${node.path[0]}:${node.key}`];
    });
    const crossroads = ['restoring', 'starting', 'judging', 'renewing', 'reopening', 'postponing'].map((name) => `session:${name}`);
    const passing = ['renewal:routing', 'renewal:replacing'];
    expect(all.filter((leaf) => !reached.has(leaf)).sort()).toEqual([...crossroads, ...passing].sort());
    expect(places.length).toBeGreaterThan(150);
  });

  test('every event in every reachable state: nothing throws, and the chart stays active', () => {
    expect(problems).toEqual([]);
  });

  test('the walk is wide enough to see every answer', () => {
    expect(seen.configurations).toBeGreaterThan(500);
    expect(seen.edges).toBeGreaterThan(20_000);
  });

  test('what is ignored changes nothing, in every configuration', () => {
    expect(seen.problems).toEqual([]);
  });

  test('the states that docs/events.md calls passing are never rested in, and all others are', () => {
    for (const { state, kind } of table) expect([state.path, seen.rests.has(state.path)]).toEqual([state.path, kind === 'leaf']);
  });

  test.each(table.map((row) => ({ ...row, name: row.state.path })))('docs/events.md tells the truth of $name', ({ name, cells }) => {
    for (const { event, ways, ignored } of cells) {
      const cell = cellOf(name, event);
      const told = ways.filter(({ never }) => never === undefined).map(wayOf);
      expect([...(seen.taken.get(cell) ?? [])].sort(), `${cell}: the ways that the chart was seen to take`).toEqual(told.sort());
      expect(seen.silent.has(cell), `${cell}: did it come without being answered?`).toBe(ignored !== undefined);
    }
  });

  test('an answer that changes nothing is described', () => {
    for (const { snapshot } of places) {
      for (const event of Object.values(samples).flat()) {
        for (const { target, actions, description, source } of connectionMachine.getTransitionData(snapshot, event)) {
          if (target === undefined && actions.length === 0) expect(description, `${event.type} in ${source.id}`).toBeTruthy();
        }
      }
    }
  });

  test('the real actor, with anything sent in any order', async () => {
    // services that never say a word: only what is sent happens
    const silent = connectionMachine.provide({
      actors: {
        openLink: fromCallback(() => undefined) as never,
        fetchToken: fromPromise(() => new Promise<SecretToken>(() => undefined)) as never,
      },
    });
    const event = fc.constantFrom(...Object.values(samples).flat());
    const reached = witness();
    await fc.assert(
      fc.asyncProperty(fc.array(event, { maxLength: 60, size: 'max' }), async (events) => {
        const actor = createActor(silent, { input: { token: new SecretToken('kept') } });
        const problems: unknown[] = [];
        actor.subscribe({ error: (problem) => problems.push(problem) });
        actor.start();
        for (const one of events) actor.send(one);
        await Promise.resolve();
        expect(problems).toEqual([]);
        expect(actor.getSnapshot().status).toBe('active');
        reached(JSON.stringify(actor.getSnapshot().value.session));
        actor.stop();
      }),
      often(150),
    );
    expect(reached.seen.size).toBeGreaterThan(4);
  });

  test('an actor without services fails loudly, in the chart and not in the air', async () => {
    const actor = createActor(connectionMachine).start();
    actor.send({ type: 'user.connect', userWaiting: true });
    await new Promise((resolve) => setImmediate(resolve));
    expect(actor.getSnapshot().value.session).toBe('failed');
    expect(actor.getSnapshot().context.failure).toMatchObject({
      kind: 'configuration',
      message: expect.stringContaining('fetchToken') as string,
    });
    actor.stop();
  });

  test('services that throw are failures like any other', async () => {
    // XState's development build says that the goodbye to a dead service was in vain
    vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    for (const kind of failureKinds) {
      const machine = connectionMachine.provide({
        actors: {
          openLink: fromCallback(() => {
            throw Object.assign(new Error('thrown'), { kind });
          }) as never,
        },
      });
      const actor = createActor(machine, { input: { token: new SecretToken('kept') } }).start();
      actor.send({ type: 'user.connect', userWaiting: false });
      await new Promise((resolve) => setImmediate(resolve));
      expect(actor.getSnapshot().status).toBe('active');
      expect(actor.getSnapshot().value.session, kind).not.toBe('idle');
      actor.stop();
    }
  });

  for (const what of garbageNames) {
    test(`whatever \`open\` returns, at once or later: ${what}`, async () => {
      for (const isLater of [false, true]) {
        const world = wildWorld();
        const { open } = world.transport;
        world.transport.open = () => {
          const value = garbage[what]();
          // a promise of something that has a `then` of its own would call it
          return (isLater ? { then: (resolve: (late: unknown) => void) => resolve(value) } : value) as OpenLink;
        };
        const rejections = await unhandled(async () => {
          world.connection.connect({ userWaiting: false });
          await world.clock.advance(1_000);
          world.transport.open = open;
          await world.disconnected();
          world.connection.connect();
          await world.clock.advance(world.policy.closeTimeLimit);
        });
        expect(rejections).toEqual([]);
        expect(world.status).toBe('connected');
      }
    });
  }

  test('a platform that throws, returns rubbish, and goes on talking after it was stopped', async () => {
    for (const what of [...garbageNames, 'throws'] as const) {
      const heard: PlatformReport[] = [];
      const signals: PlatformSignals = {
        subscribe(report) {
          heard.push(report);
          report.network(true);
          report.app('yes' as unknown as boolean);
          report.woke(NaN);
          if (what === 'throws') throw new Error('no platform');
          return garbage[what]() as () => void;
        },
      };
      const world = wildWorld({}, { signals });
      const rejections = await unhandled(async () => {
        world.connection.connect();
        await world.settle();
        expect(world.status, what).toBe('connected');
        await world.disconnected();
        const { snapshot } = world;
        for (const report of heard) {
          report.network(false);
          report.woke(60_000);
        }
        await world.settle();
        expect(world.snapshot).toBe(snapshot);
        world.connection.connect();
        await world.settle();
        expect(world.status, what).toBe('connected');
      });
      expect(rejections).toEqual([]);
    }
  });

  test('in every world nothing throws: no call of the app, no report of a transport or platform', async () => {
    await inEveryWorld((world) => {
      world.connection.actor.subscribe({ error: (problem) => expect.fail(String(problem)) });
      return {
        after() {
          expect(world.log.filter(({ message }) => message.includes('the chart itself failed'))).toEqual([]);
          const { connection } = world;
          connection.getSnapshot();
          connection.persist();
          void connection.link;
        },
      };
    });
  });
});
