import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** One file that the server hands out. */
export interface ServedFile {
  readonly type: string;
  readonly body: string | Uint8Array;
}

/** By path: `/`, `/page.js`, … What is not in here does not exist. */
export type ServedFiles = Readonly<Record<string, ServedFile>>;

const html = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>Inspector · connection-machine</title>
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="/page.css" />
    <script type="module" src="/page.js"></script>
  </head>
  <body></body>
</html>
`;

const css = 'html, body { height: 100%; margin: 0; }';

const javascript = 'text/javascript; charset=utf-8';

/** The page around a script, and elkjs if the developer's project has it. */
export async function viewerPage(script: string): Promise<ServedFiles> {
  const elk = await readElk();
  return {
    '/': { type: 'text/html; charset=utf-8', body: html },
    '/page.css': { type: 'text/css; charset=utf-8', body: css },
    '/page.js': { type: javascript, body: script },
    ...(elk && { '/elk.js': { type: javascript, body: elk } }),
  };
}

/** The viewer as it was built into the package, which is where this module stands. @throws Error when it was not built */
export async function viewerFiles(): Promise<ServedFiles> {
  const script = await readFile(new URL('page.js', import.meta.url), 'utf8').catch((cause: unknown) => {
    throw new Error("the viewer's page is not there: it comes with the package as npm has it (in this repository: npm run build)", {
      cause,
    });
  });
  return viewerPage(script);
}

/** Lays out charts that are not ours. The package does not bring it along: it is large, and few need it. */
async function readElk(): Promise<string | undefined> {
  for (const place of [join(process.cwd(), 'package.json'), import.meta.url]) {
    try {
      return await readFile(createRequire(place).resolve('elkjs/lib/elk.bundled.js'), 'utf8');
    } catch {
      // the next place
    }
  }
  return undefined;
}
