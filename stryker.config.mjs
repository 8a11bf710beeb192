// Mutation testing: does a test fail when the brain's code is wrong? docs/mutation.md says how it is run and what it has shown.

const reports = 'reports/mutation';

// oxlint-disable-next-line import/no-default-export -- Stryker demands it
export default {
  mutate: [
    'machines/connection/**/*.ts',
    'src/{token,transport}/**/*.ts',
    'src/{createConnection,connection,announcer,whenConnected,connectionOptions,connectionSnapshot,persistedConnection}.ts',
  ],
  testRunner: process.env.MUTATION_RUNNER ?? 'one-process',
  vitest: { configFile: 'vitest.mutation.config.ts', related: false },
  plugins: ['@stryker-mutator/vitest-runner', './scripts/mutation/oneProcessRunner.mjs', './scripts/mutation/descriptionsIgnorer.mjs'],
  ignorers: ['descriptions'],
  // not needed by the tests of vitest.mutation.config.ts
  ignorePatterns: ['bench', 'coverage', 'dist', 'examples', 'reports', 'docs'],
  // the thresholds are checked group by group, by scripts/mutation/writeMutationReport.ts
  thresholds: { high: 90, low: 80, break: null },
  reporters: ['json', 'html', 'progress-append-only'],
  jsonReporter: { fileName: `${reports}/mutation.json` },
  htmlReporter: { fileName: `${reports}/mutation.html` },
  incremental: true,
  incrementalFile: `${reports}/incremental.json`,
  tempDirName: 'reports/sandboxes',
  concurrency: Number(process.env.MUTATION_CONCURRENCY ?? 1),
  // a world's clock is the test's own: what is not done in this time turns in circles
  timeoutMS: 10_000,
  timeoutFactor: 1.5,
  warnings: { slow: false },
};
