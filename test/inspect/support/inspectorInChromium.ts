import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { WebSocket } from 'ws';
import { inspectConnection, webSocketSink, type InspectOptions } from 'connection-machine/inspect';
import { startInspector, type Inspector, type ServedFiles } from 'connection-machine/inspect/server';
import { viewerPage } from '../../../src/inspect/server/viewerFiles.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

let files: Promise<ServedFiles> | undefined;

/** The page as the package has it, bundled from its sources. */
function servedViewer(): Promise<ServedFiles> {
  files ??= build({
    absWorkingDir: root,
    entryPoints: ['src/inspect/viewer/page.ts'],
    bundle: true,
    format: 'esm',
    target: 'es2022',
    write: false,
    logLevel: 'silent',
  }).then(({ outputFiles }) => viewerPage(outputFiles[0]!.text));
  return files;
}

/** The inspector of `npx connection-machine inspect`, and its page in a browser. */
export async function openInspector(browser: Browser, options: BrowserContextOptions = {}) {
  const inspector: Inspector = await startInspector({ port: 0, files: await servedViewer() });
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce', ...options });
  const page: Page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const problems: string[] = [];
  page.on('pageerror', ({ message }) => void problems.push(message));
  page.on('console', (message) => void problems.push(message.text()));
  await page.goto(inspector.url);
  return {
    inspector,
    page,
    /** What the page's scripts and the console said. */
    problems,
    /** The two lines of an app. */
    inspect: (target: Parameters<typeof inspectConnection>[0], how?: InspectOptions) =>
      inspectConnection(target, webSocketSink(inspector.appUrl, { WebSocket }), how),
    async close() {
      await context.close();
      await inspector.close();
    },
  };
}

export type OpenInspector = Awaited<ReturnType<typeof openInspector>>;
