import { fileURLToPath } from 'node:url';
import { build, type BuildOptions } from 'esbuild';

const packages = { v5: '@rongcloud/imlib-next', v4: '@rongcloud/imlib-v4', v2: '@rongcloud/imlib-v2' } as const;

export type RongCloudSdk = keyof typeof packages;

export interface BundleOptions {
  /** Also bundles this SDK, unmodified, and makes it the global variable `RongIMLib` before the entry runs. An entry may import it instead. */
  readonly sdk?: RongCloudSdk;
}

const root = fileURLToPath(new URL('../../..', import.meta.url));
const bundles = new Map<string, Promise<string>>();

/**
 * Bundles a file with all that it imports into one script, which runs alike in a `BrowserScope` and in a real page. `connection-machine`
 * means its sources, as everywhere in this repository. A file is bundled once in a process.
 */
export async function bundleForScope(entry: string, { sdk }: BundleOptions = {}): Promise<string> {
  const parts = await Promise.all([sdk && bundleSdk(sdk), bundle(entry, { entryPoints: [entry] })]);
  return parts.filter((part) => part !== undefined).join('\n');
}

/** The SDK alone, as the global variable `RongIMLib`. */
export function bundleSdk(sdk: RongCloudSdk): Promise<string> {
  const contents = `import * as RongIMLib from '${packages[sdk]}'; globalThis.RongIMLib = RongIMLib;`;
  return bundle(packages[sdk], { stdin: { contents, resolveDir: root } });
}

function bundle(key: string, input: Pick<BuildOptions, 'entryPoints' | 'stdin'>): Promise<string> {
  const known = bundles.get(key);
  if (known) return known;
  const made = build({
    ...input,
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    tsconfig: `${root}/tsconfig.json`,
    // v5 bundles a protobuf library that would use it in Node, and only there
    external: ['path'],
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'silent',
  }).then(({ outputFiles }) => outputFiles?.[0]?.text ?? '');
  bundles.set(key, made);
  return made;
}
