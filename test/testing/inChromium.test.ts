import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { bundleForScope } from '../../examples/local-rongcloud/scope/bundleForScope.ts';
import { useChromium } from '../support/chromium.ts';
import type { InBrowser } from './support/inBrowserEntry.ts';

declare const inBrowser: InBrowser;

const chromium = useChromium();

test('in a browser the suite complains as it does in Node, and the clock lets promises settle', { timeout: 120_000 }, async () => {
  const page = await chromium().newPage();
  try {
    await page.addScriptTag({ content: await bundleForScope(fileURLToPath(new URL('support/inBrowserEntry.ts', import.meta.url))) });
    expect(await page.evaluate(() => ['process', 'setImmediate'].filter((name) => name in globalThis))).toEqual([]);
    expect(await page.evaluate(() => inBrowser.prompt())).toBe('prompting');
    expect(await page.evaluate(() => inBrowser.skipped())).toEqual([]);
    expect(await page.evaluate(() => inBrowser.complaints('none'))).toEqual([]);
    expect(await page.evaluate(() => inBrowser.complaints('settles only the first close'))).toEqual([
      'close settles when it is called twice',
    ]);
    // there it is an event of the page
    expect(await page.evaluate(() => inBrowser.complaints('leaves a promise to reject unheard'))).toEqual([
      'no promise is rejected without a handler',
    ]);
  } finally {
    await page.close();
  }
});
