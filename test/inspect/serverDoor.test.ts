import { Server, connect } from 'node:net';
import { describe, expect, test, vi } from 'vitest';
import { startInspector, viewerFiles } from 'connection-machine/inspect/server';
import { viewerPage } from '../../src/inspect/server/viewerFiles.ts';
import { rawRequest } from '../examples/support/rawRequest.ts';
import { atEnd, openPeer, refusal, smallPage, turn, useInspector } from './support/serverWorld.ts';

const otherKey = 'A'.repeat(43);

/** Sends bytes as they are, and resolves with what comes back until the server ends it. */
function sendRaw(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect({ port, host: '127.0.0.1' }, () => void socket.write(text));
    atEnd(() => socket.destroy());
    socket.on('data', (chunk) => (answer += String(chunk)));
    socket.on('end', () => resolve(answer)).on('error', reject);
  });
}

describe('the page', () => {
  test('is served with what it may do: run its own script, talk to its own server, be in no frame', async () => {
    const { origin, port } = await useInspector();
    const page = await rawRequest(`${origin}/`);
    expect(page).toMatchObject({ status: 200, text: smallPage['/']!.body });
    expect(page.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(String(page.headers['content-security-policy']).split('; ')).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      'img-src data:',
      `connect-src 'self' ws://127.0.0.1:${port} ws://localhost:${port}`,
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
      'trusted-types connection-machine',
    ]);
    expect(await rawRequest(`${origin}/page.js?x=1`)).toMatchObject({ status: 200, text: '"use strict";' });
  });

  test.each(['/nothing', '/app', '/viewer', '/__proto__', '/constructor', '/../package.json', '/page.js/', '//', '/%2e%2e/'])(
    'has no other path: %s',
    async (path) => {
      const { port } = await useInspector();
      const answer = await sendRaw(port, `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`);
      expect(answer).toMatch(/^HTTP\/1\.1 404 /);
      expect(answer).toContain("default-src 'none'");
    },
  );

  test.each(['HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS'])('is read, and nothing else: %s', async (method) => {
    const { origin } = await useInspector();
    const { status, headers } = await rawRequest(`${origin}/`, { method });
    expect(status).toBe(405);
    expect(headers['access-control-allow-origin']).toBeUndefined();
    expect(headers['content-security-policy']).toContain("default-src 'none'");
  });

  test('is only for who asks for this machine by its name: no foreign name leads here', async () => {
    const { origin, port } = await useInspector();
    const ask = async (host: string) => (await rawRequest(`${origin}/`, { headers: { host } })).status;
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`]) expect(await ask(host), host).toBe(200);
    for (const host of ['evil.example', `evil.example:${port}`, `127.0.0.1.evil.example:${port}`, 'localhost', `localhost:${port + 1}`])
      expect(await ask(host), host).toBe(403);
  });

  test("as it is built: no inline code, and elkjs from the developer's project", async () => {
    const files = await viewerPage('"page";');
    expect(Object.keys(files)).toEqual(['/', '/page.css', '/page.js', '/elk.js']);
    expect(files['/']!.body).toContain('<script type="module" src="/page.js"></script>');
    expect(files['/']!.body).not.toMatch(/<script(?![^>]*src=)|<style|style=|onload=/);
    expect(files['/elk.js']!.body).toContain('ELK');
  });

  test('that was not built is said to be so', async () => {
    await expect(viewerFiles()).rejects.toThrow("the viewer's page is not there");
  });
});

describe('who may open a socket', () => {
  const loopback = ['http://localhost:3000', 'https://localhost', 'http://127.0.0.1:8081', 'http://[::1]:5173'];
  const foreign = [
    'https://evil.example',
    'http://localhost.evil.example',
    'http://localhost@evil.example',
    'http://192.168.1.7:3000',
    'null',
    'file://',
    'chrome-extension://localhost',
    '',
  ];

  test('an app: without an origin, or of this machine', async () => {
    const { appUrl } = await useInspector();
    for (const origin of [undefined, ...loopback]) {
      const { socket } = await openPeer(appUrl, { ...(origin !== undefined && { origin }) });
      expect(socket.readyState, origin).toBe(socket.OPEN);
    }
  });

  test('an app of another origin: only one that was named', async () => {
    const { appUrl } = await useInspector({ allowOrigins: ['https://staging.example', 'capacitor://localhost'] });
    await openPeer(appUrl, { origin: 'https://staging.example' });
    await openPeer(appUrl, { origin: 'capacitor://localhost' });
    for (const origin of [...foreign, 'http://staging.example', 'https://staging.example:8443'])
      expect((await refusal(appUrl, { headers: { origin } })).status, origin).toBe(403);
  });

  test("a viewer: this server's own page, and no other page of this machine, and nobody without a page", async () => {
    const { appUrl, port, viewer } = await useInspector();
    const viewerUrl = appUrl.replace('/app?', '/viewer?');
    await viewer();
    await viewer({ origin: `http://localhost:${port}` });
    expect((await refusal(viewerUrl)).status).toBe(403);
    for (const origin of [...loopback, ...foreign, `https://127.0.0.1:${port}`])
      expect((await refusal(viewerUrl, { headers: { origin } })).status, origin).toBe(403);
  });

  test('nobody without the key', async () => {
    const { appUrl, origin, key } = await useInspector();
    const [app] = appUrl.split('?');
    const wrong = [
      '',
      '?',
      '?key=',
      `?key=${otherKey}`,
      `?key=${key.slice(1)}`,
      `?key=${key}x`,
      `?Key=${key}`,
      `?key=${otherKey}&key=${key}`,
    ];
    for (const query of wrong) {
      expect((await refusal(app + query)).status, query).toBe(401);
      expect((await refusal(app!.replace(/app$/, 'viewer') + query, { origin })).status, query).toBe(401);
    }
  });

  test('nobody by a foreign name, whatever else is right', async () => {
    const { appUrl, port } = await useInspector();
    for (const host of ['evil.example', `evil.example:${port}`, `localhost:${port + 1}`])
      expect((await refusal(appUrl, { headers: { host } })).status, host).toBe(403);
  });

  test.each(['/', '/page.js', '/other', '//', '/app/', 'http://[', '*'])('nobody at %s, and nothing breaks', async (path) => {
    const { port, key, app } = await useInspector();
    const answer = await sendRaw(
      port,
      `GET ${path}?key=${key} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 40[04] /);
    await app();
  });

  test('no more than 50 apps and 10 viewers; who leaves makes room', async () => {
    const { app, viewer, appUrl, origin } = await useInspector();
    const apps = await Promise.all(Array.from({ length: 50 }, () => app()));
    const viewers = await Promise.all(Array.from({ length: 10 }, () => viewer()));
    expect((await refusal(appUrl)).status).toBe(503);
    expect((await refusal(appUrl.replace('/app?', '/viewer?'), { origin })).status).toBe(503);
    apps[0]!.socket.close();
    viewers[0]!.socket.close();
    for (const open of [app, viewer]) while (!(await open().catch(() => undefined))) await turn();
  });
});

test('the key is in no answer and in no log: whatever is asked, and with whatever it is asked', async () => {
  const logged: unknown[] = [];
  for (const name of ['log', 'info', 'warn', 'error', 'debug'] as const)
    vi.spyOn(console, name).mockImplementation((...line: unknown[]) => void logged.push(...line));
  for (const stream of [process.stdout, process.stderr]) vi.spyOn(stream, 'write').mockImplementation((text) => logged.push(text) > 0);
  atEnd(() => vi.restoreAllMocks());
  const { key, appUrl, origin, port } = await useInspector();
  const answers = [
    await sendRaw(port, `GET /?key=${key} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`),
    await sendRaw(port, `GET /nothing?key=${key} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`),
    await sendRaw(port, `POST /?key=${key} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Length: 0\r\n\r\n`),
    await sendRaw(port, `GET /?key=${key} HTTP/1.1\r\nHost: evil.example\r\n\r\n`),
    await sendRaw(port, `nonsense ${key}\r\n\r\n`),
    (await refusal(appUrl, { origin: 'https://evil.example' })).raw,
    (await refusal(appUrl.replace(key, otherKey))).raw,
    (await refusal(appUrl.replace('/app', '/other'))).raw,
    JSON.stringify((await rawRequest(`${origin}/`)).headers),
  ];
  for (const answer of answers) expect(answer).not.toContain(key.slice(0, 8));
  expect(logged.map(String).join('\n')).not.toContain(key.slice(0, 8));
});

describe('startInspector', () => {
  test('listens on 127.0.0.1 only, and on the port that was asked for', async () => {
    const listen = vi.spyOn(Server.prototype, 'listen');
    atEnd(() => listen.mockRestore());
    const { port } = await useInspector();
    const addresses = listen.mock.contexts.map((server) => (server as Server).address());
    expect(addresses).toEqual([{ address: '127.0.0.1', family: 'IPv4', port }]);
    expect(listen.mock.calls[0]![0]).toBe(0);
  });

  test('makes a new key each time unless it is given one, and puts it behind # for the viewer', async () => {
    const [one, other, given] = [await useInspector(), await useInspector(), await useInspector({ key: otherKey })];
    expect(one.key).toMatch(/^[\w-]{43}$/);
    expect(one.key).not.toBe(other.key);
    expect(given).toMatchObject({
      key: otherKey,
      url: `http://127.0.0.1:${given.port}/#key=${otherKey}`,
      appUrl: `ws://127.0.0.1:${given.port}/app?key=${otherKey}`,
    });
  });

  test('names the port that is taken, and the way out', async () => {
    const { port } = await useInspector();
    await expect(startInspector({ port, files: smallPage })).rejects.toThrow(`port ${port} is taken: choose another with --port`);
  });

  test.each([
    [{ port: -1 }, 'port must be'],
    [{ port: 65_536 }, 'port must be'],
    [{ port: '5757' }, 'port must be'],
    [{ key: '' }, 'key must be'],
    [{ key: 'short' }, 'key must be'],
    [{ key: `${'a'.repeat(40)}&x` }, 'key must be'],
    [{ allowOrigins: 'https://staging.example' }, 'allowOrigins must be'],
    [{ allowOrigins: ['https://staging.example/'] }, 'allowOrigins must be'],
    [{ allowOrigins: ['*'] }, 'allowOrigins must be'],
    [{ allowOrigins: ['null'] }, 'allowOrigins must be'],
    [{ allowOrigins: ['https://Staging.example'] }, 'allowOrigins must be'],
    [{ allowOrigins: ['https://staging.example:443'] }, 'allowOrigins must be'],
  ])('refuses %j', async (options, problem) => {
    await expect(startInspector({ port: 0, files: smallPage, ...(options as object) })).rejects.toThrow(problem);
  });

  test('close() ends everybody and frees the port, also when somebody never lets go; twice is once', async () => {
    const inspector = await useInspector();
    const { port, appUrl, close } = inspector;
    const peers = [await inspector.app(), await inspector.viewer()];
    // a request that never ends, and one who was refused but keeps their half of the socket open
    const lingering = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    const refused = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    for (const socket of [lingering, refused]) {
      socket.on('error', () => undefined);
      atEnd(() => socket.destroy());
    }
    lingering.write('GET / HTTP/1.1\r\n');
    refused.write(`GET /app HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`);
    await new Promise((resolve) => void refused.once('data', resolve));
    await Promise.all([close(), close()]);
    await Promise.all(peers.map(({ closed }) => closed));
    await expect(refusal(appUrl)).rejects.toThrow('ECONNREFUSED');
  });
});
