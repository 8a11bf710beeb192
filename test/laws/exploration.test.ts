import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { connectionMachine, SecretToken, type ConnectionEvent } from 'connection-machine/machine';
import { now, pureChart, tick, whereIs, type Die, type Effects } from './exploration/chart.ts';
import { exploredLaws, explore } from './exploration/explore.ts';
import { movesIn, type Move } from './exploration/movesOf.ts';
import { plantedFaults } from './exploration/plantedFaults.ts';
import { productOf } from './exploration/product.ts';
import { describeBroken } from './exploration/report.ts';
import { retell } from './exploration/retell.ts';
import { everything, linkWorlds, tokenWorlds, worldNamed } from './exploration/worlds.ts';
import { often, untilReached, witness } from './support/walk.ts';

describe('the exploration can fail', () => {
  test.each(plantedFaults)(
    'a chart that breaks law $law is caught, by a shortest story that can be retold: $what',
    ({ law, chart, world }) => {
      const bounds = worldNamed(world);
      const { broken } = explore(bounds, { machine: chart, limit: 60_000, until: law });
      const found = broken.find((one) => one.law === law);
      expect(found, `broken are ${broken.map((one) => one.law).join(', ') || 'none'}`).toBeDefined();
      expect(describeBroken(found!, world)).toContain(`law ${law} is broken in ${found!.story.length} steps`);
      if (law === 16) return void expect(() => retell(bounds, found!.story, chart)).toThrow(found!.how.replace('Error: ', ''));
      expect(retell(bounds, found!.story, chart)).toContain(`law ${law}: ${found!.how}`);
      // what is said of the planted chart is not said of the real one
      expect(retellAsFarAsPossible(found!.story, world)).toEqual([]);
    },
  );

  test('every law that the exploration looks at is broken by some planted fault', () => {
    expect(plantedFaults.map(({ law }) => law)).toEqual(exploredLaws);
  });

  test('a story that cannot happen is refused, with what can', () => {
    expect(() => retell(everything, ['connect, silently', 'token request is answered: a'])).toThrow(
      /cannot happen while connecting\. What can: .*link: error kicked/,
    );
  });

  test('a counterexample is a test to paste', () => {
    const refused = plantedFaults.find(({ law }) => law === 4);
    const [found] = explore(worldNamed(refused!.world), { machine: refused!.chart, until: 4 }).broken;
    expect(describeBroken(found!, refused!.world).split('\n')).toEqual([
      'law 4 is broken in 3 steps: token a was refused and is sent again',
      `retell(worldNamed('${refused!.world}'), [`,
      "  'connect, and a person waits',",
      "  'link: error tokenIncorrect',",
      "  'set token a',",
      ']);',
    ]);
  });
});

/** A story of a broken chart, told to the real one until it does not follow any more. */
function retellAsFarAsPossible(story: readonly string[], world: string): string[] {
  for (let length = story.length; ; length -= 1) {
    try {
      return retell(worldNamed(world), story.slice(0, length));
    } catch (problem) {
      if (!String(problem).includes('cannot happen')) throw problem;
    }
  }
}

describe('a configuration stands for all that the chart cannot tell apart', () => {
  const namesOf = ({ started, stopped, timers, handed, announced, store }: Effects) => ({
    started: started.map(({ id, input }) => [id, input?.token?.reveal()]),
    stopped,
    timers,
    handed: handed?.reveal(),
    announced,
    store,
  });

  test('the chart does the same beside it, with its own clock and with nothing made equal', async () => {
    const reached = witness();
    const throws = fc.constantFrom<Die>('low', 'high');
    const products = [...tokenWorlds, ...linkWorlds, everything].map((bounds) => productOf({ ...bounds, hasReloads: false }));
    const law = fc.property(
      fc.constantFrom(...products),
      fc.array(fc.tuple(fc.nat(), throws), { minLength: 20, maxLength: 80, size: 'max' }),
      (product, choices) => {
        const { bounds } = product;
        const movesOf = movesIn(bounds);
        let time = now;
        const { expectedUserId } = bounds;
        const kept = bounds.kept ? new SecretToken(bounds.tokens[0]!) : undefined;
        const beside = pureChart(
          connectionMachine,
          { policy: product.policy, ...(kept && { token: kept }), ...(expectedUserId !== undefined && { expectedUserId }) },
          () => time,
        );
        /** A token that is handed over later ends later. */
        const later = <Token>(token: Token): Token =>
          (token instanceof SecretToken && token.expiresAt !== undefined
            ? new SecretToken(token.reveal(), token.expiresAt - now + time)
            : token) as Token;
        const inTime = (event: Move['event']) =>
          Object.fromEntries(Object.entries(event).map(([name, value]) => [name, later(value)])) as ConnectionEvent;

        let here = product.begin();
        let { snapshot } = beside.begin('low');
        for (const [choice, die] of choices) {
          const moves = movesOf(here);
          const move = moves[choice % moves.length]!;
          const edge = product.follow(here, move, die);
          if (move.event === 'tick') time += tick;
          else if (typeof move.event !== 'string') {
            const step = beside.step(snapshot, inTime(move.event), die);
            expect(namesOf(step.effects), move.label).toEqual(namesOf(edge.effects));
            expect(step.hasDice, move.label).toBe(edge.hasDice);
            snapshot = step.snapshot;
          }
          here = edge.after;
          expect(snapshot.value, move.label).toEqual(here.chart.snapshot.value);
          reached(whereIs(snapshot));
          if (snapshot.context.attempt > here.chart.snapshot.context.attempt) reached('counted beyond the cap');
        }
      },
    );
    await untilReached(
      async () => fc.assert(law, often(400)),
      () => {
        reached.atLeast(10, 'connected', 'backoff', 'offline', 'recovering', 'prompting');
        reached.atLeast(3, 'counted beyond the cap');
      },
    );
  });
});
