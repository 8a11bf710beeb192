import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: {
    // the tests use the package by its own name, as an app does
    alias: [
      { find: /^connection-machine$/, replacement: here('src/index.ts') },
      { find: /^connection-machine\/machine$/, replacement: here('src/machine.ts') },
      { find: /^connection-machine\/transports\/websocket$/, replacement: here('src/transports/websocket/index.ts') },
      { find: /^connection-machine\/transports\/rongcloud-web$/, replacement: here('src/transports/rongcloud-web/index.ts') },
      { find: /^connection-machine\/transports\/rongcloud-native$/, replacement: here('src/transports/rongcloud-native/index.ts') },
      { find: /^connection-machine\/platform\/browser$/, replacement: here('src/platform/browser.ts') },
      { find: /^connection-machine\/inspect$/, replacement: here('src/inspect/index.ts') },
      { find: /^connection-machine\/inspect\/server$/, replacement: here('src/inspect/server/index.ts') },
      { find: /^connection-machine\/inspect\/viewer$/, replacement: here('src/inspect/viewer/index.ts') },
      { find: /^connection-machine\/testing$/, replacement: here('src/testing/index.ts') },
    ],
  },
  test: {
    include: ['test/**/*.test.ts'],
    // by default vitest leaves one core idle: on two cores half of them
    maxWorkers: availableParallelism(),
    // a hang is a failure; no test decides by time
    testTimeout: 60_000 * Math.max(1, Number(process.env['LAWS'] ?? 1)),
    hookTimeout: 60_000,
  },
});
