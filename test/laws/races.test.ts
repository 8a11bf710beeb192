import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Act, Answer, Race, Word } from './races/Race.ts';
import { raceWorld, wish } from './races/raceWorld.ts';
import { stories } from './races/stories.ts';
import { often, unhandled, untilReached, witness } from './support/walk.ts';

/** Runs a race to its end and checks what every race must leave behind. */
async function run(race: Race, scheduler: fc.Scheduler) {
  const world = raceWorld(scheduler, race);
  const rejections = await unhandled(async () => {
    await world.settle();
    await world.hearTheDead();
  });
  expect(rejections).toEqual([]);
  expect(world.problems).toEqual([]);
  const { log } = world;
  const { status } = world.connection.getSnapshot();
  expect(world.living(), `law 1: ${status}`).toBe(status === 'connected' ? 1 : 0);
  if (wish(log) !== 'connect') expect(status, 'law 21: nobody wants a link').toBe('idle');
  const isForgotten = wish(log) === 'log out' && log.lastIndexOf('set token') < log.lastIndexOf('log out');
  if (isForgotten) expect(world.stored(), 'a logout forgets the stored token').toBeUndefined();
  return world;
}

describe('races: whichever comes first, the laws hold', () => {
  test.each(stories)('$title', async (race) => {
    const seen = witness();
    const interleavings = new Set<string>();
    const [one, other] = race.between;
    const law = fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      const { log, connection, opened } = await run(race, scheduler);
      const [first, last] = [log.indexOf(one), log.lastIndexOf(other)];
      if (first >= 0 && last >= 0) seen(first < last ? `${one} first` : `${other} first`);
      const story = log.join();
      if (!interleavings.has(story)) seen('another interleaving');
      interleavings.add(story);
      const { status } = connection.getSnapshot();
      if (wish(log) === 'connect') expect(['connected', ...(race.mayEnd ?? [])], 'law 21: one link in the end').toContain(status);
      if (race.mostLinks) expect(opened()).toBeLessThanOrEqual(race.mostLinks(log));
    });
    await untilReached(
      () => fc.assert(law, often(40)),
      () => {
        seen.atLeast(2, `${one} first`, `${other} first`);
        seen.atLeast(4, 'another interleaving');
      },
      // the rarest order is seen in one of forty runs
      25,
    );
  });

  test('everything against everything', async () => {
    const reached = witness();
    const act = fc.constantFrom<Act>('connect', 'connect silently', 'disconnect', 'log out', 'retry', 'cancel', 'set token');
    const signal = fc.constantFrom<Act>('offline', 'online', 'woke', '5 s pass', '10 s pass');
    const word = fc.constantFrom<Word>(
      ...(['success', 'success', 'success', 'success', 'dbOpened', 'interrupted', 'network', 'tokenIncorrect', 'tokenExpired'] as const),
      ...(['server', 'timeout', 'kicked', 'blocked'] as const),
    );
    const answers = (...bad: Answer[]) => fc.array(fc.constantFrom<Answer>('well', 'well', ...bad), { maxLength: 4 });
    const reaction = fc.array(fc.constantFrom<Act>('connect', 'disconnect', 'set token', 'speak'), { minLength: 1, maxLength: 2 });
    const race = fc.record(
      {
        lines: fc.tuple(
          fc.array(act, { maxLength: 6 }).map((rest): Act[] => ['connect', ...rest]),
          fc.array(act, { maxLength: 4 }),
          fc.array(signal, { maxLength: 5 }).map((some): Act[] => [...some, 'online']),
        ),
        links: fc
          .array(fc.array(word, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 })
          .map((some): Word[][] => [...some, ['success']]),
        answers: fc.record({
          token: answers('never', 'network', 'forbidden', 'server'),
          loaded: answers('never', 'unknown'),
          saved: answers('never', 'unknown'),
          closed: answers('never', 'unknown'),
          verified: answers('never', 'network', 'kicked'),
          renewed: answers('never', 'network', 'tokenIncorrect', 'kicked'),
        }),
        listeners: fc.record(
          { connected: reaction, disconnected: reaction, kicked: reaction, failed: reaction, prompt: reaction, change: reaction },
          { requiredKeys: [] },
        ),
        isStored: fc.boolean(),
        expires: fc.boolean(),
      },
      { requiredKeys: ['lines', 'links'] },
    );
    const law = fc.asyncProperty(race, fc.scheduler(), async (given, scheduler) => {
      const { connection, log } = await run(given, scheduler);
      const { status } = connection.getSnapshot();
      reached(status);
      if (log.includes('token, too late')) reached('a token that came too late');
      expect(['idle', 'connected', 'prompting', 'kicked', 'failed'], 'law 15: it has come to rest').toContain(status);
    });
    await untilReached(
      () => fc.assert(law, often(300)),
      () => reached.atLeast(3, 'idle', 'connected', 'prompting', 'kicked', 'failed', 'a token that came too late'),
    );
  });
});
