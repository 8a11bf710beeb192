import dns from 'node:dns';
import { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { bundleForScope, bundleSdk } from '../../examples/local-rongcloud/scope/bundleForScope.ts';
import { createBrowserScope, type BrowserScopeOptions } from '../../examples/local-rongcloud/scope/createBrowserScope.ts';
import { installScaledTime, type TimeGlobal } from '../../examples/local-rongcloud/scope/scaledTime.ts';
import { happens, useRongCloud } from './support/rongCloud.ts';
import { openSdk, sdks } from './support/rongCloudSdks.ts';
import { atEnd } from './support/useServers.ts';

function openScope(options: BrowserScopeOptions = {}) {
  const scope = createBrowserScope(options);
  atEnd(() => scope.close());
  return scope;
}

/** Whom this process has dialled, or asked a name server for. It may be nobody but itself. */
const dialled: unknown[] = [];
const dialling: Socket[] = [];
const { connect } = Socket.prototype;
const { lookup } = dns;
beforeEach(() => {
  Socket.prototype.connect = function dial(this: Socket, ...args: unknown[]) {
    // `net.connect` hands over [options, listener]
    const [options] = (Array.isArray(args[0]) ? args[0] : args) as [{ host?: string }];
    dialled.push(options.host);
    dialling.push(this);
    return Reflect.apply(connect, this, args) as Socket;
  };
  dns.lookup = ((...args: unknown[]) => {
    dialled.push(args[0]);
    Reflect.apply(lookup, dns, args);
  }) as typeof lookup;
});
afterEach(() => {
  Socket.prototype.connect = connect;
  dns.lookup = lookup;
  dialling.length = 0;
  expect(dialled.splice(0).filter((host) => host !== '127.0.0.1')).toEqual([]);
});

describe.each(sdks)('the unmodified SDK %s in a scope', (version) => {
  it('connects, and knows whose token it was', async () => {
    const { server, tokenFor } = await useRongCloud();
    const sdk = await openSdk(version, server);
    expect(await sdk.connect(await tokenFor('alice'))).toEqual({ userId: 'alice' });
    expect(sdk.said).toEqual(version === 'v5' ? ['CONNECTING', 'CONNECTED'] : ['1', '0']);
    expect(server.users()).toEqual(['alice']);
    expect(dialled).not.toEqual([]);
  });

  it('connects by version 4 of the protocol', async () => {
    const { server, tokenFor } = await useRongCloud({ openAnti: true });
    const sdk = await openSdk(version, server);
    expect(await sdk.connect(await tokenFor('alice'))).toEqual({ userId: 'alice' });
  });

  it('says of a refused token what rongcloud.md says, and takes a better one', async () => {
    const { server, facts, tokenFor } = await useRongCloud();
    const sdk = await openSdk(version, server);
    // v2 cannot tell a refused token from a dead network
    expect(await sdk.connect('nonsense')).toEqual({ code: version === 'v2' ? 30002 : 31004 });
    expect(facts.find(({ what }) => what === 'connect.refused')?.failure).toEqual({ kind: 'tokenIncorrect', code: 31004 });
    expect(await sdk.connect(await tokenFor('alice'))).toEqual({ userId: 'alice' });
  });

  it.each([
    ['an expired token', { connack: { status: 10 } }, { v5: 31020, v4: 31004, v2: 30002 }],
    ['a blocked user', { blocked: ['alice'] }, { v5: 31009, v4: 31009, v2: 30002 }],
    ['a status of no table', { connack: { status: 99 } }, { v5: undefined, v4: 30002, v2: 30002 }],
    ['a navigation that is down', { navi: 'refuse' }, { v5: 30007, v4: 30007, v2: 30007 }],
    ['a navigation that refuses the token', { navi: { status: 403 } }, { v5: 31004, v4: 30007, v2: 30007 }],
    ['a socket that does not open', { upgrade: 'refuse' }, { v5: 35008, v4: 30002, v2: 30010 }],
    ['a socket that is cut', { connack: 'drop' }, { v5: 35008, v4: 30002, v2: 30002 }],
  ] as const)('gives up at once on %s', async (_name, behaviour, codes) => {
    const { server, tokenFor } = await useRongCloud(behaviour);
    const sdk = await openSdk(version, server);
    expect(await sdk.connect(await tokenFor('alice'))).toEqual({ code: codes[version] });
  });

  it('is kicked by a second device, and does not come back', async () => {
    const { server, tokenFor } = await useRongCloud();
    const [first, second] = [await openSdk(version, server), await openSdk(version, server)];
    await first.connect(await tokenFor('alice'));
    expect(await second.connect(await tokenFor('alice'))).toEqual({ userId: 'alice' });
    const kicked = version === 'v5' ? 'DISCONNECT 31010' : '6';
    await happens(() => first.said.includes(kicked));
    first.scope.setSpeed(100);
    await first.scope.wait(30_000);
    expect(first.said.at(-1)).toBe(kicked);
    expect(server.counts.accepted).toBe(2);
    expect(second.said.at(-1)).toBe(version === 'v5' ? 'CONNECTED' : '0');
  });

  it('comes back by itself when the network has died', async () => {
    const { server, tokenFor } = await useRongCloud();
    const sdk = await openSdk(version, server);
    await sdk.connect(await tokenFor('alice'));
    server.dropLinks();
    await happens(() => server.counts.accepted === 2);
    await happens(() => server.users().length === 1);
  });

  it('notices a link that does not pong', async () => {
    const { server, tokenFor } = await useRongCloud({ pong: 'silent' });
    const sdk = await openSdk(version, server);
    await sdk.connect(await tokenFor('alice'));
    sdk.scope.setSpeed(100);
    await happens(() => server.counts.pings >= 2);
    // the new link needs the time that it needs
    await happens(() => server.counts.upgrades >= 2);
    sdk.scope.setSpeed(1);
    server.behave({ pong: 'normal' });
    await happens(() => server.users().length === 1);
  });

  it('asks again and again where it is redirected for ever', async () => {
    const { server, tokenFor } = await useRongCloud({ connack: 'redirect' });
    const sdk = await openSdk(version, server);
    void sdk.connect(await tokenFor('alice'));
    await happens(() => server.counts.navi > 50);
    expect(server.counts.refused).toBeGreaterThan(48);
  });

  it('leaves nothing behind in a closed scope', async () => {
    const { server, tokenFor } = await useRongCloud();
    const sdk = await openSdk(version, server);
    await sdk.connect(await tokenFor('alice'));
    expect(sdk.scope.pending).toMatchObject({ sockets: 1 });
    expect(sdk.scope.pending.timers).toBeGreaterThan(0);
    sdk.scope.close();
    expect(sdk.scope.pending.timers).toBe(0);
    await happens(() => server.sockets() === 0);
    await happens(() => sdk.scope.pending.sockets === 0);
    // the SDK has heard that its socket closed, and cannot do anything about it
    await new Promise((resolve) => setImmediate(resolve));
    expect(sdk.scope.pending).toEqual({ timers: 0, sockets: 0, requests: 0 });
    expect(server.counts).toMatchObject({ navi: 1, upgrades: 1 });
  });
});

describe('silence on an open socket', () => {
  it('is never noticed by v5', async () => {
    const { server, tokenFor } = await useRongCloud({ connack: 'hang' });
    const sdk = await openSdk('v5', server);
    sdk.scope.run(`
      globalThis.opened = 0;
      WebSocket = class extends WebSocket {
        constructor(url) {
          super(url);
          this.addEventListener('open', () => (opened += 1));
        }
      };
    `);
    const settled = vi.fn<() => void>();
    const outcome = sdk.connect(await tokenFor('alice')).finally(settled);
    // until then it does watch the time
    await happens(() => sdk.scope.globals['opened'] === 1);
    sdk.scope.setSpeed(100);
    await sdk.scope.wait(40_000);
    expect(settled).not.toHaveBeenCalled();
    expect(sdk.said).toEqual(['CONNECTING']);
    // it was listening all the time
    sdk.scope.setSpeed(1);
    server.behave({ connack: 'normal' });
    expect(await outcome).toEqual({ userId: 'alice' });
  });

  it.each(['v4', 'v2'] as const)('is noticed by %s', async (version) => {
    const { server, tokenFor } = await useRongCloud({ connack: 'hang' });
    const sdk = await openSdk(version, server);
    const outcome = sdk.connect(await tokenFor('alice'));
    await happens(() => server.sockets() === 1);
    sdk.scope.setSpeed(100);
    expect(await outcome).toEqual({ code: 30002 });
  });
});

describe('what v5 is told on a live link', () => {
  it.each([
    ['blocked', 2, 'DISCONNECT 31011'],
    ['token expired', 7, 'DISCONNECT 31020'],
    ['account cancelled', 9, 'DISCONNECT 31029'],
    ['a status of no table', 77, 'DISCONNECT undefined'],
  ])('%s', async (_name, status, heard) => {
    const { server, tokenFor } = await useRongCloud();
    const sdk = await openSdk('v5', server);
    await sdk.connect(await tokenFor('alice'));
    server.sendDisconnect(status, 'alice');
    await happens(() => sdk.said.at(-1) === heard);
  });
});

describe('a scope', () => {
  it('keeps what an SDK would send away on this machine, and says so', async () => {
    const { server, tokenFor } = await useRongCloud();
    const sdk = await openSdk('v5', server);
    await sdk.connect(await tokenFor('alice'));
    expect(sdk.scope.blocked).toEqual(['dualstack-cloudcontrol.rong-edge.com']);
    expect(sdk.scope.errors).toEqual([]);
  });

  it.each([
    ['fetch', `fetch('https://a.example/x').catch((error) => tell(error.name))`, 'TypeError'],
    ['fetch over http', `fetch('http://a.example/x').catch((error) => tell(error.name))`, 'TypeError'],
    ['WebSocket', `new WebSocket('wss://a.example/x').onclose = ({ code }) => tell(String(code))`, '1006'],
    ['WebSocket over ws', `new WebSocket('ws://a.example/x').onclose = ({ code }) => tell(String(code))`, '1006'],
    [
      'XMLHttpRequest',
      `const request = new XMLHttpRequest(); request.open('GET', 'https://a.example/x'); request.send();
       request.onerror = () => tell(request.readyState + ' ' + request.status)`,
      '4 0',
    ],
  ])('lets %s fail as in a dead network when it wants to leave the machine', async (_name, code, heard) => {
    const scope = openScope();
    const told = new Promise((resolve) => (scope.globals['tell'] = resolve));
    scope.run(code);
    expect(await told).toBe(heard);
    expect(scope.blocked).toEqual(['a.example']);
    await happens(() => scope.pending.sockets + scope.pending.requests === 0);
  });

  it('does not take a foreign name for this machine', async () => {
    const { server } = await useRongCloud();
    const scope = openScope();
    const url = server.naviUrl.replace('127.0.0.1', 'a.example');
    expect(await scope.run(`fetch('${url}/navi.js').then(() => 'answered', ({ name }) => name)`)).toBe('TypeError');
    expect(server.counts.navi).toBe(0);
    const here = server.naviUrl.replace('127.0.0.1', 'localhost');
    expect(await scope.run(`fetch('${here}/navi.js?appId=${server.appKey}').then(({ status }) => status)`)).toBe(200);
  });

  it('has a global object of its own', async () => {
    const [one, two] = [openScope(), openScope()];
    one.run('var mine = 1; globalThis.alsoMine = 2; localStorage.setItem("a", "1")');
    expect(two.run('[typeof mine, typeof alsoMine, localStorage.getItem("a"), typeof process, typeof require].join()')).toBe(
      'undefined,undefined,,undefined,undefined',
    );
    expect(one.run('window === globalThis && self === window && window.mine')).toBe(1);
    expect('mine' in globalThis).toBe(false);
  });

  it('survives what its handlers throw, and keeps it', async () => {
    const { server } = await useRongCloud();
    const scope = openScope();
    const told = new Promise((resolve) => (scope.globals['tell'] = resolve));
    scope.globals['url'] = `ws://${server.socketAddress}/websocket?appId=x&token=y`;
    scope.run(`
      addEventListener('online', () => { throw 'in an event' });
      addEventListener('online', () => setTimeout(() => { throw 'in a timer' }));
      const socket = new WebSocket(url);
      socket.onmessage = () => { throw 'in a socket' };
      socket.addEventListener('message', () => tell('the second listener'));
      dispatchEvent(new Event('online'));
    `);
    expect(await told).toBe('the second listener');
    await happens(() => scope.errors.length === 3);
    expect([...scope.errors].sort()).toEqual(['in a socket', 'in a timer', 'in an event']);
  });

  it('is silent, unless it is given a console', async () => {
    const log = vi.spyOn(console, 'log');
    openScope().run('console.log("psst")');
    expect(log).not.toHaveBeenCalled();
    log.mockRestore();
    const heard: unknown[] = [];
    openScope({ console: { ...console, log: (...words) => void heard.push(...words) } }).run('console.log("hello")');
    expect(heard).toEqual(['hello']);
  });

  it('aborts what is under way when it is closed', async () => {
    const { server } = await useRongCloud({ navi: 'hang', connack: 'hang' });
    const scope = openScope();
    scope.globals['navi'] = server.naviUrl;
    scope.globals['url'] = `ws://${server.socketAddress}/websocket?appId=x&token=y`;
    scope.run('setInterval(() => {}, 1); fetch(navi + "/navi.js"); new WebSocket(url)');
    await happens(() => server.counts.navi === 1 && server.sockets() === 1);
    expect(scope.pending).toEqual({ timers: 1, sockets: 1, requests: 1 });
    scope.close();
    await happens(() => server.sockets() === 0);
    await happens(() => dialling.every(({ destroyed }) => destroyed));
    scope.run('setTimeout(() => {}, 1); setInterval(() => {}, 1); fetch(navi + "/navi.js"); new WebSocket(url)');
    await happens(() => scope.pending.sockets === 0);
    expect(scope.pending).toEqual({ timers: 0, sockets: 0, requests: 0 });
    expect(server.counts).toMatchObject({ navi: 1, upgrades: 1 });
  });

  it('aborts a fetch when its signal says so', async () => {
    const { server } = await useRongCloud({ navi: 'hang' });
    const scope = openScope();
    scope.globals['navi'] = server.naviUrl;
    const name = scope.run(`
      const giveUp = new AbortController();
      globalThis.giveUp = giveUp;
      fetch(navi + '/navi.js', { signal: giveUp.signal }).then(() => 'answered', (error) => error.name);
    `);
    await happens(() => server.counts.navi === 1);
    scope.run('giveUp.abort()');
    expect(await name).toBe('AbortError');
    expect(scope.pending.requests).toBe(0);
  });
});

describe('the time of a scope', () => {
  it('is the same for its timers, its dates and its performance', async () => {
    const scope = openScope({ speed: 50 });
    const read = '[performance.now(), Date.now(), performance.now()]';
    const [before, after] = (await scope.run(`
      const before = ${read};
      new Promise((resolve) => setTimeout(() => resolve([before, ${read}]), 3_000));
    `)) as [[number, number, number], [number, number, number]];
    // never earlier than asked for; how much later is the machine's business
    expect(after[0] - before[2]).toBeGreaterThanOrEqual(3_000);
    expect(after[1] - before[1]).toBeGreaterThanOrEqual(after[0] - before[2] - 1);
    expect(after[1] - before[1]).toBeLessThanOrEqual(after[2] - before[0] + 1);
  });

  it('calls nobody early, even where the real timers are early', () => {
    let now = 0;
    const waiting: (() => void)[] = [];
    const global: TimeGlobal = {
      // one whose statics may be changed
      Date: runInNewContext('Date') as DateConstructor,
      performance: { now: () => now },
      setTimeout: (fire: () => void) => waiting.push(fire),
      clearTimeout: () => undefined,
      setInterval: undefined,
      clearInterval: undefined,
    };
    installScaledTime(global, 10);
    const called: string[] = [];
    const setTimer = global.setTimeout as (handler: () => void, delay: number) => void;
    setTimer(() => called.push('late'), 1_005);
    setTimer(() => called.push('soon'), 1_000);
    now = 99;
    for (const fire of waiting.splice(0)) fire();
    expect(called).toEqual([]);
    now = 100;
    for (const fire of waiting.splice(0)) fire();
    expect(called).toEqual(['soon']);
    now = 101;
    for (const fire of waiting.splice(0)) fire();
    expect(called).toEqual(['soon', 'late']);
    expect(waiting).toEqual([]);
  });

  it('has dates that are dates', () => {
    const scope = openScope({ speed: 50 });
    expect(scope.run('new Date() instanceof Date && new Date().constructor === Date && typeof Date() === "string"')).toBe(true);
    expect(scope.run('new Date(2020, 0, 2).getFullYear() + Date.UTC(1970, 0, 1)')).toBe(2020);
    expect(scope.run('class Day extends Date {} new Day() instanceof Day')).toBe(true);
  });

  it('keeps the order of its timers, also across a change of speed', async () => {
    const scope = openScope({ speed: 20 });
    scope.run(`
      globalThis.order = [];
      for (const ms of [700, 100, 400, 0]) setTimeout((name) => order.push(name), ms, ms);
      const ticks = setInterval(() => { if (order.push('tick') > 3) clearInterval(ticks); }, 150);
      clearTimeout(setTimeout(() => order.push('never'), 50));
    `);
    await scope.wait(120);
    scope.setSpeed(1_000);
    await scope.wait(10_000);
    expect(scope.run('order.join(" ")')).toBe('0 100 tick tick 400 700');
    expect(scope.pending.timers).toBe(0);
  });

  it('can be slowed down, too', async () => {
    const scope = openScope({ speed: 0.5 });
    const before = performance.now();
    await scope.wait(20);
    expect(performance.now() - before).toBeGreaterThanOrEqual(40);
  });

  it.each([0, -1, NaN, Infinity])('does not run at %s', (speed) => {
    expect(() => openScope({ speed })).toThrow(RangeError);
    expect(() => openScope().setSpeed(speed)).toThrow(RangeError);
  });
});

describe('a bundle', () => {
  it('has the library from its sources, and the SDK before the entry', async () => {
    const entry = fileURLToPath(new URL('support/rongCloudEntry.ts', import.meta.url));
    const scope = openScope();
    scope.run(await bundleForScope(entry, { sdk: 'v5' }));
    expect(scope.globals['found']).toEqual({ sdk: 'function', library: 'function' });
  });

  it('is made once', async () => {
    expect(await bundleSdk('v2')).toBe(await bundleSdk('v2'));
  });
});
