import { readFileSync } from 'node:fs';
import { defineConfig, type UserConfig } from 'tsdown';
import { stripDescriptions } from './scripts/stripDescriptions.ts';

const usual = { tsconfig: 'src/tsconfig.json', dts: true, hash: false } satisfies UserConfig;

/** What is bundled brings its licence along. */
function licenceOf(name: string): string {
  const text = readFileSync(new URL(`node_modules/${name}/LICENSE`, import.meta.url), 'utf8');
  return `/*! Contains ${name}.\n\n${text.trim()}\n*/`;
}

/** `ws` asks for two native packages that would make it a little faster; nobody installs them for this. */
const withoutNatives = { 'process.env.WS_NO_BUFFER_UTIL': '"1"', 'process.env.WS_NO_UTF_8_VALIDATE': '"1"' };

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
    fixedExtension: false,
    tsconfig: 'tsconfig.json',
    define: withoutNatives,
    footer: { js: licenceOf('ws') },
    clean: false,
  },
  {
    ...usual,
    entry: { 'inspect/cli': 'src/inspect/server/cli.ts' },
    format: ['esm'],
    platform: 'node',
    target: 'node20',
    fixedExtension: false,
    define: withoutNatives,
    footer: { js: licenceOf('ws') },
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
    deps: { alwaysBundle: ['xstate'] },
    footer: { js: licenceOf('xstate') },
    clean: false,
  },
]);
