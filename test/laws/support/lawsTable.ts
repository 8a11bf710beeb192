import { readdirSync, readFileSync } from 'node:fs';
import { exploredLaws } from '../exploration/explore.ts';
import { modelledLaws } from '../model/commands.ts';
import { racedLaws } from '../races/raceWorld.ts';

const folder = new URL('../', import.meta.url);

/** The tests of the laws, in the order of the laws. */
export const lawFiles: readonly string[] = readdirSync(folder)
  .filter((name) => /^\d\d-.*\.test\.ts$/.test(name))
  .sort();

/** The one `describe` of a law's file, as the test runner shows it. */
export function titleOf(file: string): string {
  const [, , title] = /^describe\((['"])(.+)\1, \(\) => \{$/m.exec(readFileSync(new URL(file, folder), 'utf8')) ?? [];
  return title?.replaceAll("\\'", "'") ?? `${file} has no title`;
}

/** How many random runs the properties of a file ask for, read from their text: `often(40)`, `inEveryWorld(…)` with `runs` or 150. */
function runsIn(text: string): number {
  const asked = [...text.matchAll(/\boften\((\d+)\)|\bruns: (\d+)/g)].map(([, often, runs]) => Number(often ?? runs));
  const usual = [...text.matchAll(/\binEveryWorld\(/g)].length - [...text.matchAll(/\bruns: \d+/g)].length;
  return asked.reduce((sum, runs) => sum + runs, 0) + 150 * usual;
}

/** Each law, how it is checked, and how much. */
export function lawsTable(): string {
  const rows = lawFiles.map((file, index) => {
    const text = readFileSync(new URL(file, folder), 'utf8');
    const law = index + 1;
    const [name = ''] = titleOf(file)
      .replace(/^\d+\. /, '')
      .split(/: |\.$/);
    const tests = [...text.matchAll(/^ +test(\.each\(.*\))?\(/gm)].length;
    const mark = (laws: readonly number[]) => (laws.includes(law) ? 'yes' : '');
    return [`${law}. ${name}`, String(tests), String(runsIn(text)), mark(exploredLaws), mark(modelledLaws), mark(racedLaws)];
  });
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(['law', 'tests of its own', 'random runs in them', 'every configuration', 'model', 'races']),
    line(['---', '---:', '---:', '---', '---', '---']),
    ...rows.map(line),
  ].join('\n');
}
