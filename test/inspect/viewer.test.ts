import { createActor, createMachine } from 'xstate';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { createConnection, type ConnectionOptions } from 'connection-machine';
import { createRecorder } from 'connection-machine/inspect';
import { fakeTransport, manualSignals } from 'connection-machine/testing';
import { useChromium } from '../support/chromium.ts';
import { statuses, worldIn } from '../support/worldIn.ts';
import { openInspector, type OpenInspector } from './support/inspectorInChromium.ts';

// The viewer as `npx connection-machine inspect` serves it, in a real browser, fed over real sockets by connections in this process.

const chromium = useChromium();
const opened: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close();
});

const secret = 'S3CR3T-token';
const { SCREENSHOTS: folder = 'reports/screenshots' } = process.env;

/** Writes what is seen to a folder, for people to look at: the one that SCREENSHOTS names. */
async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const { width = 0 } = page.viewportSize() ?? {};
  const isDark = await page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches");
  await page.screenshot({ path: join(folder, `viewer-${name}-${width}-${isDark ? 'dark' : 'light'}.png`) });
}

async function open(options?: BrowserContextOptions): Promise<OpenInspector> {
  const inspector = await openInspector(chromium(), options);
  opened.push(inspector);
  return inspector;
}

function app(options: Partial<ConnectionOptions> = {}) {
  const transport = fakeTransport();
  const signals = manualSignals();
  let tokens = 0;
  const connection = createConnection({ transport, fetchToken: async () => `${secret}-${++tokens}`, signals, ...options });
  opened.push({ close: () => connection.disconnect() });
  return { connection, transport, signals };
}

const soon = { timeout: 20_000 };
const status = (page: Page, name: string) => page.locator('.status', { hasText: new RegExp(`^${name}$`) }).waitFor();
const here = (page: Page) => page.locator('.chart .is-here').evaluateAll((found) => found.map((one) => one.getAttribute('data-id')));
const rows = (page: Page) => page.locator('.timeline .line');
const taken = async (page: Page) =>
  new Set(
    await page
      .locator('.chart path.is-taken, .chart text.row.is-taken')
      .evaluateAll((found) => found.map((one) => `${one.getAttribute('data-source')} ${one.getAttribute('data-target')}`)),
  );

describe('the chart', { timeout: 180_000 }, () => {
  test('shows each state as active when it is, whatever way led there', async () => {
    const { page, inspect, problems } = await open();
    for (const name of statuses) {
      const world = await worldIn(name);
      const stop = inspect(world.connection, { name });
      await page.getByRole('tab', { name: new RegExp(`^${name} `) }).click();
      await status(page, name);
      const { _nodes: nodes } = world.connection.actor.getSnapshot();
      const rests = nodes.filter(({ type }) => type === 'atomic').map(({ path }) => path.join('.'));
      await expect.poll(() => here(page), soon).toEqual(expect.arrayContaining(rests));
      expect((await here(page)).length).toBe(rests.length);
      await picture(page, `status-${name}`);
      stop();
    }
    expect(problems).toEqual([]);
  });

  test('shows every arrow that a refused token takes: to the verdict, to the renewal, to the next token', async () => {
    const { page, inspect } = await open();
    const never = new Promise<never>(() => undefined);
    let asked = 0;
    const { connection, transport } = app({ fetchToken: () => (++asked === 1 ? Promise.resolve(secret) : never) });
    inspect(connection, { name: 'alice' });
    connection.connect();
    await status(page, 'connecting');
    transport.last.fail({ kind: 'tokenIncorrect', code: 31004 });
    await status(page, 'fetchingToken');
    await expect
      .poll(() => taken(page), soon)
      .toEqual(
        new Set([
          'session.link session.judging',
          'session.judging session.renewing',
          'session.renewing session.starting',
          'session.starting session.fetchingToken',
        ]),
      );
    expect(await page.locator('.chart text.is-taken').allTextContents()).toEqual(
      expect.arrayContaining(['link.failed', '[isTokenRefused]', '[mayRenewToken]']),
    );
    // and says in words what happens after a token is refused
    const last = page.locator('.timeline li').last();
    await expect.poll(() => last.textContent(), soon).toMatch(/link\.failed.*tokenIncorrect 31004.*→ fetchingToken.*the token is dropped/);
    await picture(page, 'token-refused');
  });

  test('tells what a state is for when it is clicked, and closes with Escape', async () => {
    const { page, inspect } = await open();
    const { connection } = app();
    inspect(connection);
    await status(page, 'idle');
    await page.locator('.chart .title', { hasText: /^idle$/ }).click();
    const card = page.getByRole('complementary', { name: 'The state session.idle' });
    await expect.poll(() => card.textContent(), soon).toMatch(/Nothing is tried, nobody is listened to.*user\.connect/);
    await picture(page, 'state-card');
    await page.locator('.canvas').focus();
    await page.keyboard.press('Escape');
    await expect.poll(() => card.count(), soon).toBe(0);
  });
});

describe('time', { timeout: 180_000 }, () => {
  test('travels: a click or a key shows the chart as it was, Escape comes back to now', async () => {
    const { page, inspect } = await open();
    const { connection, transport } = app();
    inspect(connection, { name: 'alice' });
    connection.connect();
    await status(page, 'connecting');
    transport.last.succeed('alice');
    await status(page, 'connected');
    await expect.poll(() => rows(page).count(), soon).toBe(3);
    await rows(page).nth(0).click();
    await status(page, 'fetchingToken');
    expect(await here(page)).toContain('session.fetchingToken');
    expect(await page.locator('.details').textContent()).toMatch(
      /session\.idle → session\.starting.*Remembered.*promptAt.*Timers.*timeLimit/,
    );
    await picture(page, 'time-travel');
    // what happens now is told all the same, and does not move the past
    transport.last.fail({ kind: 'network', code: 1006 });
    await expect.poll(() => rows(page).count(), soon).toBe(4);
    await status(page, 'fetchingToken');
    await page.keyboard.press('ArrowRight');
    await status(page, 'connecting');
    await page.keyboard.press('End');
    await status(page, 'waiting');
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('button', { name: 'Live' }).getAttribute('aria-pressed'), soon).toBe('true');
    await connection.disconnect();
    await status(page, 'idle');
  });

  test('is counted down by the timers that run', async () => {
    const { page, inspect } = await open();
    const { connection, transport } = app();
    inspect(connection);
    connection.connect({ userWaiting: false });
    await status(page, 'connecting');
    transport.last.fail({ kind: 'server', code: 503, retryAfter: 600_000 });
    await status(page, 'waiting');
    const timer = page.locator('.timers li', { hasText: 'untilRetry' });
    await expect.poll(() => timer.textContent(), soon).toMatch(/until the next attempt(10(\.\d)? min|9\.\d min)/);
    const left = () => timer.locator('progress').evaluate((bar) => (bar as HTMLProgressElement).value);
    const first = await left();
    await expect.poll(left, soon).toBeLessThan(first);
    await picture(page, 'waiting');
  });
});

describe('the timeline', { timeout: 180_000 }, () => {
  test('is searched for events, states, codes and reasons', async () => {
    const { page, inspect } = await open();
    const { connection, transport } = app();
    inspect(connection);
    connection.connect();
    await status(page, 'connecting');
    transport.last.fail({ kind: 'tokenIncorrect', code: 31004 });
    await expect.poll(() => rows(page).count(), soon).toBe(4);
    await page.keyboard.press('/');
    for (const [query, count] of [
      ['31004', 1],
      ['fetchToken', 2],
      ['dropped stored', 1],
      ['judging', 1],
      ['unicorn', 0],
    ] as const) {
      await page.keyboard.press('ControlOrMeta+a');
      await page.keyboard.type(query);
      await expect.poll(() => rows(page).count(), soon).toBe(count);
    }
    await expect.poll(() => page.locator('.empty-list').first().textContent(), soon).toContain('unicorn');
    await page.keyboard.press('Escape');
    await expect.poll(() => rows(page).count(), soon).toBe(4);
  });
});

describe('what can happen', { timeout: 180_000 }, () => {
  test('is sent only when the app has opted in', async () => {
    const { page, inspect } = await open();
    const [shy, bold] = [app(), app()];
    inspect(shy.connection, { name: 'shy' });
    inspect(bold.connection, { name: 'bold', allowEvents: true });
    await page.getByRole('tab', { name: 'What can happen' }).click();
    await page.getByRole('tab', { name: /^shy/ }).click();
    await expect.poll(() => page.locator('.next-pane').textContent(), soon).toContain('{ allowEvents: true }');
    expect(await page.getByRole('button', { name: /^Send/ }).count()).toBe(0);

    await page.getByRole('tab', { name: /^bold/ }).click();
    await page.getByRole('button', { name: 'Send user.connect' }).click();
    await status(page, 'connecting');
    expect(bold.connection.getSnapshot().status).toBe('connecting');
    await page.locator('.possibility', { hasText: 'link.failed' }).locator('select').selectOption('kicked');
    await page.locator('.possibility', { hasText: 'link.failed' }).locator('input').fill('31010');
    await picture(page, 'what-can-happen');
    await page.getByRole('button', { name: 'Send link.failed' }).click();
    await status(page, 'kicked');
    expect(bold.connection.getSnapshot().failure).toMatchObject({ kind: 'kicked', code: 31010 });
    expect(shy.connection.getSnapshot().status).toBe('idle');
    // nothing is sent into the past
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => page.getByRole('button', { name: /^Send/ }).count(), soon).toBe(0);
  });
});

describe('connections', { timeout: 180_000 }, () => {
  test('stand side by side, say when they have ended, and can be put away', async () => {
    const { page, inspect } = await open();
    const [alice, bob] = [app(), app()];
    const stop = inspect(alice.connection, { name: 'alice' });
    inspect(bob.connection, { name: 'bob' });
    const tab = (name: string) => page.getByRole('tab', { name: new RegExp(`^${name}`) });
    await tab('alice').waitFor();
    await tab('bob').waitFor();
    await tab('alice').click();
    bob.connection.connect();
    await expect.poll(() => tab('bob').textContent(), soon).toMatch(/connecting2$/);
    await tab('bob').click();
    await status(page, 'connecting');
    stop();
    await expect.poll(() => tab('alice').textContent(), soon).toContain('ended');
    await page.getByRole('button', { name: 'Put alice away' }).click();
    await expect.poll(() => tab('alice').count(), soon).toBe(0);
  });

  test('a viewer that is opened later, or again, is told what has happened', async () => {
    const { page, inspect, inspector } = await open();
    const { connection } = app();
    inspect(connection, { name: 'alice' });
    connection.connect();
    await status(page, 'connecting');
    const second = await page.context().newPage();
    await second.goto(inspector.url);
    await status(second, 'connecting');
    await expect.poll(() => rows(second).count(), soon).toBe(2);
    // the first one has not heard everything twice
    expect(await rows(page).count()).toBe(2);
    await page.reload();
    await status(page, 'connecting');
    expect(await rows(page).count()).toBe(2);
  });
});

describe('reports', { timeout: 180_000 }, () => {
  async function report() {
    const { connection, transport } = app({ recorder: createRecorder() });
    connection.connect();
    await expect.poll(() => connection.getSnapshot().status, soon).toBe('connecting');
    transport.last.fail({ kind: 'tokenIncorrect', code: 31004 });
    await expect.poll(() => transport.links.length, soon).toBe(2);
    transport.last.succeed('alice');
    transport.last.fail({ kind: 'kicked', code: 31010 });
    return JSON.stringify(connection.report());
  }
  const load = async (page: Page, name: string, text: string) =>
    page.locator('input[type=file]').setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) });

  test('are opened from a file, stepped forwards and backwards, and never tick or send', async () => {
    const { page, problems } = await open();
    await load(page, 'bug-4711.json', await report());
    await page.getByRole('tab', { name: /bug-4711\.json/ }).waitFor();
    await status(page, 'fetchingToken');
    const [forth, back] = [page.getByRole('button', { name: 'A step forwards' }), page.getByRole('button', { name: 'A step back' })];
    for (const [index, name] of ['connecting', 'fetchingToken', 'connecting', 'connected', 'kicked'].entries()) {
      await forth.click();
      await page.locator('.where-in-time', { hasText: `${index + 2} of 6` }).waitFor();
      await status(page, name);
    }
    expect(await forth.isDisabled()).toBe(true);
    await picture(page, 'report');
    for (let steps = 0; steps < 6; steps += 1) await back.click();
    await status(page, 'idle');
    expect(await back.isDisabled()).toBe(true);
    await forth.click();
    const left = await page.locator('.timers li .left').first().textContent();
    await page.waitForTimeout(350);
    expect(await page.locator('.timers li .left').first().textContent()).toBe(left);
    await page.getByRole('tab', { name: 'What can happen' }).click();
    expect(await page.getByRole('button', { name: /^Send/ }).count()).toBe(0);
    expect(problems).toEqual([]);
  });

  test('that are none say what is wrong with them', async () => {
    const { page } = await open();
    await load(page, 'holiday.json', '{"photos":[]}');
    await expect.poll(() => page.getByRole('alert').textContent(), soon).toMatch(/holiday\.json cannot be shown: this is not a report/);
    await load(page, 'old.json', '{"format":"connection-machine.report","version":9}');
    await expect.poll(() => page.getByRole('alert').textContent(), soon).toContain('version 1 is known here');
  });
});

describe('machines that are not ours', { timeout: 180_000 }, () => {
  const door = createMachine({
    id: 'door',
    initial: 'closed',
    states: {
      closed: { on: { open: 'ajar' }, description: 'Nobody gets through.' },
      ajar: {
        initial: 'still',
        states: { still: { on: { push: 'moving' } }, moving: { after: { 3_600_000: 'still' } } },
        on: { close: 'closed' },
      },
    },
  });

  test('are laid out with the elkjs of the project', async () => {
    const { page, inspect, problems } = await open();
    const actor = createActor(door).start();
    opened.push({ close: () => actor.stop() });
    inspect(actor, { name: 'the door' });
    await page.locator('svg.chart').waitFor();
    actor.send({ type: 'open' });
    await expect.poll(() => here(page), soon).toEqual(['ajar.still']);
    expect(await taken(page)).toEqual(new Set(['closed ajar']));
    actor.send({ type: 'push' });
    await expect.poll(() => page.locator('.timers').textContent(), soon).toContain('3600000');
    await picture(page, 'foreign-machine');
    expect(problems).toEqual([]);
  });

  test('are shown as boxes in boxes where there is no elkjs', async () => {
    const { page, inspect } = await open();
    await page.route('**/elk.js', (route) => route.fulfill({ status: 404 }));
    const actor = createActor(door).start();
    opened.push({ close: () => actor.stop() });
    inspect(actor);
    actor.send({ type: 'open' });
    await expect.poll(() => page.locator('.box.is-here').allTextContents(), soon).toEqual(['still']);
    expect(await page.locator('.chart-note').textContent()).toContain('npm i -D elkjs');
    await picture(page, 'foreign-machine-as-boxes');
  });
});

describe('strangers', { timeout: 180_000 }, () => {
  test('whatever comes over the channel, the viewer stands, and text stays text', async () => {
    const { page, inspector, problems, inspect } = await open();
    const attack = `<img src=x onerror="document.title='owned'">`;
    const { connection } = app();
    inspect(connection, { name: attack });
    await expect.poll(() => page.locator('.tab-name').allTextContents(), soon).toEqual([attack]);
    connection.connect();
    await status(page, 'connecting');
    const socket = new WebSocket(inspector.appUrl);
    await new Promise((resolve) => socket.once('open', resolve));
    opened.push({ close: () => socket.terminate() });
    const chart = {
      id: attack,
      description: attack,
      type: 'compound',
      states: [
        {
          path: attack,
          key: attack,
          id: attack,
          type: 'atomic',
          description: attack,
          isCrossroad: false,
          isInitial: true,
          invokes: [],
          states: [],
          arrows: [{ from: attack, to: attack, event: attack, guard: attack, actions: [attack], description: attack }],
        },
      ],
    };
    const state = { active: [attack], memory: {}, timers: [] };
    const base = { version: 1, connection: 'evil', at: 1 };
    for (const message of [
      null,
      { version: 1, type: 'actor' },
      { ...base, type: 'actor', name: 'broken', chart: {}, policy: {}, state, now: 1, allowEvents: true },
      { ...base, type: 'step', seq: 1, event: { type: attack }, transitions: [], emitted: [], state },
      { ...base, type: 'actor', name: 'evil', chart, policy: { timeLimit: 1e308 }, state, now: 1, allowEvents: true },
      {
        ...base,
        type: 'step',
        seq: 5,
        event: { type: attack, userId: attack },
        transitions: [{ from: attack, to: attack, event: attack, guard: attack, actions: [], why: attack }],
        emitted: [{ type: attack }],
        state,
      },
      { ...base, type: 'step', seq: 6, at: 'late', event: { type: 'x' }, transitions: [], emitted: [], state },
    ]) {
      socket.send(JSON.stringify(message));
    }
    await page.getByRole('tab', { name: /^evil/ }).click();
    await expect.poll(() => rows(page).count(), soon).toBe(1);
    await page.locator('svg.chart').waitFor();
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.title()).not.toBe('owned');
    socket.send(JSON.stringify({ version: 1, type: 'end', connection: 'evil', at: 2 }));
    await expect.poll(() => page.getByRole('tab', { name: /^evil/ }).textContent(), soon).toContain('ended');
    expect(problems).toEqual([]);
  });
});

describe('widths and themes', { timeout: 180_000 }, () => {
  for (const width of [1280, 390]) {
    for (const colorScheme of ['light', 'dark'] as const) {
      test(`${width} px, ${colorScheme}: nothing overflows, everything is reached by keyboard, letters can be read`, async () => {
        const { page, inspect, problems } = await open({ viewport: { width, height: 800 }, colorScheme });
        await page.getByText('Waiting for a connection').waitFor();
        await picture(page, 'empty');
        const { connection, transport } = app();
        inspect(connection, { name: 'alice', allowEvents: true });
        connection.connect();
        await status(page, 'connecting');
        transport.last.fail({ kind: 'tokenIncorrect', code: 31004, message: 'a-word-without-any-space-'.repeat(8) });
        await expect.poll(() => rows(page).count(), soon).toBe(4);
        await rows(page).nth(2).click();
        for (const tab of [...(width < 820 ? ['Chart'] : []), 'Timeline', 'What can happen', 'Policy']) {
          await page.getByRole('tab', { name: tab, exact: true }).click();
          await page.waitForTimeout(50);
          await picture(page, `tab-${tab.toLowerCase().replaceAll(' ', '-')}`);
          expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
          expect(await faintTexts(page), `too faint to read in ${tab}`).toEqual([]);
        }
        const met = new Set<string>();
        for (let steps = 0; steps < 60; steps += 1) {
          await page.keyboard.press('Tab');
          met.add(
            String(
              await page.evaluate(
                "document.body.shadowRoot.activeElement?.getAttribute('aria-label') ?? document.body.shadowRoot.activeElement?.textContent ?? ''",
              ),
            ),
          );
        }
        for (const name of ['Search the timeline: events, states, codes, reasons', 'Open report', 'A step back', 'Step', 'Policy']) {
          expect([...met], 'by the Tab key').toContain(name);
        }
        expect(problems).toEqual([]);
      });
    }
  }
});

/** Visible texts of the page (not of the drawing, whose colours are the docs' own) with a contrast of less than 4.5 to their ground. */
async function faintTexts(page: Page): Promise<unknown> {
  return page.evaluate(`(() => {
    const root = document.body.shadowRoot;
    const luminance = (rgb) => rgb.map((part) => part / 255).map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)).reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
    const colour = (text) => (text.match(/[\\d.]+/g) ?? []).map(Number);
    const ground = (element) => {
      for (let one = element; one; one = one.parentElement) {
        const [r, g, b, a = 1] = colour(getComputedStyle(one).backgroundColor);
        if (a > 0.99) return [r, g, b];
      }
      return colour(getComputedStyle(root.querySelector('.shell')).backgroundColor).slice(0, 3);
    };
    const faint = [];
    for (const element of root.querySelectorAll('.shell *')) {
      const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== '');
      if (!own || element.closest('svg') || element.closest(':disabled') || element.offsetParent === null) continue;
      const [one, other] = [luminance(colour(getComputedStyle(element).color).slice(0, 3)), luminance(ground(element))].sort((a, b) => b - a);
      const contrast = (one + 0.05) / (other + 0.05);
      if (contrast < 4.5) faint.push(element.className + ' "' + element.textContent.slice(0, 30) + '" ' + contrast.toFixed(2));
    }
    return [...new Set(faint)];
  })()`);
}

describe('the token', { timeout: 180_000 }, () => {
  test('is nowhere: not in the DOM, not in storage, not in the console, in no frame of a socket; the key is in no address and no storage but the tab’s', async () => {
    const { page, inspect, inspector, problems } = await open();
    const frames: string[] = [];
    page.on('websocket', (socket) => {
      socket.on('framereceived', ({ payload }) => void frames.push(String(payload)));
      socket.on('framesent', ({ payload }) => void frames.push(String(payload)));
    });
    await page.reload();
    const { connection, transport, signals } = app({ recorder: createRecorder() });
    inspect(connection, { name: 'alice', allowEvents: true });
    connection.connect();
    await status(page, 'connecting');
    for (const kind of ['tokenIncorrect', 'tokenExpired', 'server'] as const) {
      await expect.poll(() => connection.getSnapshot().status, soon).toBe('connecting');
      transport.last.fail({ kind, code: `${secret}-1`, message: `wss://im.example/?token=${secret}-1` });
      if (kind === 'server') break;
    }
    connection.setToken(`${secret}-pushed`);
    signals.network(false);
    await status(page, 'offline');
    for (const tab of ['What can happen', 'Policy', 'Timeline']) await page.getByRole('tab', { name: tab }).click();
    for (let row = 0; row < (await rows(page).count()); row += 1) await rows(page).nth(row).click();
    const seen = await page.evaluate(
      '[document.documentElement.outerHTML, document.body.shadowRoot.innerHTML, JSON.stringify(localStorage), document.cookie, location.href].join()',
    );
    const kept = await page.evaluate('JSON.stringify(sessionStorage)');
    expect(frames.length).toBeGreaterThan(5);
    expect([seen, kept, ...frames, ...problems].filter((one) => String(one).includes('S3CR3T'))).toEqual([]);
    expect(String(seen)).toContain('[secret]');
    expect(String(await page.evaluate('location.href'))).not.toContain(inspector.key);
    expect(String(kept)).toContain(inspector.key);
  });
});
