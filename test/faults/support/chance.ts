import { seededRandom } from '../../laws/support/seededRandom.ts';

/** Chance that can be repeated: `SEED=… npx vitest run test/faults`. */
export interface Chance {
  readonly seed: number;
  readonly random: () => number;
  between(low: number, high: number): number;
  oneOf<Value>(values: readonly Value[]): Value;
  shuffled<Value>(values: readonly Value[]): Value[];
}

const given = process.env['SEED'];

export function createChance(seed = given === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(given)): Chance {
  const random = seededRandom(seed);
  return {
    seed,
    random,
    between: (low, high) => low + (high - low) * random(),
    oneOf: (values) => values[Math.floor(random() * values.length)]!,
    shuffled(values) {
      const left = [...values];
      return values.map(() => left.splice(Math.floor(random() * left.length), 1)[0]!);
    },
  };
}

/** Runs a story; when it fails, says with which seed. */
export async function withChance(story: (chance: Chance) => Promise<void>): Promise<void> {
  const chance = createChance();
  try {
    await story(chance);
  } catch (error) {
    if (error instanceof Error) error.message = `SEED=${chance.seed} repeats it. ${error.message}`;
    throw error;
  }
}
