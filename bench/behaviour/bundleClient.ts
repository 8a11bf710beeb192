import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';
import type { ClientAdapter } from './ClientAdapter.ts';
import { globalName } from './Stage.ts';

const here = fileURLToPath(new URL('.', import.meta.url));

/** The client as a browser gets it: one script, bundled from what npm has installed here (or from this repository's src). */
export async function bundleClient({ source, conditions = [] }: ClientAdapter): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: here, loader: 'ts' },
    bundle: true,
    write: false,
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    globalName,
    conditions: ['module', ...conditions],
    define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' },
    logLevel: 'silent',
  });
  // `var`, so that it is a property of the page's global object
  return outputFiles[0]?.text ?? '';
}
