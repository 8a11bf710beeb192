import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { watchPerson } from './support/person.ts';
import type { Step } from './support/steps.ts';
import { inEveryWorld, often, witness } from './support/walk.ts';
import { wildWorld } from './support/wildWorld.ts';

const patience: Step['do'][] = ['disconnect', 'cancel', 'retry', 'connect'];

describe('8. A waiting person is asked: an attempt a user waits for ends in connected, prompting, kicked or failed within its limits.', () => {
  test('in every world', async () => {
    const reached = witness();
    await inEveryWorld(
      (world) => {
        const person = watchPerson(world);
        return {
          before: (step) => person.before(step),
          after(step) {
            if (step.rush) return;
            person.listen();
            if (person.waitingSince === undefined) return;
            expect(world.clock.elapsed - person.waitingSince, `waiting in ${world.status}`).toBeLessThan(world.policy.timeLimit);
          },
          end: () => void (person.asked > 0 && reached('a prompt')),
        };
      },
      {
        reaching: () => reached.atLeast(10, 'a prompt'),
        spice: fc.constantFrom<Step>({ do: 'connect', userWaiting: true }, { do: 'transport', mood: { greet: 'nothing' } }),
      },
    );
  });

  test('left alone, whatever the others do', async () => {
    const reached = witness();
    await inEveryWorld(
      (world) => {
        let since = 0;
        let answer: string | undefined;
        world.connection.subscribe(({ status }) => {
          if (answer === undefined && /^(connected|prompting|kicked|failed)$/.test(status))
            answer = `${status} after ${world.clock.elapsed - since}`;
        });
        return {
          // the story begins with a connect()
          before(step) {
            if (step.do === 'connect') step.userWaiting = true;
            since = Math.min(since, world.clock.elapsed);
          },
          async end() {
            await world.clock.advance(world.policy.timeLimit);
            expect(answer).toBeDefined();
            expect(Number(answer!.split(' ').at(-1))).toBeLessThanOrEqual(world.policy.timeLimit);
            reached(answer!.split(' ')[0]!);
          },
        };
      },
      {
        reaching: () => reached.atLeast(1, 'connected', 'prompting', 'failed'),
        without: patience,
        maxSteps: 15,
        spice: fc.constantFrom<Step>(
          { do: 'provider', mood: { kind: 'forbidden' } },
          { do: 'hear', word: { says: 'error', failure: { kind: 'blocked' } } },
        ),
      },
    );
  });

  test('to the ms, over tokens, attempts, waits and offline time, and again after each retry()', async () => {
    const trouble = fc.constantFrom<Step>(
      { do: 'provider', mood: 'hangs' },
      { do: 'provider', mood: 'throws' },
      { do: 'network', online: false },
      { do: 'transport', mood: { greet: 'nothing' } },
      { do: 'transport', mood: { greet: { kind: 'server', retryAfter: 90_000 } } },
      { do: 'transport', mood: { greet: { kind: 'network' } } },
      { do: 'transport', mood: { open: 'hangs' } },
      { do: 'transport', mood: { open: 'throws' } },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(trouble, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 40_000 }),
        fc.boolean(),
        async (troubles, timeLimit, late) => {
          const world = wildWorld(
            { transport: { open: 'link', greet: 'nothing', close: 'now', verify: 'absent', renew: 'absent' } },
            { policy: { timeLimit } },
          );
          for (const step of troubles) await world.play(step);
          if (late) {
            // a silent attempt becomes a watched one
            world.connection.connect({ userWaiting: false });
            await world.clock.advance(777);
            expect(world.status).not.toBe('prompting');
          }
          world.connection.connect();
          for (let round = 1; round <= 3; round++) {
            await world.clock.advance(timeLimit - 1);
            expect(world.named('prompt')).toHaveLength(round - 1);
            await world.clock.advance(1);
            expect(world.named('prompt')).toHaveLength(round);
            expect(world.snapshot).toMatchObject({ status: 'prompting', failure: { kind: 'timeout', code: 'timeLimit' } });
            expect(world.transport.live.filter(({ state }) => state === 'open')).toEqual([]);
            world.connection.retry();
          }
        },
      ),
      often(60),
    );
  });
});
