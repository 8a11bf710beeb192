import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Answer, Routes } from './http/Route.ts';

const page = new URL('../page/', import.meta.url);
const repository = fileURLToPath(new URL('../../../', import.meta.url));

/**
 * Bundles the page from its TypeScript sources, in memory. RongCloud's SDK (a megabyte) is in a script of its own, which the page loads
 * when somebody chooses it. The routes are made for the addresses of the IM servers that the page may talk to.
 */
export async function pageRoutes(): Promise<(addresses: readonly string[]) => Routes> {
  const [html, inspector, css, { outputFiles }] = await Promise.all([
    readFile(new URL('index.html', page), 'utf8'),
    readFile(new URL('inspector.html', page), 'utf8'),
    readFile(new URL('page.css', page), 'utf8'),
    build({
      absWorkingDir: repository,
      entryPoints: {
        page: fileURLToPath(new URL('main.ts', page)),
        inspector: fileURLToPath(new URL('inspector.ts', page)),
        rongcloud: fileURLToPath(new URL('../../local-rongcloud/client/rongCloudLine.ts', import.meta.url)),
      },
      // Its `paths` let the page import the library by its own name, from source.
      tsconfig: 'tsconfig.json',
      bundle: true,
      splitting: true,
      format: 'esm',
      target: 'es2022',
      outdir: 'page',
      write: false,
      // the SDK bundles a protobuf library that would use it in Node, and only there
      external: ['path'],
      logLevel: 'silent',
    }),
  ]);
  return (addresses) => {
    const headers = pageHeaders(addresses);
    const file = (type: string, body: string) => (): Answer => ({ status: 200, content: { type, body }, headers });
    return {
      'GET /': file('text/html; charset=utf-8', html),
      'GET /inspector': file('text/html; charset=utf-8', inspector),
      'GET /page.css': file('text/css; charset=utf-8', css),
      ...Object.fromEntries(outputFiles.map(({ path, text }) => [`GET /${basename(path)}`, file('text/javascript; charset=utf-8', text)])),
    };
  };
}

/** Nothing from elsewhere, no inline code, no framing, and no connection but to our own servers. */
function pageHeaders(addresses: readonly string[]): Readonly<Record<string, string>> {
  return {
    'content-security-policy': [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      'img-src data:',
      `connect-src 'self' ${addresses.join(' ')}`,
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
    ].join('; '),
    'permissions-policy': 'camera=(), microphone=(), geolocation=()',
    'cross-origin-opener-policy': 'same-origin',
  };
}
