import { controlledClock } from 'connection-machine/testing';
import { afterEach, expect, test, vi } from 'vitest';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** A hundred promises one behind the other, which only a real turn of the event loop settles. */
async function restAfterHundredPromises() {
  const clock = controlledClock();
  let settled = 0;
  void (async () => {
    while (settled < 100) {
      await undefined;
      settled += 1;
    }
  })();
  await clock.advance(0);
  return settled;
}

/** What a platform has to give a moment's rest with. */
const platforms: Record<string, () => void> = {
  'Node: setImmediate': () => undefined,
  'a browser: MessageChannel': () => vi.stubGlobal('setImmediate', undefined),
  'neither of the two: setTimeout'() {
    vi.stubGlobal('setImmediate', undefined);
    vi.stubGlobal('MessageChannel', undefined);
  },
  'React Native, where setImmediate is a microtask'() {
    vi.stubGlobal('navigator', { product: 'ReactNative' });
    vi.stubGlobal('setImmediate', (run: () => void) => queueMicrotask(run));
    vi.stubGlobal('MessageChannel', undefined);
  },
  'under fake timers of the test runner, which stand still'() {
    vi.useFakeTimers();
  },
};

test.each(Object.entries(platforms))('advance(0) lets every promise settle: %s', async (_, arrange) => {
  arrange();
  expect(await restAfterHundredPromises()).toBe(100);
});

test('and a platform that gave no rest would be noticed', async () => {
  vi.stubGlobal('setImmediate', (run: () => void) => queueMicrotask(run));
  expect(await restAfterHundredPromises()).toBeLessThan(100);
});

test('timers run in order, each at its own moment, also those that were set on the way', async () => {
  const clock = controlledClock(1_000);
  const ran: [string, number][] = [];
  const note = (name: string) => () => void ran.push([name, clock.now()]);
  clock.setTimeout(note('late'), 30);
  clock.setTimeout(note('early'), 10);
  clock.setTimeout(() => {
    note('on the way')();
    clock.setTimeout(note('set there'), 5);
  }, 20);
  const stopped = clock.setTimeout(note('never'), 15);
  clock.clearTimeout(stopped);
  expect(clock.pending).toBe(3);
  await clock.advance(29);
  expect(ran).toEqual([
    ['early', 1_010],
    ['on the way', 1_020],
    ['set there', 1_025],
  ]);
  await clock.advance(1);
  expect(ran[3]).toEqual(['late', 1_030]);
  expect([clock.pending, clock.elapsed]).toEqual([0, 30]);
});

test('a jump moves the wall clock and runs nothing', async () => {
  const clock = controlledClock(0);
  const run = vi.fn<() => void>();
  clock.setTimeout(run, 10);
  clock.jump(3_600_000);
  await clock.advance(9);
  expect([clock.now(), clock.elapsed, run.mock.calls.length]).toEqual([3_600_009, 9, 0]);
});

test.each([-1, Number.NaN, Infinity])('advance(%d) is refused: it would never end, or nothing would happen', async (ms) => {
  await expect(controlledClock().advance(ms)).rejects.toThrow('controlledClock: advance(ms) must be a finite number of ms, 0 or more');
});
