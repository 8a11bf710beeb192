import { request, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { bufferSink, inspectConnection, webSocketSink } from 'connection-machine/inspect';
import { startInspector, type Inspector, type InspectorOptions } from 'connection-machine/inspect/server';
import { createWorld } from '../support/world.ts';

const files = { '/': { type: 'text/html', body: '<!doctype html>' }, '/page.js': { type: 'text/javascript', body: 'start()' } };
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function start(options: InspectorOptions = {}): Promise<Inspector> {
  const inspector = await startInspector({ port: 0, files, ...options });
  ends.push(() => inspector.close());
  return inspector;
}

/** A socket to the server, with whatever a caller may say of itself; what it hears, and how it was received. */
async function call({ port, key }: Inspector, side: string, options: { key?: string; origin?: string; host?: string } = {}) {
  const origin = options.origin ?? (side === 'viewer' ? `http://127.0.0.1:${port}` : undefined);
  const socket = new WebSocket(`ws://127.0.0.1:${port}/${side}?key=${encodeURIComponent(options.key ?? key)}`, {
    ...(origin !== undefined && { origin }),
    headers: { ...(options.host && { host: options.host }) },
  });
  ends.push(() => socket.terminate());
  const heard: { type: string; connection?: string }[] = [];
  socket.on('message', (data) => void heard.push(JSON.parse(String(data)) as never));
  socket.on('error', () => undefined);
  const received = await new Promise<number>((resolve) => {
    socket.once('open', () => resolve(101));
    socket.once('unexpected-response', (_, { statusCode = 0 }) => resolve(statusCode));
  });
  return {
    socket,
    heard,
    received,
    say: (message: unknown) => socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
  };
}

async function ask({ port }: Inspector, path: string, { method = 'GET', host = `127.0.0.1:${port}` } = {}) {
  return new Promise<{ status: number; headers: IncomingHttpHeaders; text: string }>((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, method, headers: { host } }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
    });
    asked.on('error', reject).end();
  });
}

const soon = { timeout: 20_000 };
const hello = { version: 1, type: 'hello' };
const actor = (connection: string) => ({ version: 1, type: 'actor', connection });

describe('what the server hands out', () => {
  test('its files, with headers that let in nothing from elsewhere; nothing else, in no other way', async () => {
    const inspector = await start();
    for (const path of ['/', '/page.js', '/?x=1']) {
      const { status, headers } = await ask(inspector, path);
      expect(status).toBe(200);
      expect(headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self';.*frame-ancestors 'none'/);
      expect(headers['content-security-policy']).not.toMatch(/unsafe|\*/);
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        'cross-origin-resource-policy': 'same-origin',
      });
    }
    for (const path of ['/nothing', '/../package.json', '/%2e%2e/package.json', '/toString', '//', '/page.js/'])
      expect((await ask(inspector, path)).status).toBe(404);
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) expect((await ask(inspector, '/', { method })).status).toBe(405);
  });

  test('only to callers who know it by a name of this machine (DNS rebinding)', async () => {
    const inspector = await start();
    for (const host of ['evil.example', `evil.example:${inspector.port}`, '127.0.0.1', `127.0.0.1:${inspector.port + 1}`])
      expect((await ask(inspector, '/', { host })).status).toBe(403);
    expect((await ask(inspector, '/', { host: `localhost:${inspector.port}` })).status).toBe(200);
  });

  test('and never the key', async () => {
    const inspector = await start();
    const answers = await Promise.all(
      ['/', '/page.js', '/nothing', '/app', `/viewer?key=${inspector.key}`].map((path) => ask(inspector, path)),
    );
    expect(JSON.stringify(answers)).not.toContain(inspector.key);
    expect(inspector.key).toMatch(/^[\w-]{43}$/);
    expect(inspector.url).toBe(`http://127.0.0.1:${inspector.port}/#key=${inspector.key}`);
  });

  test('it listens on 127.0.0.1 only', async () => {
    const inspector = await start();
    const reached = await new Promise((resolve) => {
      const socket = connect(inspector.port, '::1', () => resolve('reached')).on('error', () => resolve('refused'));
      ends.push(() => socket.destroy());
    });
    expect(reached).toBe('refused');
  });

  test('a port that is taken is named', async () => {
    const { port } = await start();
    await expect(startInspector({ port, files })).rejects.toThrow(`port ${port} is taken: choose another with --port, or --port 0 for any`);
  });
});

describe('who may come in', () => {
  const cases: [title: string, side: string, who: Parameters<typeof call>[2], received: number][] = [
    ['an app without an origin: Node, React Native', 'app', {}, 101],
    ['an app of this machine', 'app', { origin: 'http://localhost:3000' }, 101],
    ['an app of this machine, by number', 'app', { origin: 'https://127.0.0.1:8443' }, 101],
    ['an app of this machine, by IPv6', 'app', { origin: 'http://[::1]:5173' }, 101],
    ['an app that was named', 'app', { origin: 'https://staging.example.com' }, 101],
    ['a foreign page', 'app', { origin: 'https://evil.example' }, 403],
    ['a foreign page that looks like ours', 'app', { origin: 'http://localhost.evil.example' }, 403],
    ['a page without an origin of its own', 'app', { origin: 'null' }, 403],
    ['an app with another key', 'app', { key: 'A'.repeat(43) }, 401],
    ['an app without a key', 'app', { key: '' }, 401],
    ['an app that reached it by a foreign name', 'app', { host: 'evil.example' }, 403],
    ['the viewer', 'viewer', {}, 101],
    ['a viewer that is another page of this machine', 'viewer', { origin: 'http://localhost:3000' }, 403],
    ['a viewer that is no page', 'viewer', { origin: '' }, 403],
    ['a viewer with another key', 'viewer', { key: 'wrong' }, 401],
    ['anybody anywhere else', 'elsewhere', {}, 404],
  ];
  test.each(cases)('%s', async (_, side, who, received) => {
    const inspector = await start({ allowOrigins: ['https://staging.example.com'] });
    expect((await call(inspector, side, who)).received).toBe(received);
  });

  test('not too many at once', async () => {
    const inspector = await start();
    for (let viewers = 0; viewers < 10; viewers += 1) expect((await call(inspector, 'viewer')).received).toBe(101);
    expect((await call(inspector, 'viewer')).received).toBe(503);
  });
});

describe('what is passed on', () => {
  test('what apps tell goes to all viewers, what viewers ask goes to all apps, and nothing back', async () => {
    const inspector = await start();
    const [one, other, app, second] = [
      await call(inspector, 'viewer'),
      await call(inspector, 'viewer'),
      await call(inspector, 'app'),
      await call(inspector, 'app'),
    ];
    app.say(actor('a'));
    await expect.poll(() => [one.heard, other.heard], soon).toEqual([[actor('a')], [actor('a')]]);
    one.say(hello);
    one.say({ version: 1, type: 'send', connection: 'a', event: { type: 'user.retry' } });
    await expect
      .poll(() => [app.heard.map(({ type }) => type), second.heard.map(({ type }) => type)], soon)
      .toEqual([
        ['hello', 'send'],
        ['hello', 'send'],
      ]);
    expect(other.heard).toHaveLength(1);
  });

  test('only messages of this protocol, and only those that its side may say', async () => {
    const inspector = await start();
    const [viewer, app] = [await call(inspector, 'viewer'), await call(inspector, 'app')];
    for (const noise of [
      '',
      'hello',
      '[]',
      'null',
      '{"version":1',
      { type: 'actor', connection: 'a' },
      { version: 2, type: 'actor', connection: 'a' },
      { version: 1, type: 'hello' },
      { version: 1, type: 'send', connection: 'a' },
      { version: 1, type: 'actor' },
      { version: 1, type: 'actor', connection: 'x'.repeat(101) },
      { version: 1, type: 'toString', connection: 'a' },
    ])
      app.say(noise);
    app.socket.send(Buffer.from(JSON.stringify(actor('binary'))));
    app.say(actor('last'));
    await expect.poll(() => viewer.heard, soon).toEqual([actor('last')]);
    for (const noise of [actor('a'), { version: 1, type: 'step', connection: 'a' }, 'x', { version: 1, type: 'end', connection: 'a' }])
      viewer.say(noise);
    viewer.say(hello);
    await expect.poll(() => app.heard, soon).toEqual([hello]);
  });

  test('an app that goes away has ended, for every viewer, with all its connections', async () => {
    const inspector = await start();
    const [viewer, app] = [await call(inspector, 'viewer'), await call(inspector, 'app')];
    app.say(actor('a'));
    app.say(actor('b'));
    app.say({ version: 1, type: 'end', connection: 'b', at: 1 });
    await expect.poll(() => viewer.heard.length, soon).toBe(3);
    app.socket.terminate();
    await expect.poll(() => viewer.heard.slice(3), soon).toMatchObject([{ type: 'end', connection: 'a' }]);
  });

  test('frames that are too large close the socket that sent them, and no other', async () => {
    const inspector = await start();
    const [viewer, loud, app] = [await call(inspector, 'viewer'), await call(inspector, 'app'), await call(inspector, 'app')];
    const closed = new Promise((resolve) => loud.socket.once('close', resolve));
    loud.say({ ...actor('a'), name: 'x'.repeat(1_000_001) });
    await closed;
    app.say(actor('b'));
    await expect.poll(() => viewer.heard, soon).toEqual([actor('b')]);
    const greedy = new Promise((resolve) => viewer.socket.once('close', resolve));
    viewer.say({ ...hello, more: 'x'.repeat(16_001) });
    await greedy;
  });

  test('close() ends everything', async () => {
    const inspector = await startInspector({ port: 0, files });
    const { socket } = await call(inspector, 'app');
    const closed = new Promise((resolve) => socket.once('close', resolve));
    await inspector.close();
    await closed;
    await expect(ask(inspector, '/')).rejects.toThrow();
  });
});

describe('a connection, its socket, the server, and a viewer', () => {
  test('two lines, and it is seen, as in the app itself; what the viewer sends arrives where it is allowed', async () => {
    const inspector = await start();
    const viewer = await call(inspector, 'viewer');
    const world = createWorld();
    const buffer = bufferSink();
    const stop = inspectConnection(world.connection, [webSocketSink(inspector.appUrl, { WebSocket }), buffer], { allowEvents: true });
    ends.push(stop);
    await expect.poll(() => viewer.heard.map(({ type }) => type), soon).toEqual(['actor']);
    await world.connected();
    await expect.poll(() => viewer.heard, soon).toEqual(JSON.parse(JSON.stringify(buffer.messages)));
    viewer.say({ version: 1, type: 'send', connection: viewer.heard[0]!.connection, event: { type: 'user.disconnect' } });
    await expect.poll(() => world.status, soon).toBe('idle');
    stop();
    await expect.poll(() => viewer.heard.at(-1)?.type, soon).toBe('end');
  });
});
