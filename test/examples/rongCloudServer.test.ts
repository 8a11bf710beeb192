import { randomBytes } from 'node:crypto';
import { SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { createTokenIssuer } from '../../examples/local-im/server/createTokenIssuer.ts';
import { localDoor } from '../../examples/local-im/server/http/checkCaller.ts';
import { connackAccepted, parseClientFrame } from '../../examples/local-rongcloud/server/frames.ts';
import { connackStatuses, disconnectStatuses } from '../../examples/local-rongcloud/server/statuses.ts';
import type { RongCloudServer } from '../../examples/local-rongcloud/server/startRongCloudServer.ts';
import { webV5Codes } from '../../src/transports/rongcloud-web/codes/webV5Codes.ts';
import { rawRequest, type RawRequest } from './support/rawRequest.ts';
import { happens, useRongCloud } from './support/rongCloud.ts';
import { openRongCloudSocket, type RongCloudSocket } from './support/rongCloudSocket.ts';

/** What a v5 SDK asks first. */
function askNavi(server: RongCloudServer, { headers, ...more }: RawRequest = {}) {
  return rawRequest(`${server.naviUrl}/v2/navi.json?cloud=0`, {
    method: 'POST',
    headers: { 'rc-appkey': server.appKey, 'content-type': 'Application/x-www-form-urlencoded', ...headers },
    body: 'token=abc&v=5.38.0&platfrom=browser',
    ...more,
  });
}

describe('the frames', () => {
  it('say welcome with the bytes that were seen to be understood', () => {
    const welcome = connackAccepted(3, { userId: 'user-tokenAAA', sessionId: 'sess-1', at: 0x1a2049d86bf });
    expect(welcome.toString('hex')).toBe('200000000d757365722d746f6b656e4141410006736573732d31000001a2049d86bf');
  });

  it('announce their fields in version 4', () => {
    const welcome = connackAccepted(4, { userId: 'a', sessionId: 'b', at: 1 });
    expect(welcome.toString('hex')).toBe('2000000f00016100016200000000000000010000');
  });

  it.each([
    ['a ping', 'c0', { type: 'ping' }],
    ['a publish that wants an answer', '320001610001620007ffff', { type: 'publish', messageId: 7, wantsAck: true }],
    ['a publish that wants none', '300001610001620007', { type: 'publish', messageId: 7, wantsAck: false }],
    ['a disconnect', 'e00004', { type: 'disconnect', status: 4 }],
    ['a query', '5200', { type: 'other' }],
  ])('are read: %s', (_name, hex, frame) => {
    expect(parseClientFrame(Buffer.from(hex, 'hex'))).toEqual(frame);
  });

  it.each(['', 'e0', 'e000', '32', '3200', '320005', '3200016100', '32000161000162', '3200016100016200'])('are not read: “%s”', (hex) => {
    expect(parseClientFrame(Buffer.from(hex, 'hex'))).toBeUndefined();
  });
});

it.each([
  ['CONNACK', connackStatuses],
  ['DISCONNECT', disconnectStatuses],
])('the server means by a %s what the library reads', (_frame, statuses) => {
  const codes: Readonly<Record<string, object>> = webV5Codes;
  for (const { kind, code } of Object.values(statuses)) expect(Object.keys(codes[kind] ?? {})).toContain(String(code));
});

describe('the navigation', () => {
  it('tells v5 where the sockets are', async () => {
    const { server } = await useRongCloud();
    const { status, text } = await askNavi(server);
    expect(status).toBe(200);
    expect(JSON.parse(text)).toMatchObject({ code: 200, type: 0, openAnti: 0, serverAddr: [{ addr: server.socketAddress, protocol: 5 }] });
    expect(server.counts).toMatchObject({ navi: 1, upgrades: 0 });
  });

  it('tells v4 and v2, as the call of a function', async () => {
    const { server } = await useRongCloud();
    const query = `appId=${server.appKey}&token=abc&callBack=getServerEndpoint&v=4.6.4&r=1`;
    const { text } = await rawRequest(`${server.naviUrl}/navi.js?${query}`);
    const answer: unknown = JSON.parse(/^getServerEndpoint\((.*)\);$/.exec(text)![1]!);
    expect(answer).toMatchObject({ code: 200, server: server.socketAddress });
  });

  it('repeats no callback that is more than a name', async () => {
    const { server } = await useRongCloud();
    const query = new URLSearchParams({ appId: server.appKey, callBack: 'alert(1);x' }).toString();
    const { text } = await rawRequest(`${server.naviUrl}/navi.js?${query}`);
    expect(JSON.parse(text)).toMatchObject({ code: 200 });
  });

  it('answers the ping of v2 as long as sockets may be opened', async () => {
    const { server } = await useRongCloud();
    expect((await rawRequest(`${server.naviUrl}/ping?r=1234`)).status).toBe(200);
    server.behave({ upgrade: 'refuse' });
    expect((await rawRequest(`${server.naviUrl}/ping?r=1234`)).status).toBe(503);
  });

  it('can be made to answer anything', async () => {
    const { server } = await useRongCloud({ navi: 'refuse' });
    expect((await askNavi(server)).status).toBe(503);
    server.behave({ navi: { status: 416 } });
    expect((await askNavi(server)).status).toBe(416);
    server.behave({ navi: { body: { code: 401 } } });
    expect(await askNavi(server)).toMatchObject({ status: 200, text: '{"code":401}' });
    expect(server.counts.navi).toBe(3);
  });

  it('can hang, and answers when it wakes up', async () => {
    const { server } = await useRongCloud({ navi: 'hang' });
    const answer = askNavi(server);
    await happens(() => server.counts.navi === 1);
    server.behave({ navi: 'normal' });
    expect((await answer).status).toBe(200);
  });

  it('lets our own page in, and asks it nothing it could not answer', async () => {
    const { server } = await useRongCloud();
    const origin = 'http://127.0.0.1:5173';
    server.openDoor((ownPort) => localDoor(ownPort, 5173));
    const asked = await rawRequest(`${server.naviUrl}/v2/navi.json?cloud=0`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'rc-appkey,rc-negotiate' },
    });
    expect(asked.status).toBe(204);
    expect(asked.headers['access-control-allow-origin']).toBe(origin);
    expect(asked.headers['access-control-allow-headers']).toMatch(/rc-appkey.*rc-negotiate/);
    expect((await askNavi(server, { headers: { origin } })).headers['access-control-allow-origin']).toBe(origin);
  });

  it.each([
    ['a foreign Origin', { headers: { origin: 'https://evil.example' } }, 403],
    ['a foreign Host', { headers: { host: 'evil.example' } }, 403],
    ['another app', { headers: { 'rc-appkey': 'somebody else' } }, 403],
    ['a body without an end', { body: 'x'.repeat(20_000) }, 413],
  ] satisfies [string, RawRequest, number][])('refuses %s', async (_name, request, status) => {
    const { server } = await useRongCloud();
    expect(await askNavi(server, request)).toMatchObject({ status, text: '' });
  });

  it.each(['/', '//', '/websocket', '/v2/navi.json'])('has nothing else at GET %s', async (path) => {
    const { server } = await useRongCloud();
    expect((await rawRequest(`${server.naviUrl}${path}`)).status).toBeGreaterThanOrEqual(400);
  });
});

describe('the socket', () => {
  it('welcomes a user, and pongs', async () => {
    const { server, facts, tokenFor } = await useRongCloud();
    const socket = openRongCloudSocket(server, await tokenFor('alice'));
    expect(await socket.next()).toMatch(/^2000000005616c6963650024/);
    socket.send('c0');
    expect(await socket.next()).toBe('d0');
    expect(server.users()).toEqual(['alice']);
    expect(server.counts).toEqual({ navi: 0, upgrades: 1, accepted: 1, refused: 0, pings: 1 });
    expect(facts.map(({ what }) => what)).toEqual(['socket.opened', 'connect.received', 'connect.accepted']);
    socket.close();
    await happens(() => facts.at(-1)?.what === 'link.closed' && facts.at(-1)?.user === 'alice');
    expect(server.sockets()).toBe(0);
  });

  it('speaks version 4 to who asks for it', async () => {
    const { server, tokenFor } = await useRongCloud();
    expect(await openRongCloudSocket(server, await tokenFor('alice'), { protocolVer: 4 }).next()).toMatch(/^2000000f0005616c696365/);
  });

  it('looks at the token before the @ only', async () => {
    const { server, tokenFor } = await useRongCloud();
    expect(await openRongCloudSocket(server, `${await tokenFor('alice')}@nav.example;nav2.example`).next()).toMatch(/^200000/);
  });

  it.each([
    ['nonsense', async () => 'nonsense'],
    ['no token', async () => ''],
    ['a token with no signature', async () => `${btoa('{"alg":"none"}')}.${btoa('{"sub":"alice","exp":9999999999}')}.`],
    [
      'a token signed by somebody else',
      async () => new SignJWT({ sub: 'alice', exp: 9_999_999_999 }).setProtectedHeader({ alg: 'HS256' }).sign(randomBytes(32)),
    ],
  ])('refuses %s with status 4', async (_name, make) => {
    const { server, facts } = await useRongCloud();
    const socket = openRongCloudSocket(server, await make());
    expect(await socket.next()).toBe('200004');
    expect(await socket.closed).toBe(1000);
    expect(facts.find(({ what }) => what === 'connect.refused')?.failure).toEqual({ kind: 'tokenIncorrect', code: 31004 });
  });

  it('refuses the tokens of a Secret that was refreshed', async () => {
    const { server, tokenFor, refreshSecret } = await useRongCloud();
    const old = await tokenFor('alice');
    refreshSecret();
    expect(await openRongCloudSocket(server, old).next()).toBe('200004');
    expect(await openRongCloudSocket(server, await tokenFor('alice')).next()).toMatch(/^200000/);
  });

  it('tells an expired token from a wrong one, with status 10', async () => {
    const { server, facts, tokenFor } = await useRongCloud();
    expect(await openRongCloudSocket(server, await tokenFor('alice', -1)).next()).toBe('20000a');
    expect(facts.find(({ what }) => what === 'connect.refused')?.failure).toEqual({ kind: 'tokenExpired', code: 31020 });
  });

  it('refuses another app with status 2', async () => {
    const { server, tokenFor } = await useRongCloud();
    expect(await openRongCloudSocket(server, await tokenFor('alice'), { appKey: 'other' }).next()).toBe('200002');
  });

  it('ends a link whose token runs out, with status 7', async () => {
    const issuer = createTokenIssuer();
    // let in at the last moment
    const verify = async () => ({ ok: true, userId: 'alice', expiresAt: Date.now() }) as const;
    const { server, facts } = await useRongCloud({}, { ...issuer, verify });
    const socket = openRongCloudSocket(server, 'any');
    expect(await socket.next()).toMatch(/^200000/);
    expect(await socket.next()).toBe('e00007');
    expect(facts.find(({ what }) => what === 'link.ended')).toMatchObject({
      user: 'alice',
      failure: { kind: 'tokenExpired', code: 31020 },
    });
  });

  it('ends the first link when the same user opens a second one, and only that', async () => {
    const { server, tokenFor } = await useRongCloud();
    const bob = openRongCloudSocket(server, await tokenFor('bob'));
    const first = openRongCloudSocket(server, await tokenFor('alice'));
    await Promise.all([bob.next(), first.next()]);
    const second = openRongCloudSocket(server, await tokenFor('alice'));
    expect(await second.next()).toMatch(/^200000/);
    expect(await first.next()).toBe('e00001');
    expect(await first.closed).toBe(1000);
    expect([...server.users()].sort()).toEqual(['alice', 'bob']);
  });

  it('lets both be where kicking is off', async () => {
    const { server, tokenFor } = await useRongCloud({ kick: false });
    const first = openRongCloudSocket(server, await tokenFor('alice'));
    const second = openRongCloudSocket(server, await tokenFor('alice'));
    await Promise.all([first.next(), second.next()]);
    expect(server.users()).toEqual(['alice', 'alice']);
  });

  it('ends the link of a user who is blocked, refuses a new one, and forgives', async () => {
    const { server, tokenFor } = await useRongCloud();
    const token = await tokenFor('alice');
    const live = openRongCloudSocket(server, token);
    await live.next();
    server.behave({ blocked: ['alice'] });
    expect(await live.next()).toBe('e00002');
    expect(await openRongCloudSocket(server, token).next()).toBe('200009');
    server.behave({ blocked: [] });
    expect(await openRongCloudSocket(server, token).next()).toMatch(/^200000/);
  });

  it('acknowledges what is published', async () => {
    const { server, tokenFor } = await useRongCloud();
    const socket = openRongCloudSocket(server, await tokenFor('alice'));
    await socket.next();
    socket.send('320001610001620007ffff');
    // id, seconds, status 0, ms, an id of its own
    expect(await socket.next()).toMatch(/^400007.{8}0000.{4}0024/);
  });

  it('can be told to end links with any status', async () => {
    const { server, facts, tokenFor } = await useRongCloud();
    const [alice, bob] = [openRongCloudSocket(server, await tokenFor('alice')), openRongCloudSocket(server, await tokenFor('bob'))];
    await Promise.all([alice.next(), bob.next()]);
    server.sendDisconnect(9, 'alice');
    expect(await alice.next()).toBe('e00009');
    expect(server.users()).toEqual(['bob']);
    server.sendDisconnect(77);
    expect(await bob.next()).toBe('e0004d');
    expect(facts.filter(({ what }) => what === 'link.ended').map(({ failure }) => failure)).toEqual([
      { kind: 'blocked', code: 31029 },
      { kind: 'unknown', code: 'status 77' },
    ]);
  });

  it.each<[string, (socket: RongCloudSocket) => void]>([
    ['text', (socket) => socket.sendText('{"type":"ping"}')],
    ['nothing', (socket) => socket.send('')],
    ['half a frame', (socket) => socket.send('3200')],
  ])('ends a link that sends %s', async (_name, misbehave) => {
    const { server, tokenFor } = await useRongCloud();
    const socket = openRongCloudSocket(server, await tokenFor('alice'));
    await socket.next();
    misbehave(socket);
    expect(await socket.closed).toBe(1002);
  });

  it('ends a link that sends more than the payload limit', async () => {
    const { server, tokenFor } = await useRongCloud();
    const socket = openRongCloudSocket(server, await tokenFor('alice'));
    await socket.next();
    socket.send('ff'.repeat(20_000));
    expect(await socket.closed).toBe(1009);
  });

  it('opens no more sockets than it can bear', async () => {
    const { server } = await useRongCloud({ connack: 'hang' });
    let ended = 0;
    for (let opened = 0; opened < 70; opened += 1) void openRongCloudSocket(server, 'nonsense').closed.then(() => (ended += 1));
    await happens(() => server.sockets() === 64 && ended === 6);
    expect(server.counts.upgrades).toBe(64);
  });

  it.each([
    ['a foreign Origin', { origin: 'https://evil.example' }],
    ['a foreign Host', { host: 'evil.example' }],
  ])('opens for no caller with %s', async (_name, headers) => {
    const { server, facts, tokenFor } = await useRongCloud();
    expect(await openRongCloudSocket(server, await tokenFor('alice'), { headers }).closed).toBe(1006);
    expect(facts).toEqual([]);
  });

  it('opens for our own page', async () => {
    const { server, tokenFor } = await useRongCloud();
    server.openDoor((ownPort) => localDoor(ownPort, 5173));
    const socket = openRongCloudSocket(server, await tokenFor('alice'), { headers: { origin: 'http://127.0.0.1:5173' } });
    expect(await socket.next()).toMatch(/^200000/);
  });
});

describe('the faults', () => {
  it('upgrade hang: nothing opens, until it wakes up', async () => {
    const { server, facts, tokenFor } = await useRongCloud({ upgrade: 'hang' });
    const socket = openRongCloudSocket(server, await tokenFor('alice'));
    await happens(() => server.counts.upgrades === 1);
    expect(facts).toEqual([]);
    expect(server.sockets()).toBe(1);
    server.behave({ upgrade: 'normal' });
    expect(await socket.next()).toMatch(/^200000/);
    expect(server.sockets()).toBe(1);
  });

  it('upgrade hang: who gives up is forgotten', async () => {
    const { server, facts } = await useRongCloud({ upgrade: 'hang' });
    const socket = openRongCloudSocket(server, 'nonsense');
    await happens(() => server.sockets() === 1);
    socket.close();
    await happens(() => server.sockets() === 0);
    server.behave({ upgrade: 'normal' });
    expect(facts).toEqual([]);
  });

  it('upgrade refuse: no socket', async () => {
    const { server, facts } = await useRongCloud({ upgrade: 'refuse' });
    expect(await openRongCloudSocket(server, 'nonsense').closed).toBe(1006);
    expect(facts.map(({ what }) => what)).toEqual(['socket.refused']);
  });

  it('connack hang: silence, until it wakes up', async () => {
    const { server, facts, tokenFor } = await useRongCloud({ connack: 'hang' });
    const socket = openRongCloudSocket(server, await tokenFor('alice'));
    await happens(() => facts.some(({ what }) => what === 'connect.received'));
    expect(socket.left).toEqual([]);
    expect(server.users()).toEqual([]);
    // another change does not wake it up
    server.behave({ pong: 'silent' });
    expect(server.users()).toEqual([]);
    server.behave({ connack: 'normal' });
    expect(await socket.next()).toMatch(/^200000/);
  });

  it('connack hang: judged by what holds when it wakes up', async () => {
    const { server, tokenFor, refreshSecret } = await useRongCloud({ connack: 'hang' });
    const socket = openRongCloudSocket(server, await tokenFor('alice'));
    await happens(() => server.sockets() === 1);
    refreshSecret();
    server.behave({ connack: 'normal' });
    expect(await socket.next()).toBe('200004');
  });

  it.each([
    ['redirect', 'redirect' as const, '200006'],
    ['a status of the table', { status: 8 }, '200008'],
    ['a status of no table', { status: 99 }, '200063'],
    ['drop', 'drop' as const, 'closed 1006'],
  ])('connack %s', async (_name, connack, first) => {
    const { server, tokenFor } = await useRongCloud({ connack });
    expect(await openRongCloudSocket(server, await tokenFor('alice')).next()).toBe(first);
    expect(server.counts).toMatchObject({ accepted: 0, refused: first.startsWith('20') ? 1 : 0 });
  });

  it('connack garbage: bytes that are no frame', async () => {
    const { server, tokenFor } = await useRongCloud({ connack: 'garbage' });
    expect(await openRongCloudSocket(server, await tokenFor('alice')).next()).toMatch(/^f0/);
  });

  it('pong silent: pings are counted and not answered', async () => {
    const { server, tokenFor } = await useRongCloud({ pong: 'silent' });
    const socket = openRongCloudSocket(server, await tokenFor('alice'));
    await socket.next();
    socket.send('c0');
    await happens(() => server.counts.pings === 1);
    server.behave({ pong: 'normal' });
    socket.send('c0');
    expect(await socket.next()).toBe('d0');
    expect(socket.left).toEqual([]);
  });

  it('dropLinks: every socket is cut without a word, opened or not', async () => {
    const { server, tokenFor } = await useRongCloud();
    const up = openRongCloudSocket(server, await tokenFor('alice'));
    await up.next();
    server.behave({ upgrade: 'hang' });
    const waiting = openRongCloudSocket(server, 'nonsense');
    await happens(() => server.sockets() === 2);
    server.dropLinks();
    expect(await Promise.all([up.closed, waiting.closed])).toEqual([1006, 1006]);
    expect(up.left).toEqual([]);
    await happens(() => server.sockets() === 0);
  });

  it('counts anew when told so', async () => {
    const { server } = await useRongCloud();
    await askNavi(server);
    server.resetCounts();
    expect(server.counts).toEqual({ navi: 0, upgrades: 0, accepted: 0, refused: 0, pings: 0 });
  });
});

it('closes with sockets open, requests waiting and links held', async () => {
  const { server, tokenFor } = await useRongCloud();
  const up = openRongCloudSocket(server, await tokenFor('alice'));
  await up.next();
  server.behave({ navi: 'hang', connack: 'hang' });
  const held = openRongCloudSocket(server, await tokenFor('bob'));
  const asked = askNavi(server).catch(() => 'cut');
  await happens(() => server.counts.navi === 1 && server.sockets() === 2);
  await server.close();
  expect(await Promise.all([up.closed, held.closed, asked])).toEqual([1006, 1006, 'cut']);
});
