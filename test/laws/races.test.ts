import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { raceWorld, type Act, type Race, type Word } from './races/raceWorld.ts';
import { often, unhandled, untilReached, witness } from './support/walk.ts';

interface Story extends Race {
  readonly title: string;
  /** Both orders of these two must be seen to happen. */
  readonly between: readonly [string, string];
}

const stories: readonly Story[] = [
  { title: 'a token against a disconnect', lines: [['connect', 'disconnect']], links: [['success']], between: ['token', 'disconnect'] },
  { title: 'a success against a logout', lines: [['connect', 'log out']], links: [['success']], between: ['success', 'log out'] },
  {
    title: 'the close of the old link against the open of the new',
    lines: [['connect', 'disconnect', 'connect', 'disconnect', 'connect']],
    links: [['success']],
    between: ['closed', 'connect'],
  },
  {
    title: 'a renewal in band against a kick',
    lines: [['connect', 'set token']],
    links: [['success', 'kicked']],
    between: ['renewed', 'kicked'],
  },
  {
    title: 'a pushed token against the token request',
    lines: [['connect', 'set token']],
    links: [['success']],
    between: ['set token', 'token'],
  },
  {
    title: 'a pushed token against the refusal of the one before',
    lines: [['connect', 'set token']],
    links: [['tokenIncorrect'], ['success']],
    between: ['set token', 'tokenIncorrect'],
  },
  { title: 'offline against success', lines: [['connect'], ['offline', 'online']], links: [['success']], between: ['offline', 'success'] },
  {
    title: 'a verification against an interruption',
    lines: [['connect'], ['woke', 'woke']],
    links: [['success', 'interrupted', 'success']],
    between: ['verified', 'interrupted'],
  },
  {
    title: 'the store that saves a token against the logout',
    lines: [['connect', 'log out']],
    links: [['success']],
    between: ['saved', 'log out'],
  },
  {
    title: 'the database against a logout',
    lines: [['connect', 'log out', 'connect']],
    links: [['dbOpened', 'success']],
    between: ['dbOpened', 'log out'],
  },
  {
    title: 'a lost link against somebody who leaves and comes back',
    lines: [['connect', 'disconnect', 'connect']],
    links: [['success', 'network'], ['success']],
    between: ['network', 'disconnect'],
  },
];

/** Runs a race to its end and checks what every race must leave behind. */
async function run(race: Race, scheduler: fc.Scheduler) {
  const world = raceWorld(scheduler, race);
  const rejections = await unhandled(async () => {
    await world.settle();
    await world.hearTheDead();
  });
  expect(rejections).toEqual([]);
  expect(world.problems).toEqual([]);
  world.changes.forEach(({ previous, current }, index) => {
    expect(previous, 'law 22: each change begins where the last one ended').toBe(world.changes[index - 1]?.current ?? previous);
    expect(current).not.toBe(previous);
  });
  const { status } = world.connection.getSnapshot();
  expect(world.live(), `law 1: ${status}`).toBe(status === 'connected' || status === 'recovering' ? 1 : 0);
  if (status === 'idle') {
    expect([world.asked(), world.clock.pending], 'law 2: nothing runs when idle').toEqual([0, 0]);
  }
  return world;
}

const lastOf = (log: readonly string[], acts: RegExp) => log.findLast((what) => acts.test(what));

describe('races: whichever comes first, the laws hold', () => {
  test.each(stories)('$title', async (race) => {
    const orders = witness();
    const [one, other] = race.between;
    const law = fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      const { log, connection, stored } = await run(race, scheduler);
      const [first, last] = [log.indexOf(one), log.lastIndexOf(other)];
      if (first >= 0 && last >= 0) orders(first < last ? `${one} first` : `${other} first`);
      const wish = lastOf(log, /^(connect|disconnect|log out)/);
      const { status } = connection.getSnapshot();
      const isFinal = race.links.flat().includes('kicked');
      if (wish === 'connect') expect(status, 'law 21: one link in the end').toBe(isFinal && log.includes('kicked') ? status : 'connected');
      else expect(status).toBe('idle');
      if (wish === 'log out') expect(stored(), 'a logout forgets the stored token').toBeUndefined();
    });
    await untilReached(
      () => fc.assert(law, often(60)),
      () => orders.atLeast(1, `${one} first`, `${other} first`),
    );
  });

  test('everything against everything', async () => {
    const reached = witness();
    const act = fc.constantFrom<Act>('connect', 'connect silently', 'disconnect', 'log out', 'retry', 'cancel', 'set token');
    const signal = fc.constantFrom<Act>('offline', 'online', 'woke');
    const word = fc.constantFrom<Word>(
      'success',
      'success',
      'success',
      'dbOpened',
      'interrupted',
      'network',
      'tokenIncorrect',
      'tokenExpired',
      'server',
      'kicked',
    );
    const race = fc.record({
      lines: fc.tuple(
        fc.array(act, { maxLength: 6 }).map((rest): Act[] => ['connect', ...rest]),
        fc.array(act, { maxLength: 4 }),
        fc.array(signal, { maxLength: 4 }).map((some): Act[] => [...some, 'online']),
      ),
      links: fc
        .array(fc.array(word, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 })
        .map((some): Word[][] => [...some, ['success']]),
    });
    const law = fc.asyncProperty(race, fc.scheduler(), async (given, scheduler) => {
      const { connection, log } = await run(given, scheduler);
      reached(connection.getSnapshot().status);
      if (log.includes('token, too late')) reached('a token that came too late');
    });
    await untilReached(
      () => fc.assert(law, often(200)),
      () => reached.atLeast(3, 'idle', 'connected', 'kicked', 'a token that came too late'),
    );
  });
});
