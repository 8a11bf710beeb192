import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const run = promisify(execFile);

test("under Node's own test runner the suite passes, complains and skips as under this one", async () => {
  const file = fileURLToPath(new URL('./support/underNodeTest.ts', import.meta.url));
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const { NODE_TEST_CONTEXT: _context, NODE_OPTIONS: _options, ...env } = process.env;
  const program = run(process.execPath, ['--import', 'tsx', '--test-reporter', 'tap', file], { cwd: root, env, encoding: 'utf8' });
  // a test has failed, so the program fails
  const { stdout } = (await program.catch((problem: unknown) => problem)) as { stdout: string };

  const lines = stdout.split('\n');
  const failed = lines.filter((line) => /^ {4}not ok/.test(line));
  expect(failed).toEqual([expect.stringMatching(/^ {4}not ok \d+ - a good token is a success, reported once, with the id of the user$/)]);
  expect(stdout).toContain('2 successes');
  const skipped = lines.filter((line) => line.includes('# SKIP'));
  expect(skipped).toEqual([expect.stringMatching(/a lost link is one error.* # SKIP not checked: the world has no loseLink$/)]);
  expect(lines.filter((line) => /^ {4}ok/.test(line)).length).toBeGreaterThan(3 * 25);
});
