import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Answer, Routes } from './http/Route.ts';

const page = new URL('../page/', import.meta.url);
const repository = fileURLToPath(new URL('../../../', import.meta.url));

/** Bundles the page from its TypeScript sources, in memory. The routes are made for the one IM server that it may talk to. */
export async function pageRoutes(): Promise<(imUrl: string) => Routes> {
  const [html, css, bundle] = await Promise.all([
    readFile(new URL('index.html', page), 'utf8'),
    readFile(new URL('page.css', page), 'utf8'),
    build({
      absWorkingDir: repository,
      entryPoints: [fileURLToPath(new URL('main.ts', page))],
      // Its `paths` let the page import the library by its own name, from source.
      tsconfig: 'tsconfig.json',
      bundle: true,
      format: 'esm',
      target: 'es2022',
      write: false,
      logLevel: 'silent',
    }),
  ]);
  const script = bundle.outputFiles[0]?.text ?? '';
  return (imUrl) => {
    const file = (type: string, body: string) => (): Answer => ({ status: 200, content: { type, body }, headers: pageHeaders(imUrl) });
    return {
      'GET /': file('text/html; charset=utf-8', html),
      'GET /page.css': file('text/css; charset=utf-8', css),
      'GET /page.js': file('text/javascript; charset=utf-8', script),
    };
  };
}

/** Nothing from elsewhere, no inline code, no framing, and no connection but to our own two servers. */
function pageHeaders(imUrl: string): Readonly<Record<string, string>> {
  return {
    'content-security-policy': [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      'img-src data:',
      `connect-src 'self' ${imUrl}`,
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
    ].join('; '),
    'permissions-policy': 'camera=(), microphone=(), geolocation=()',
    'cross-origin-opener-policy': 'same-origin',
  };
}
