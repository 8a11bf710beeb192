import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** Where a bundle finds the modules that it was not built with. */
interface Scope {
  snippetModules?: Readonly<Record<string, object>>;
}

/** Makes one script of a snippet. `files` are other snippets, by the name they are imported by; what is in `missing` is handed in when it runs. */
export async function bundleSnippet(code: string, files: Readonly<Record<string, string>>, missing: readonly string[]): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: code, loader: 'ts', resolveDir: root },
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    tsconfig: `${root}tsconfig.json`,
    logLevel: 'silent',
    plugins: [
      {
        name: 'snippets',
        setup({ onResolve, onLoad }) {
          onResolve({ filter: /./ }, ({ path }) => {
            if (missing.includes(path)) return { path, namespace: 'missing' };
            return files[path] === undefined ? undefined : { path, namespace: 'files' };
          });
          onLoad({ filter: /./, namespace: 'missing' }, ({ path }) => ({
            contents: `module.exports = globalThis.snippetModules[${JSON.stringify(path)}];`,
          }));
          onLoad({ filter: /./, namespace: 'files' }, ({ path }) => ({ contents: files[path] ?? '', loader: 'ts', resolveDir: root }));
        },
      },
    ],
  });
  return outputFiles[0]?.text ?? '';
}

let runs = 0;

/** Runs a bundle as if for the first time, and returns what it exports. */
export async function runBundle(bundle: string, modules: Readonly<Record<string, object>>): Promise<Record<string, unknown>> {
  (globalThis as Scope).snippetModules = modules;
  const code = `${bundle}\n// run ${(runs += 1)}`;
  return (await import(/* @vite-ignore */ `data:text/javascript;base64,${Buffer.from(code).toString('base64')}`)) as Record<
    string,
    unknown
  >;
}
