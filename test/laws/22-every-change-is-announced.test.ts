import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Connection, ConnectionSnapshot } from 'connection-machine';
import type { Step } from './support/steps.ts';
import { inEveryWorld, often, witness } from './support/walk.ts';
import { goodMood, type TransportMood } from './support/wildTransport.ts';
import { eventNames, wildWorld, type Announcement, type WildWorld } from './support/wildWorld.ts';

type Name = (typeof eventNames)[number];

/** Which events a change must be followed by, each once. */
function expectedAfter(previous: ConnectionSnapshot, current: ConnectionSnapshot): Name[] {
  const names: Name[] = [];
  const entered = (status: string) => current.status === status && previous.status !== status;
  if (previous.status === 'closing') names.push('disconnected');
  for (const name of ['connected', 'kicked', 'failed'] as const) if (entered(name)) names.push(name);
  if (entered('prompting')) names.push('prompt');
  const isAnother = previous.userId !== undefined && current.userId !== undefined && previous.userId !== current.userId;
  if (current.database === 'opened' && (previous.database !== 'opened' || isAnother)) names.push('databaseOpened');
  return names.sort();
}

/** Reads the whole record as an app would have heard it. */
function expectWellTold(first: ConnectionSnapshot, told: readonly Announcement[], last: ConnectionSnapshot): void {
  let shown = first;
  let events: Announcement[] = [];
  let wanted: Name[] = [];
  const close = () => {
    expect(events.map(({ name }) => name).sort(), `after ${shown.status}`).toEqual(wanted);
    for (const { name, payload } of events) {
      if (name === 'connected') expect(payload).toEqual({ userId: shown.userId });
      if (name === 'prompt' || name === 'kicked' || name === 'failed') expect(payload).toEqual({ failure: shown.failure });
      if (name === 'disconnected') expect(payload).toEqual({});
    }
  };
  for (const one of told) {
    if (one.name !== 'change') {
      // a token may be renewed without anything to be seen
      if (one.name !== 'tokenRenewed') events.push(one);
      continue;
    }
    close();
    const { previous, current } = one.payload;
    expect(previous, 'no gap').toBe(shown);
    expect(current, 'a change').not.toEqual(previous);
    [shown, events, wanted] = [current, [], expectedAfter(previous, current)];
  }
  close();
  expect(shown).toBe(last);
}

describe('22. Every change is announced exactly once, in order, with its reason.', () => {
  test('in every world', async () => {
    const reached = witness();
    await inEveryWorld(
      (world) => {
        const first = world.snapshot;
        const subscribed: ConnectionSnapshot[] = [];
        world.connection.subscribe((snapshot) => void subscribed.push(snapshot));
        return {
          end() {
            expectWellTold(first, world.announcements, world.snapshot);
            expect(subscribed).toEqual(world.changes.map(({ current }) => current));
            for (const { name } of world.announcements) reached(name);
          },
        };
      },
      {
        reaching: () => reached.atLeast(2, 'change', ...eventNames),
        runs: 250,
        spice: fc.constantFrom<Step>(
          { do: 'connect', userWaiting: true },
          { do: 'hear', word: { says: 'dbOpened', ok: true } },
          { do: 'hear', word: { says: 'error', failure: { kind: 'kicked' } } },
          { do: 'disconnect', logout: false },
        ),
      },
    );
  });

  test('the snapshot shows it already when the listener hears of it, and is the same object until something changes', async () => {
    await inEveryWorld(
      (world) => {
        let last = world.snapshot;
        world.connection.on('change', ({ current }) => {
          expect(world.connection.getSnapshot()).toBe(current);
          last = current;
        });
        world.connection.on('connected', ({ userId }) => expect(world.snapshot).toMatchObject({ status: 'connected', userId }));
        world.connection.on('prompt', () => expect(world.status).toBe('prompting'));
        return { after: () => expect(world.snapshot).toBe(last) };
      },
      { runs: 80 },
    );
  });

  test('listeners that act, throw and leave do not confuse the order', async () => {
    const deeds: Record<string, (connection: Connection, stop: () => void) => void> = {
      connect: (connection) => connection.connect(),
      disconnect: (connection) => void connection.disconnect(),
      setToken: (connection) => connection.setToken(`tok-${connection.getSnapshot().attempt}`),
      retry: (connection) => connection.retry(),
      cancel: (connection) => connection.cancel(),
      stop: (_, stop) => stop(),
      throw: () => {
        throw new Error('a listener threw');
      },
    };
    const reached = witness();
    const habit = fc.tuple(
      fc.constantFrom('change', 'change', 'connected', ...eventNames),
      fc.constantFrom(...Object.keys(deeds)),
      fc.integer({ min: 1, max: 3 }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(habit, { minLength: 1, maxLength: 4 }),
        fc.constantFrom<TransportMood['greet']>('success', 'nothing', { kind: 'kicked' }),
        async (habits, greet) => {
          const world: WildWorld = wildWorld({ transport: { ...goodMood, greet } });
          const first = world.snapshot;
          for (const [name, deed, times] of habits) {
            let left = times;
            const stop = world.connection.on(name, () => {
              if (left-- <= 0) return;
              reached(deed);
              deeds[deed]!(world.connection, stop);
            });
          }
          world.connection.connect();
          await world.clock.advance(30_000);
          world.transport.links.at(-1)?.report.error({ kind: 'network' });
          await world.clock.advance(30_000);
          expectWellTold(first, world.announcements, world.snapshot);
        },
      ),
      often(100),
    );
    reached.atLeast(1, ...Object.keys(deeds).filter((deed) => deed !== 'cancel' && deed !== 'retry'));
  });

  test('a failure comes with its code, message and hint unchanged', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('network', 'server', 'kicked', 'blocked', 'configuration', 'unknown' as const),
        fc.oneof(fc.integer(), fc.string({ minLength: 1 })),
        fc.string(),
        async (kind, code, message) => {
          const world = wildWorld();
          world.connection.connect();
          await world.settle();
          world.transport.links[0]!.report.error({ kind, code, message, retryAfter: 1 });
          expect(world.snapshot.failure).toEqual({ kind, code, message, retryAfter: 1 });
        },
      ),
      often(40),
    );
  });
});
