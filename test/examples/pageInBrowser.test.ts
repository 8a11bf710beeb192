import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { pageRoutes } from '../../examples/local-im/server/pageRoutes.ts';
import type { Servers } from '../../examples/local-im/server/startServers.ts';
import { useChromium } from '../support/chromium.ts';
import { atEnd, useServers } from './support/useServers.ts';

type Line = 'WebSocket' | 'RongCloud';

interface Visitor {
  readonly page: Page;
  /** What the page's scripts and the console said was wrong. */
  readonly problems: readonly string[];
  /** Paths of scripts. */
  readonly scripts: readonly string[];
  signIn(line: Line, person?: 'alice' | 'bob'): Promise<void>;
  signOut(): Promise<void>;
  is(status: string): Promise<void>;
}

const chromium = useChromium();

async function visit(servers: Servers): Promise<Visitor> {
  const context = await chromium().newContext();
  atEnd(() => context.close());
  const page = await context.newPage();
  page.setDefaultTimeout(50_000);
  const problems: string[] = [];
  const scripts: string[] = [];
  page.on('pageerror', ({ message }) => void problems.push(message));
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  page.on('request', (request) => request.resourceType() === 'script' && scripts.push(new URL(request.url()).pathname));
  await page.goto(`${servers.appUrl}/#key=${servers.adminKey}`);
  return {
    page,
    problems,
    scripts,
    async signIn(line, person = 'alice') {
      await page.locator('.pick', { hasText: line }).click();
      await page.getByRole('button', { name: `Sign in as ${person}` }).click();
    },
    async signOut() {
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.getByText('Who are you?').waitFor();
    },
    is: (status) => page.locator('#status', { hasText: new RegExp(`^${status}$`) }).waitFor(),
  };
}

const usePage = async () => useServers({ pageRoutes: await pageRoutes() });

describe('the page in Chromium', { timeout: 120_000 }, () => {
  it("connects over a WebSocket without RongCloud's SDK, and over RongCloud with it, without a reload", async () => {
    const servers = await usePage();
    const { page, problems, scripts, signIn, signOut, is } = await visit(servers);
    await signIn('WebSocket');
    await is('connected');
    expect([servers.im.users(), servers.rongCloud.users()]).toEqual([['alice'], []]);
    expect(await page.locator('.who').textContent()).toBe('alice over WebSocket');
    expect(scripts).not.toContain('/rongcloud.js');
    expect(problems).toEqual([]);
    await signOut();

    await signIn('RongCloud');
    await is('connected');
    expect([servers.im.users(), servers.rongCloud.users()]).toEqual([[], ['alice']]);
    expect(await page.locator('.who').textContent()).toBe('alice over RongCloud');
    expect(scripts).toContain('/rongcloud.js');
    await signOut();

    await signIn('WebSocket', 'bob');
    await is('connected');
    expect([servers.im.users(), servers.rongCloud.users()]).toEqual([['bob'], []]);
    // Nothing is wrong but the call to the vendor's own host, which the page's policy forbids.
    expect(problems.filter((problem) => !/rong-edge\.com.*Content Security Policy/.test(problem))).toEqual([]);
    expect(problems).not.toEqual([]);
  });

  it('goes through every state with RongCloud, and on after a reload', async () => {
    const servers = await usePage();
    const { page, signIn, is } = await visit(servers);
    await signIn('RongCloud');
    await is('connected');
    await page.getByPlaceholder('Write a message').fill('Good morning!');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.locator('.mine[data-state=acknowledged]', { hasText: 'Good morning!' }).waitFor();

    servers.faults.apply({ do: 'imServer', mode: 'refuse' });
    servers.faults.apply({ do: 'dropLinks' });
    await is('recovering');
    servers.faults.apply({ do: 'reset' });
    await is('connected');

    servers.faults.apply({ do: 'imServer', mode: 'hang' });
    await page.getByRole('button', { name: 'Disconnect' }).click();
    await is('idle');
    await page.locator('#connect').click();
    await is('prompting');
    servers.faults.apply({ do: 'reset' });
    await page.getByRole('button', { name: 'Try again' }).click();
    await is('connected');

    const opening = page.context().waitForEvent('page');
    await page.getByRole('button', { name: 'Open one' }).click();
    const second = await opening;
    // The second tab has made the same choice.
    await second.getByRole('button', { name: 'Sign in as alice' }).click();
    await is('kicked');
    await page.locator('#banner-connect').click();
    await is('connected');
    await second.locator('#status', { hasText: /^kicked$/ }).waitFor();

    servers.faults.apply({ do: 'block', user: 'alice', blocked: true });
    await is('failed');
    servers.faults.apply({ do: 'block', user: 'alice', blocked: false });
    await page.locator('#banner-connect').click();
    await is('connected');
    await page.reload();
    await is('connected');
    expect(await page.locator('.who').textContent()).toBe('alice over RongCloud');
    expect(servers.rongCloud.users()).toEqual(['alice']);
  });

  it('leaves no token behind: the SDK keeps it in localStorage, and it is gone with the sign-out', async () => {
    const servers = await usePage();
    const { page, signIn, signOut, is } = await visit(servers);
    const storage = () => page.evaluate(() => JSON.stringify([localStorage, sessionStorage]));
    await signIn('WebSocket');
    await is('connected');
    expect(await storage()).not.toContain('eyJ');
    await signOut();
    await signIn('RongCloud');
    await is('connected');
    // the SDK's doing: it is what there is to clear away
    expect(await storage()).toMatch(/navi_.*eyJ/);
    await signOut();
    // the page does not wait for the SDK to be quiet
    await expect.poll(storage).not.toContain('eyJ');
  });
});
