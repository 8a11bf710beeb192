// A test runner for Stryker, as a plugin of its own: `testRunner: 'one-process'`.
//
// Vitest starts a thread and reads every module anew for each mutant: seconds, even for one that dies in the first test. Here all test
// files are bundled once, and a mutant costs the time of its tests. `expect` and `vi` are Vitest's own; `describe`, `test` and the hooks
// are below, as far as the project's tests use them.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { format } from 'node:util';
import { Script } from 'node:vm';
import { build } from 'esbuild';
import { expect, expectTypeOf, vi } from 'vitest';
import { quickTests, quietEnvironment } from './quickTests.mjs';

const { setTimeout, clearTimeout, setImmediate } = globalThis;

/** A world that a mutant makes turn in circles. The slowest test takes a second. ms */
const testTimeLimit = 8_000;

/** Where instrumented code looks for the mutant that is active, and notes what is covered. */
const namespace = '__stryker__';
const stryker = (globalThis[namespace] ??= {});

/** @typedef {{ id: string, name: string, fileName: string, run: () => unknown, hooks: Hooks[] }} Test */
/** @typedef {{ beforeAll: Function[], beforeEach: Function[], afterEach: Function[], afterAll: Function[] }} Hooks */

const noHooks = () => ({ beforeAll: [], beforeEach: [], afterEach: [], afterAll: [] });

/** What a test file imports from 'vitest'; what it registers is collected in `tests`. */
function collector() {
  /** @type {Test[]} */
  let tests = [];
  const ids = new Set();
  let fileName = '';
  let names = [];
  let hooks = [];

  const test = (name, ...rest) => {
    const fullName = [...names, name].join(' > ');
    let id = `${fileName} > ${fullName}`;
    while (ids.has(id)) id += ' (again)';
    ids.add(id);
    tests.push({ id, name: fullName, fileName, run: rest.find((one) => typeof one === 'function'), hooks: [...hooks] });
  };
  test.each = (rows) => (name, run) => {
    const isTable = rows.every((row) => Array.isArray(row));
    rows.forEach((row, index) => {
      const values = isTable ? row : [row];
      test(`${index}: ${format(name.replaceAll('%#', index), ...values)}`, () => run(...values));
    });
  };
  const describe = (name, register) => {
    const before = { names, hooks };
    names = [...names, name];
    hooks = [...hooks, noHooks()];
    register();
    ({ names, hooks } = before);
  };
  const hook = (kind) => (run) => void hooks.at(-1)[kind].push(run);

  return {
    api: {
      describe,
      test,
      it: test,
      expect,
      expectTypeOf,
      vi,
      beforeAll: hook('beforeAll'),
      beforeEach: hook('beforeEach'),
      afterEach: hook('afterEach'),
      afterAll: hook('afterAll'),
    },
    /** The tests of a file that is loaded now. */
    testsOf(name, load) {
      tests = [];
      fileName = name;
      names = [];
      hooks = [noHooks()];
      load();
      return tests;
    },
  };
}

class OneProcessRunner {
  /** @type {{ name: string, tests(): Test[] }[] | undefined} */
  files;
  /** Has a test been given up that may still be running? */
  isHaunted = false;

  capabilities() {
    return { reloadEnvironment: true };
  }

  async init() {
    quietEnvironment();
    const files = quickTests();
    const { outputFiles } = await build({
      stdin: {
        contents: `require('./src/index.ts'); require('./src/machine.ts');
          module.exports = [${files.map((file) => `['${file}', () => require('./${file}')]`).join(',\n')}]`,
        resolveDir: process.cwd(),
      },
      bundle: true,
      write: false,
      platform: 'node',
      format: 'cjs',
      target: 'node20',
      packages: 'external',
      logLevel: 'error',
    });
    const parameters = 'require, module';
    this.script = new Script(`(function (${parameters}) {${outputFiles[0].text}\n})`, { filename: join(process.cwd(), 'tests.cjs') });
    this.require = createRequire(join(process.cwd(), 'tests.cjs'));
  }

  /** All modules anew, each when a test file first needs it. */
  reload() {
    const { api, testsOf } = collector();
    const module = { exports: [] };
    this.script.runInThisContext()((name) => (name === 'vitest' ? api : this.require(name)), module);
    this.files = module.exports.map(([name, load]) => {
      /** @type {Test[] | undefined} */
      let tests;
      return { name, tests: () => (tests ??= testsOf(name, load)) };
    });
  }

  async dryRun() {
    stryker.activeMutant = undefined;
    this.reload();
    const results = [];
    // The modules have been loaded: what a test file runs on its own beyond that does not make a mutant static
    stryker.currentTestId = 'loading';
    const tests = this.files.flatMap((file) => file.tests());
    delete stryker.mutantCoverage.perTest.loading;
    for (const test of tests) {
      stryker.currentTestId = test.id;
      const start = performance.now();
      const failureMessage = await this.play(test);
      stryker.currentTestId = undefined;
      const { id, name, fileName } = test;
      const status = failureMessage === undefined ? 0 : 1;
      results.push({ id, name, fileName, timeSpentMs: performance.now() - start, status, failureMessage });
    }
    return { status: 'complete', tests: results, mutantCoverage: stryker.mutantCoverage };
  }

  async mutantRun({ activeMutant, testFilter, mutantActivation, reloadEnvironment, hitLimit }) {
    // Stryker tries a run that is refused once more, in a process of its own
    if (this.isHaunted) throw new Error('a test of the mutant before is still running');
    stryker.hitCount = 0;
    stryker.hitLimit = hitLimit;
    // what is loaded once serves many mutants, so only one that is static may be active then
    const whileLoading = mutantActivation === 'static' ? activeMutant.id : undefined;
    stryker.activeMutant = whileLoading;
    try {
      if (reloadEnvironment || !this.files) this.reload();
    } catch (problem) {
      return { status: 'killed', killedBy: ['is loaded'], failureMessage: `cannot be loaded: ${problem}`, nrOfTests: 0 };
    }
    const wanted = testFilter && new Set(testFilter);
    const isWanted = ({ id }) => !wanted || wanted.has(id);
    const isWantedFile = ({ name }) => !wanted || testFilter.some((id) => id.startsWith(`${name} > `));
    let nrOfTests = 0;
    for (const file of this.files.filter(isWantedFile)) {
      let tests;
      try {
        stryker.activeMutant = whileLoading;
        tests = file.tests();
        stryker.activeMutant = activeMutant.id;
      } catch (problem) {
        return { status: 'killed', killedBy: [`${file.name} > is loaded`], failureMessage: `cannot be loaded: ${problem}`, nrOfTests };
      }
      for (const test of tests.filter(isWanted)) {
        nrOfTests += 1;
        const failureMessage = await this.play(test);
        if (stryker.hitCount > hitLimit) return { status: 'timeout', reason: `${stryker.hitCount} hits` };
        if (failureMessage !== undefined) return { status: 'killed', killedBy: [test.id], failureMessage, nrOfTests };
      }
    }
    return { status: 'survived', nrOfTests };
  }

  /** Returns what went wrong. */
  async play({ run, hooks }) {
    let timer;
    let onRejection;
    const stray = new Promise((_, reject) => {
      onRejection = reject;
      timer = setTimeout(() => {
        this.isHaunted = true;
        reject(new Error(`not done in ${testTimeLimit} ms`));
      }, testTimeLimit);
    });
    process.on('unhandledRejection', onRejection);
    const whole = async () => {
      for (const { beforeAll, beforeEach } of hooks) for (const hook of [...beforeAll, ...beforeEach]) await hook();
      try {
        await run();
      } finally {
        for (const { afterEach, afterAll } of [...hooks].reverse()) for (const hook of [...afterEach, ...afterAll]) await hook();
      }
      // what is rejected and looked at by nobody comes to light after the promises have had their turn
      await new Promise((resolve) => setImmediate(resolve));
    };
    try {
      await Promise.race([whole(), stray]);
      return undefined;
    } catch (problem) {
      return String(problem?.message ?? problem).slice(0, 500);
    } finally {
      clearTimeout(timer);
      process.off('unhandledRejection', onRejection);
    }
  }

  async dispose() {}
}

export const strykerPlugins = [{ kind: 'TestRunner', name: 'one-process', injectableClass: OneProcessRunner }];
