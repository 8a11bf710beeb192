import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { watchPerson } from './support/person.ts';
import { anyFailure, type Step } from './support/steps.ts';
import { inEveryWorld, often, witness } from './support/walk.ts';
import { goodMood } from './support/wildTransport.ts';
import { wildWorld } from './support/wildWorld.ts';

describe('9. Nobody is nagged: an attempt that no user waits for never prompts.', () => {
  test('in every world', async () => {
    const reached = witness();
    await inEveryWorld(
      (world) => {
        const person = watchPerson(world);
        return {
          before: (step) => person.before(step),
          after() {
            person.listen();
            expect(person.nagged, 'prompts that nobody waited for').toBe(0);
            if (person.waitingSince === undefined && world.status === 'waiting') reached('a wait that nobody watches');
          },
          end: () => void (person.asked > 0 && reached('a prompt')),
        };
      },
      {
        reaching: () => reached.atLeast(5, 'a wait that nobody watches', 'a prompt'),
        spice: fc.constantFrom<Step>(
          { do: 'connect', userWaiting: false },
          { do: 'hear', word: { says: 'error', failure: { kind: 'timeout' } } },
        ),
      },
    );
  });

  test('a silent connection never prompts, for an hour of any trouble', async () => {
    await inEveryWorld(
      (world) => ({
        before(step) {
          if (step.do === 'connect') step.userWaiting = false;
        },
        async end() {
          await world.clock.advance(3_600_000);
          expect(world.named('prompt')).toEqual([]);
          expect(world.changes.filter(({ current }) => current.status === 'prompting')).toEqual([]);
        },
      }),
      { runs: 80 },
    );
  });

  test('once connected, losing the connection later prompts nobody', async () => {
    const reached = witness();
    await fc.assert(
      fc.asyncProperty(anyFailure, fc.boolean(), async (failure, interruptedOnly) => {
        const world = wildWorld();
        world.connection.connect();
        await world.settle();
        world.transport.mood = { ...goodMood, greet: failure };
        if (interruptedOnly) world.transport.links[0]!.report.interrupted(failure);
        else world.transport.links[0]!.report.error(failure);
        if (world.status !== 'failed' && world.status !== 'kicked') reached('trouble goes on');
        await world.clock.advance(600_000);
        expect(world.named('prompt')).toEqual([]);
      }),
      often(60),
    );
    reached.atLeast(10, 'trouble goes on');
  });
});
