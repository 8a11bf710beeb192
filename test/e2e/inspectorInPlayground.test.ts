import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { pageRoutes } from '../../examples/local-im/server/pageRoutes.ts';
import { atEnd, useServers } from '../examples/support/useServers.ts';
import { useChromium } from '../support/chromium.ts';

// The whole FAQ, by clicking on the page of `npm start`, with the inspector open beside it.

const chromium = useChromium();
const soon = { timeout: 40_000 };
/** How every token of the App Server begins. */
const token = 'eyJ';

const { SCREENSHOTS: folder = 'reports/screenshots' } = process.env;

async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `playground-${name}.png`) });
}

/** Installed before the page's own scripts: keeps what is said on channels of this origin. */
const tapChannels = `
  globalThis.crossed = [];
  const say = BroadcastChannel.prototype.postMessage;
  BroadcastChannel.prototype.postMessage = function (message) {
    globalThis.crossed.push(JSON.stringify(message));
    return say.call(this, message);
  };
  addEventListener('message', ({ data }) => globalThis.crossed.push(JSON.stringify(data)));
`;

async function visit() {
  const servers = await useServers({ pageRoutes: await pageRoutes() });
  const context = await chromium().newContext({ viewport: { width: 1440, height: 1000 }, reducedMotion: 'reduce' });
  atEnd(() => context.close());
  await context.addInitScript(tapChannels);
  const page = await context.newPage();
  page.setDefaultTimeout(40_000);
  const said: string[] = [];
  page.on('console', (message) => void said.push(message.text()));
  page.on('pageerror', ({ message }) => void said.push(message));
  await page.goto(`${servers.appUrl}/#key=${servers.adminKey}`);
  await page.getByRole('button', { name: 'Sign in as alice' }).click();
  await page.getByRole('button', { name: 'Inspector' }).click();
  return { servers, context, page, said };
}

/** What the inspector shows as active, in the drawing. */
const here = (page: Page) =>
  page.locator('.chart .is-here').evaluateAll((found) => found.map((one) => String(one.getAttribute('data-id'))));
/** The app and its inspector agree on where it stands. */
async function stands(page: Page, status: string, state: string): Promise<void> {
  await page.locator('#status', { hasText: new RegExp(`^${status}$`) }).waitFor();
  await page.locator('.now .status', { hasText: new RegExp(`^${status}$`) }).waitFor();
  await expect.poll(() => here(page), soon).toContain(state);
}
const switchIm = (page: Page, mode: string) => page.locator(`#im-server input[value=${mode}]`).click();
const lastStep = (page: Page, text: RegExp) =>
  expect.poll(() => page.locator('.timeline li .line').allTextContents(), soon).toContainEqual(expect.stringMatching(text));

describe('the FAQ, clicked, and seen in the inspector', { timeout: 240_000 }, () => {
  test('refreshed Secret, timeout and prompt, generic error, kick, block, sign-out; and the token is nowhere', async () => {
    const { servers, context, page, said } = await visit();
    const tabName = page.getByRole('tab', { name: /^alice · WebSocket/ });
    await stands(page, 'connected', 'session.link.connected.fresh');
    await picture(page, '1-connected');

    // TOKEN_INCORRECT: a new token, and connected again
    await page.getByRole('button', { name: 'Refresh the Secret' }).click();
    await lastStep(page, /link\.failed.*tokenIncorrect.*→ fetchingToken.*TOKEN_INCORRECT: the token is dropped/);
    await lastStep(page, /done fetchToken.*→ connecting.*tokenRenewed.*A new token in place of the refused one/);
    await stands(page, 'connected', 'session.link.connected.fresh');
    await picture(page, '2-secret-refreshed');

    // timeout: the person is asked
    await switchIm(page, 'hang');
    await page.getByRole('button', { name: 'Disconnect' }).click();
    await stands(page, 'idle', 'session.idle');
    await page.getByRole('button', { name: 'Connect', exact: true }).click();
    await stands(page, 'connecting', 'session.link.connecting');
    await expect.poll(() => page.locator('.timers').textContent(), soon).toContain('until the waiting person is asked');
    await stands(page, 'prompting', 'session.prompting');
    await picture(page, '3-prompting');
    await switchIm(page, 'normal');
    await page.getByRole('button', { name: 'Try again' }).click();
    await stands(page, 'connected', 'session.link.connected.fresh');

    // other errors go by their code
    await switchIm(page, 'error');
    await page.getByRole('button', { name: 'Drop every link' }).click();
    await expect.poll(() => page.locator('.now .failure').textContent(), soon).toContain('unknown 30042');
    await stands(page, 'waiting', 'session.waiting.backoff');
    await expect.poll(() => page.locator('.timers').textContent(), soon).toContain('until the next attempt');
    await picture(page, '4-waiting');
    await switchIm(page, 'normal');
    await stands(page, 'connected', 'session.link.connected.fresh');

    // another device, which is a connection of its own here
    const opening = context.waitForEvent('page');
    await page.getByRole('button', { name: 'Open one' }).click();
    const second = await opening;
    await second.getByRole('button', { name: 'Sign in as alice' }).click();
    await stands(page, 'kicked', 'session.kicked');
    await expect.poll(() => tabName.count(), soon).toBe(2);
    await picture(page, '5-kicked');
    await second.close();
    await expect
      .poll(
        () =>
          page
            .getByRole('tab', { name: /^alice · WebSocket/ })
            .last()
            .textContent(),
        soon,
      )
      .toContain('ended');
    await page.locator('#banner-connect').click();
    await stands(page, 'connected', 'session.link.connected.fresh');

    // blocked
    await page.getByRole('button', { name: 'Block alice' }).click();
    await stands(page, 'failed', 'session.failed');
    await picture(page, '6-blocked');
    await page.getByRole('button', { name: 'Block alice' }).click();
    await page.locator('#banner-connect').click();
    await stands(page, 'connected', 'session.link.connected.fresh');

    // what can happen, made to happen from the inspector
    await page.getByRole('tab', { name: 'What can happen' }).click();
    await page.getByRole('button', { name: 'Send network.offline' }).click();
    await expect.poll(() => here(page), soon).toContain('network.offline');
    await page.getByRole('button', { name: 'Send network.online' }).click();
    await expect.poll(() => here(page), soon).toContain('network.online');
    await page.getByRole('tab', { name: 'Timeline' }).click();

    // every step that was taken, looked at
    const rows = page.locator('.timeline li .line');
    for (let row = 0, count = await rows.count(); row < count; row += 5) await rows.nth(row).click();
    const seen = [
      await page.evaluate('document.documentElement.outerHTML'),
      await page.evaluate("document.getElementById('viewer').shadowRoot.innerHTML"),
      await page.evaluate('JSON.stringify([localStorage, sessionStorage, document.cookie, location.href])'),
      ...((await page.evaluate('globalThis.crossed')) as string[]),
      ...said,
    ];
    expect(seen.length).toBeGreaterThan(40);
    expect(seen.filter((one) => String(one).includes(token))).toEqual([]);
    expect(said).toEqual([]);
    expect(servers.im.users()).toEqual(['alice']);

    await page.getByRole('button', { name: 'Sign out' }).click();
    await expect.poll(() => tabName.first().textContent(), soon).toContain('ended');
  });

  test("RongCloud's SDK is seen by the same two lines, in a tab of its own as well", async () => {
    const servers = await useServers({ pageRoutes: await pageRoutes() });
    const context = await chromium().newContext({ viewport: { width: 1440, height: 1000 }, reducedMotion: 'reduce' });
    atEnd(() => context.close());
    await context.addInitScript(tapChannels);
    const page = await context.newPage();
    page.setDefaultTimeout(40_000);
    await page.goto(`${servers.appUrl}/#key=${servers.adminKey}`);
    await page.locator('.pick', { hasText: 'RongCloud' }).click();
    await page.getByRole('button', { name: 'Sign in as alice' }).click();
    await page.locator('#status', { hasText: /^connected$/ }).waitFor();
    const inspector = await context.newPage();
    inspector.setDefaultTimeout(40_000);
    await inspector.goto(`${servers.appUrl}/inspector`);
    await inspector.getByRole('tab', { name: /^alice · RongCloud/ }).waitFor();
    await inspector.locator('.status', { hasText: /^connected$/ }).waitFor();
    servers.faults.apply({ do: 'imServer', mode: 'refuse' });
    servers.faults.apply({ do: 'dropLinks' });
    await inspector.locator('.status', { hasText: /^recovering$/ }).waitFor();
    await expect.poll(() => here(inspector), soon).toContain('session.link.recovering');
    servers.faults.apply({ do: 'reset' });
    await inspector.locator('.status', { hasText: /^connected$/ }).waitFor();
    const seen = [
      await inspector.evaluate('document.body.innerHTML'),
      await inspector.evaluate("document.getElementById('viewer').shadowRoot.innerHTML"),
      ...((await page.evaluate('globalThis.crossed')) as string[]),
    ];
    expect(seen.length).toBeGreaterThan(3);
    expect(seen.filter((one) => String(one).includes(token))).toEqual([]);
  });

  test('two viewers on one channel hear the apps, and do not talk to each other', async () => {
    const { context, page, servers } = await visit();
    await stands(page, 'connected', 'session.link.connected.fresh');
    const other = await context.newPage();
    await other.goto(`${servers.appUrl}/inspector`);
    await other.locator('.status', { hasText: /^connected$/ }).waitFor();
    await page.getByRole('button', { name: 'Disconnect' }).click();
    await other.locator('.status', { hasText: /^idle$/ }).waitFor();
    const greetings = (await Promise.all([page, other].map((one) => one.evaluate('globalThis.crossed'))))
      .flat()
      .filter((one) => String(one).includes('"hello"'));
    // one from each viewer
    expect(greetings).toHaveLength(2);
  });

  test('the dock opens and closes by keyboard, and the focus goes with it', async () => {
    const { page } = await visit();
    await stands(page, 'connected', 'session.link.connected.fresh');
    await page.locator('#inspector-close').focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('#inspector').isHidden(), soon).toBe(true);
    expect(await page.evaluate('document.activeElement.id')).toBe('inspect');
    await page.keyboard.press('Enter');
    await stands(page, 'connected', 'session.link.connected.fresh');
  });
});
