import { defineConfig } from 'vitest/config';
import { quickTests, quietEnvironment } from './scripts/mutation/quickTests.mjs';
import usual from './vitest.config.ts';

// The tests of the mutation testing, under Vitest itself: to see that they pass, and as Stryker's slower way (docs/mutation.md).
quietEnvironment();

export default defineConfig({
  ...usual,
  test: { ...usual.test, include: quickTests(), testTimeout: 8_000, isolate: false },
});
