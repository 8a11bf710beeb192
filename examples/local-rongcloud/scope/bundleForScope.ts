import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

export type RongCloudSdk = 'v5' | 'v4' | 'v2';

export interface BundleOptions {
  /** Also bundles this SDK, unmodified, and makes it the global variable `RongIMLib` before the entry runs. An entry may import it instead. */
  readonly sdk?: RongCloudSdk;
}

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const bundles = new Map<string, Promise<string>>();

/**
 * Bundles a file with all that it imports into one script, which runs alike in a `BrowserScope` and in a real page. `connection-machine`
 * means its sources, as everywhere in this repository. A file is bundled once in a process.
 */
export async function bundleForScope(entry: string, { sdk }: BundleOptions = {}): Promise<string> {
  const parts = await Promise.all([sdk && bundleSdk(sdk), bundle(entry)]);
  return parts.filter((part) => part !== undefined).join('\n');
}

/** The SDK alone, as the global variable `RongIMLib`. */
export function bundleSdk(sdk: RongCloudSdk): Promise<string> {
  return bundle(here(`sdks/${sdk}.ts`));
}

function bundle(entry: string): Promise<string> {
  const known = bundles.get(entry);
  if (known) return known;
  const made = build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    tsconfig: here('../../../tsconfig.json'),
    // v5 bundles a protobuf library that would use it in Node, and only there
    external: ['path'],
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'silent',
  }).then(({ outputFiles }) => outputFiles[0]?.text ?? '');
  bundles.set(entry, made);
  return made;
}
