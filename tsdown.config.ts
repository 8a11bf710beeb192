import { defineConfig } from 'tsdown';
import { stripDescriptions } from './scripts/stripDescriptions.ts';

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    machine: 'src/machine.ts',
    'transports/websocket': 'src/transports/websocket/index.ts',
    'transports/rongcloud-web': 'src/transports/rongcloud-web/index.ts',
    'transports/rongcloud-native': 'src/transports/rongcloud-native/index.ts',
    'platform/browser': 'src/platform/browser.ts',
    testing: 'src/testing/index.ts',
  },
  format: ['esm', 'cjs'],
  platform: 'neutral',
  target: 'es2020',
  tsconfig: 'src/tsconfig.json',
  dts: true,
  hash: false,
  plugins: [stripDescriptions({ chart: /\/connectionMachine\.ts$/, keptFor: /\/src\/machine\.ts$/ })],
});
