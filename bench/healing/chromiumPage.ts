import type { Browser, Page as BrowserPage } from 'playwright-core';
import { localDoor } from '../../examples/local-im/server/http/checkCaller.ts';
import { startHttp } from '../../examples/local-im/server/http/startHttp.ts';
import { scaledTimeScript, type ScaledTime } from '../../examples/local-rongcloud/scope/scaledTime.ts';
import { driverOf, type OpenPage, type Page } from './pages.ts';

/** What the driver and the scene have put there. */
interface PageGlobals {
  readonly driver: { readonly [name: string]: (...args: unknown[]) => unknown };
  readonly scaledTime: ScaledTime;
}

/**
 * Real pages of a real browser, on an empty page of 127.0.0.1. Each has a context of its own, so that no page finds what another one
 * has stored.
 */
export function openChromiumPage(browser: Browser, onPage: (page: BrowserPage) => void = () => undefined): OpenPage {
  return async ({ sdk, server, speed, issueToken }) => {
    const script = await driverOf(sdk);
    const http = await startHttp(0, () => ({
      'GET /': () => ({ status: 200, content: { type: 'text/html', body: emptyPage } }),
      'GET /driver.js': () => ({ status: 200, content: { type: 'text/javascript', body: script } }),
    }));
    server.openDoor((own) => localDoor(own, http.port));
    const context = await browser.newContext();
    const close = async () => {
      await context.close();
      await http.close();
    };
    try {
      const page = await context.newPage();
      onPage(page);
      await page.exposeFunction('issueToken', issueToken);
      await page.addInitScript({ content: scaledTimeScript(speed) });
      await page.goto(http.url);
      return { ...controlsOf(page), close };
    } catch (problem) {
      await close();
      throw problem;
    }
  };
}

const emptyPage =
  '<!doctype html><meta charset="utf-8"><title>healing</title><link rel="icon" href="data:,"><script src="/driver.js"></script>';

function controlsOf(page: BrowserPage): Pick<Page, 'call' | 'setSpeed' | 'wait'> {
  return {
    call: (name, args) =>
      page.evaluate(([method, values]) => (globalThis as unknown as PageGlobals).driver[method]?.(...values), [
        name,
        args,
      ] as const) as Promise<never>,
    setSpeed: (speed) => page.evaluate((pace) => (globalThis as unknown as PageGlobals).scaledTime.setSpeed(pace), speed),
    wait: (ms) => page.evaluate((span) => new Promise<void>((resolve) => void setTimeout(resolve, span)), ms),
  };
}
