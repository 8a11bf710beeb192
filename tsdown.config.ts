import { defineConfig, type UserConfig } from 'tsdown';
import { stripDescriptions } from './scripts/stripDescriptions.ts';

const usual = { tsconfig: 'src/tsconfig.json', dts: true, hash: false } satisfies UserConfig;

export default defineConfig([
  {
    ...usual,
    entry: {
      index: 'src/index.ts',
      machine: 'src/machine.ts',
      'transports/websocket': 'src/transports/websocket/index.ts',
      'transports/rongcloud-web': 'src/transports/rongcloud-web/index.ts',
      'transports/rongcloud-native': 'src/transports/rongcloud-native/index.ts',
      'platform/browser': 'src/platform/browser.ts',
      testing: 'src/testing/index.ts',
      inspect: 'src/inspect/index.ts',
      'inspect/viewer': 'src/inspect/viewer/index.ts',
    },
    format: ['esm', 'cjs'],
    platform: 'neutral',
    target: 'es2020',
    plugins: [stripDescriptions({ chart: /\/connectionMachine\.ts$/, keptFor: /\/src\/(machine\.ts$|inspect\/)/ })],
  },
  {
    // What `npx connection-machine inspect` runs: Node's, and with `ws` inside, so that the package still depends on xstate alone.
    ...usual,
    entry: { 'inspect/server': 'src/inspect/server/index.ts' },
    format: ['esm', 'cjs'],
    platform: 'node',
    target: 'node20',
    tsconfig: 'tsconfig.json',
    clean: false,
  },
  {
    ...usual,
    entry: { 'inspect/cli': 'src/inspect/server/cli.ts' },
    format: ['esm'],
    platform: 'node',
    target: 'node20',
    dts: false,
    clean: false,
  },
  {
    // The page that it serves, in one file.
    ...usual,
    entry: { 'inspect/page': 'src/inspect/viewer/page.ts' },
    format: ['esm'],
    platform: 'browser',
    target: 'es2022',
    dts: false,
    minify: true,
    clean: false,
  },
]);
