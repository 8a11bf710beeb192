import { readdirSync } from 'node:fs';

/**
 * The tests that a mutant has to get past: those that look at the brain itself, and are quick. Sockets, browsers, examples and the
 * model checker are left out. Most mutants die in the first file, so the sharp and cheap ones come first, and the slow ones last.
 */
const first = ['chart/chart.lint', 'connection/events', 'chart/failureTable', 'connection/prompting', 'connection/disconnect'];
const last = ['laws/16-', 'laws/10-', 'laws/14-'];

/** Only the laws themselves: the explorations and the figures take minutes. */
const isLaw = /^\d\d-/;

/** MUTATION_TESTS=chart,connection,token,transport,laws adds the laws: four times as slow for each mutant that survives. */
export const allTests = 'chart,connection,token,transport';

/** @returns {string[]} paths from the project's folder, in the order in which they run */
export function quickTests() {
  const names = (process.env.MUTATION_TESTS ?? allTests).split(',').flatMap((folder) =>
    readdirSync(`test/${folder}`)
      .filter((name) => name.endsWith('.test.ts') && (folder !== 'laws' || isLaw.test(name)))
      .sort()
      .map((name) => `${folder}/${name}`),
  );
  const place = (name) => {
    const early = first.findIndex((start) => name.startsWith(start));
    return early >= 0 ? early - first.length : last.findIndex((start) => name.startsWith(start)) + 1;
  };
  return names.sort((a, b) => place(a) - place(b)).map((name) => `test/${name}`);
}

/** The laws walk a fifth as far as usual, and always the same way: a mutant's fate must not be a matter of luck. */
export function quietEnvironment() {
  process.env.LAWS ??= '0.2';
  process.env.SEED ??= '1';
}
