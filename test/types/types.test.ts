import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { xstateNamesIn } from './xstateNamesIn.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What the compiler has to say about contract.ts. Two of them, because apps have either. */
test.each([
  ['TypeScript 6', 'typescript'],
  ['TypeScript 7', 'typescript-7'],
])('the public contract holds in %s', (_, compiler) => {
  expect(errorsOf(`node_modules/${compiler}/bin/tsc`)).toBe('');
});

test('the public types of `.` name no XState type, except connection.actor', () => {
  expect(xstateNamesIn(`${root}/src/index.ts`)).toEqual(['Connection.actor: ActorRefFrom']);
});

function errorsOf(compiler: string): string {
  try {
    return execFileSync(process.execPath, [compiler, '-p', 'test/types'], { cwd: root, encoding: 'utf8' });
  } catch (problem) {
    return (problem as { stdout: string }).stdout;
  }
}
