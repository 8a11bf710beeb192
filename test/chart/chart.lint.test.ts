import { describe, expect, test } from 'vitest';
import { connectionMachine } from 'connection-machine/machine';
import { lintChart, type ChartNode, type Vocabulary } from './support.ts';

const names = (implementations: object) => Object.keys(implementations);
const vocabularyOf = ({ guards, actions, actors, delays }: typeof connectionMachine.implementations): Vocabulary => ({
  guards: names(guards),
  actions: names(actions),
  actors: names(actors),
  delays: names(delays),
});

describe("The chart's lint", () => {
  test('the chart is clean', () => {
    expect(lintChart(connectionMachine.config as unknown as ChartNode, vocabularyOf(connectionMachine.implementations))).toEqual([]);
  });

  test('everything in the vocabulary is used', () => {
    // functions are left out of JSON, but names inside combined guards matter too
    const text = JSON.stringify(connectionMachine.config, (_, value: unknown) => (typeof value === 'function' ? { ...value } : value));
    const vocabulary = vocabularyOf(connectionMachine.implementations);
    for (const kind of ['guards', 'actions', 'actors', 'delays'] as const) {
      expect(
        vocabulary[kind].filter((name) => !text.includes(`"${name}"`)),
        `${kind} that nobody uses`,
      ).toEqual([]);
    }
  });

  test('every state that an id points to is where the name says', () => {
    const root = connectionMachine.root;
    for (const id of ['idle', 'prompting', 'kicked', 'failed', 'closing', 'connected'])
      expect(root.machine.getStateNodeById(id).key).toBe(id);
  });

  describe('catches', () => {
    const vocabulary: Vocabulary = { guards: ['isReady'], actions: ['note'], actors: ['fetch'], delays: ['limit'] };
    const good = (): Record<'a' | 'b', Record<string, unknown>> & Record<string, Record<string, unknown>> => ({
      a: {
        description: 'first',
        invoke: { src: 'fetch', onDone: 'b', onError: { target: 'b', actions: 'note' } },
        on: { go: [{ guard: 'isReady', target: 'b' }, { description: 'Ignored: not ready.' }] },
        after: { limit: '#far' },
      },
      b: { description: 'second', id: 'far', entry: 'note', always: { guard: { type: 'isReady' }, target: 'a' } },
    });
    const chart = (change: (states: ReturnType<typeof good>) => void): ChartNode => {
      const states = good();
      change(states);
      return { description: 'a chart', initial: 'a', states };
    };

    test('nothing in a good chart', () =>
      expect(
        lintChart(
          chart(() => undefined),
          vocabulary,
        ),
      ).toEqual([]));

    const mistakes: Record<string, [(states: ReturnType<typeof good>) => void, RegExp]> = {
      'a target that does not exist': [({ a }) => (a['on'] = { go: 'c' }), /a: go leads to c/],
      'an id that does not exist': [({ b }) => (b['always'] = { target: '#near' }), /leads to #near/],
      'a child that does not exist': [({ a }) => (a['on'] = { go: '.deep' }), /leads to \.deep/],
      'a misspelt delay': [({ a }) => (a['after'] = { limt: 'b' }), /no delay is called limt/],
      'a missing onError': [({ a }) => (a['invoke'] = { src: 'fetch', onDone: 'b' }), /fetch without onError/],
      'an unknown actor': [({ a }) => (a['invoke'] = { src: 'fetsh', onError: 'b' }), /no actor is called fetsh/],
      'an unknown guard': [({ b }) => (b['always'] = { guard: { type: 'isRaedy' }, target: 'a' }), /no guard is called isRaedy/],
      'an unknown action': [({ b }) => (b['entry'] = ['noet']), /no action is called noet/],
      'an unknown action on an arrow': [
        ({ a }) => (a['on'] = { go: { target: 'b', actions: [{ type: 'noet' }] } }),
        /no action is called noet/,
      ],
      'a state without a description': [({ b }) => delete b['description'], /b: has no description/],
      'an event ignored without a word': [({ a }) => (a['on'] = { go: {} }), /go is ignored without a word/],
      'a way that can never be taken': [({ a }) => (a['on'] = { go: [{ target: 'b' }, { target: 'a' }] }), /never take its way 2/],
      'an id taken twice': [({ a }) => (a['id'] = 'far'), /far is taken twice/],
      'an initial state that does not exist': [
        (states) => (states['c'] = { description: 'third', initial: 'x', states: { y: { description: 'y' } } }),
        /c: its initial state x/,
      ],
      'an initial state left out': [
        (states) => (states['c'] = { description: 'third', states: { y: { description: 'y' } } }),
        /c: its initial state undefined/,
      ],
    };
    for (const [name, [plant, complaint]] of Object.entries(mistakes)) {
      test(name, () => {
        const problems = lintChart(chart(plant), vocabulary);
        expect(problems).toHaveLength(1);
        expect(problems[0]).toMatch(complaint);
      });
    }
  });
});
