import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocketServer } from 'ws';
import { describe, it } from 'vitest';
import { createPatientScope } from '../../../bench/healing/createPatientScope.ts';
import type { Driver } from '../../../bench/healing/driver/Driver.ts';
import { driverOf, sdkNames, type SdkName } from '../../../bench/healing/pages.ts';
import { createTokenIssuer } from '../../../examples/local-im/server/createTokenIssuer.ts';
import { startRongCloudServer } from '../../../examples/local-rongcloud/server/startRongCloudServer.ts';

/** Tests run side by side: each clears up its own things. */
type AtEnd = (cleanup: () => Promise<void>) => void;

/** The unmodified SDK behind the connection, in a scope whose inside the test can see. */
async function openWorld(sdk: SdkName, atEnd: AtEnd) {
  const issuer = createTokenIssuer();
  const server = await startRongCloudServer({ verify: issuer.verify });
  atEnd(() => server.close());
  const scope = createPatientScope(10);
  atEnd(async () => scope.close());
  scope.globals['issueToken'] = async () => (await issuer.issue('alice', 3_600)).token;
  const { WebSocket, XMLHttpRequest } = scope.globals;
  scope.run(await driverOf(sdk), `${sdk}.js`);
  const app = scope.globals['driver'] as Driver;
  app.start({ appKey: server.appKey, naviUrl: server.naviUrl });
  app.useBrain({});

  async function until(isSo: () => boolean): Promise<void> {
    const deadline = performance.now() + 30_000;
    while (!isSo()) {
      if (performance.now() > deadline)
        throw new Error(`it did not become so: ${String(isSo)}\n${JSON.stringify([app.observe(), server.counts])}`);
      await sleep(2);
    }
  }
  const status = () => app.observe().snapshot?.status;
  return {
    server,
    scope,
    app,
    until,
    status,
    natives: { WebSocket, XMLHttpRequest },
    async connect() {
      app.connect();
      await until(() => status() === 'connected');
    },
    /** Resolves as `connection.disconnect({ logout: true })` does. */
    async signOut() {
      app.disconnect({ logout: true });
      await until(() => app.observe().unsettled.length === 0);
    },
  };
}

type World = Awaited<ReturnType<typeof openWorld>>;

/** What the SDK is doing when the user signs out. */
const moments: Readonly<Record<string, (world: World) => Promise<void>>> = {
  async 'the lookup is not answered'({ server, app, until }) {
    server.behave({ navi: 'hang' });
    app.connect();
    await until(() => server.counts.navi === 1);
  },
  async 'the socket does not open'({ server, scope, app, until }) {
    server.behave({ upgrade: 'hang' });
    app.connect();
    // version 2 asks by `/ping` first, which is not answered either
    await until(() => server.counts.upgrades === 1 || (server.counts.navi === 1 && scope.pending.requests === 1));
  },
  async 'the server has not said a word'({ server, app, until }) {
    server.behave({ connack: 'hang' });
    app.connect();
    await until(() => server.counts.upgrades === 1);
  },
  async 'the first word has just arrived'({ server, app, until }) {
    server.behave({ connack: 'hang' });
    app.connect();
    await until(() => server.counts.upgrades === 1 && server.sockets() === 1);
    server.behave({ connack: 'normal' });
    await until(() => server.counts.accepted === 1);
  },
  'it is connected': ({ connect }) => connect(),
  async 'the link was lost this moment'({ server, connect }) {
    await connect();
    server.dropLinks();
  },
  async 'it has been told to look for another server'({ server, connect, until }) {
    await connect();
    server.behave({ navi: 'hang', connack: 'hang' });
    server.sendDisconnect(6);
    // versions 4 and 2 believe the address that they know
    await until(() => server.counts.navi === 2 || server.counts.upgrades === 2);
  },
  async 'it reconnects, and the socket does not open'({ server, connect, until }) {
    await connect();
    server.behave({ upgrade: 'hang' });
    server.dropLinks();
    await until(() => server.sockets() === 1 || server.counts.upgrades === 2);
  },
  async 'it reconnects, and the server has not said a word'({ server, connect, until }) {
    await connect();
    server.behave({ connack: 'hang' });
    server.dropLinks();
    await until(() => server.counts.upgrades === 2);
  },
  async 'it waits between two reconnects'({ server, connect, until, app }) {
    await connect();
    server.behave({ connack: 'drop', upgrade: 'refuse' });
    server.dropLinks();
    await until(() => app.observe().snapshot?.status === 'recovering');
    await sleep(120);
  },
  async 'the connection waits before it tries again'({ server, app, until, status }) {
    server.behave({ upgrade: 'refuse' });
    app.connect();
    await until(() => status() === 'waiting');
  },
  async 'it has been refused'({ server, app, until, status }) {
    server.behave({ connack: { status: 7 } });
    app.connect();
    await until(() => status() === 'failed' || status() === 'waiting');
  },
};

describe.concurrent.each(sdkNames)('after disconnect() the SDK %s is quiet for good, when', (sdk) => {
  it.concurrent.for(Object.keys(moments))('%s', async (moment, { expect, onTestFinished }) => {
    const world = await openWorld(sdk, onTestFinished);
    const { server, scope, app, natives, signOut, until } = world;
    await moments[moment]!(world);
    await signOut();

    expect(scope.pending.requests).toBe(0);
    // what was open says goodbye to the server
    await until(() => scope.pending.sockets === 0);
    expect(scope.globals['WebSocket']).toBe(natives.WebSocket);
    expect(scope.globals['XMLHttpRequest']).toBe(natives.XMLHttpRequest);
    expect(stored(scope)).not.toContain('eyJ');

    server.behave({ navi: 'normal', upgrade: 'normal', connack: 'normal' });
    const { navi, upgrades } = server.counts;
    scope.setSpeed(200);
    await scope.wait(5 * 60_000);
    expect(server.counts).toMatchObject({ navi, upgrades });
    expect([server.users(), server.sockets()]).toEqual([[], 0]);
    expect(app.observe().snapshot?.status).toBe('idle');
    expect(scope.pending).toMatchObject({ sockets: 0, requests: 0 });
    expect(scope.errors).toEqual([]);
  });
});

// version 2 asks by `/ping` which address answers, and opens a socket to that one alone
it.concurrent.for(['v5', 'v4'] as const)(
  'signing out, SDK %s is not let through to its next address',
  async (sdk, { expect, onTestFinished }) => {
    const { server, app, until, signOut } = await openWorld(sdk, onTestFinished);
    const [one, other] = [server.socketAddress, server.socketAddress.replace('127.0.0.1', 'localhost')];
    const serverAddr = [one, other].map((addr) => ({ addr, protocol: 5, weight: 10 }));
    server.behave({ upgrade: 'hang', navi: { body: { code: 200, type: 0, openAnti: 0, serverAddr, server: one, backupServer: other } } });
    app.connect();
    await until(() => server.counts.upgrades === 1);
    await signOut();
    await until(() => server.sockets() === 0);
    expect(server.counts.upgrades).toBe(1);
  },
);

/** Everything that the page keeps. */
function stored({ globals: { localStorage } }: World['scope']): string {
  const keys = Array.from({ length: localStorage.length }, (_, index) => localStorage.key(index) ?? '');
  return keys.map((key) => `${key}: ${localStorage.getItem(key)}`).join('\n');
}

/** A server of the app's own: says back what it hears, and answers `/slow` when it is told to. */
async function startOwnServer(atEnd: AtEnd) {
  const slow: (() => void)[] = [];
  const http = createServer(({ url }, response) => {
    const answer = () => void response.end(`you asked for ${url}`);
    response.setHeader('connection', 'close');
    if (url === '/slow') slow.push(answer);
    else answer();
  });
  const sockets = new WebSocketServer({ server: http });
  sockets.on('connection', (socket) => socket.on('message', (data) => socket.send(`you said ${String(data)}`)));
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  atEnd(async () => {
    for (const client of sockets.clients) client.terminate();
    http.closeAllConnections();
    http.close();
    await once(http, 'close');
  });
  return {
    port: (http.address() as AddressInfo).port,
    slow,
    answerSlow() {
      for (const answer of slow.splice(0)) answer();
    },
  };
}

interface OwnTraffic {
  readonly heard: readonly string[];
  readonly instance: boolean;
  readonly open: number;
  readonly states: () => readonly number[];
  say(word: string): void;
}

/** Runs in the page. */
const ownTraffic = (port: number) => `(() => {
  const heard = [];
  const socket = new WebSocket('ws://127.0.0.1:${port}/chat?appId=mine&token=mine');
  socket.onopen = () => { heard.push('open'); socket.send('hello'); };
  socket.onmessage = ({ data }) => heard.push(String(data));
  socket.onclose = () => heard.push('closed');
  const ask = (path) => {
    const request = new XMLHttpRequest();
    request.onload = () => heard.push(request.status + ' ' + request.responseText);
    request.onerror = request.onabort = () => heard.push('lost');
    request.open('GET', 'http://127.0.0.1:${port}' + path);
    request.send();
    return request;
  };
  const request = ask('/navigation.json?of=mine');
  ask('/slow');
  return {
    heard,
    instance: socket instanceof WebSocket && request instanceof XMLHttpRequest,
    open: WebSocket.OPEN,
    states: () => [socket.readyState, request.readyState],
    say: (word) => socket.send(word),
  };
})()`;

const title = "the app's own sockets and requests pass through while SDK %s is connected, and live on after it";

it.concurrent.for(sdkNames)(title, async (sdk, { expect, onTestFinished }) => {
  const { port, slow, answerSlow } = await startOwnServer(onTestFinished);
  const { scope, server, connect, signOut, until } = await openWorld(sdk, onTestFinished);
  await connect();
  const own = scope.run(ownTraffic(port)) as OwnTraffic;
  expect([own.instance, own.open]).toEqual([true, 1]);
  await until(() => own.heard.length === 3 && slow.length === 1);
  // else the tests above would look for a token that is nowhere
  expect(stored(scope)).toContain('eyJ');
  expect([...own.heard].sort()).toEqual(['200 you asked for /navigation.json?of=mine', 'open', 'you said hello']);

  await signOut();
  await until(() => server.sockets() === 0 && scope.pending.sockets === 1);
  own.say('still here');
  answerSlow();
  await until(() => own.heard.length === 5);
  expect([...own.heard].slice(3).sort()).toEqual(['200 you asked for /slow', 'you said still here']);
  expect(own.states()).toEqual([1, 4]);
});
