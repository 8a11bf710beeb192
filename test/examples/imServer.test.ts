import { randomBytes } from 'node:crypto';
import { SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { openSocket } from './support/openSocket.ts';
import { knock, observed, tokenFor, useServers } from './support/useServers.ts';

describe('the handshake of the IM server', () => {
  it('accepts a token of the App Server', async () => {
    const servers = await useServers();
    const socket = await knock(servers, await tokenFor(servers, 'alice'));
    expect(await socket.next()).toEqual({ type: 'success', userId: 'alice' });
    expect(servers.im.users()).toEqual(['alice']);
  });

  it('refuses every token of a Secret that was refreshed, and takes a new one', async () => {
    const servers = await useServers();
    const old = await tokenFor(servers, 'alice');
    servers.faults.apply({ do: 'refreshSecret' });
    const refused = await knock(servers, old);
    expect(await refused.next()).toEqual({ type: 'error', kind: 'tokenIncorrect', code: 31004 });
    expect(await refused.closed).toBe(4401);
    const welcome = await knock(servers, await tokenFor(servers, 'alice', 'incorrect'));
    expect(await welcome.next()).toMatchObject({ type: 'success' });
  });

  it.each([
    ['nonsense', async () => 'nonsense'],
    ['a token with no signature', async () => `${btoa('{"alg":"none"}')}.${btoa('{"sub":"alice","exp":9999999999}')}.`],
    [
      'a token signed by somebody else',
      async () => new SignJWT({ sub: 'alice', exp: 9_999_999_999 }).setProtectedHeader({ alg: 'HS256' }).sign(randomBytes(32)),
    ],
  ])('refuses %s', async (_name, make) => {
    const servers = await useServers();
    const socket = await knock(servers, await make());
    expect(await socket.next()).toMatchObject({ type: 'error', kind: 'tokenIncorrect' });
    expect(await socket.closed).toBe(4401);
  });

  it('tells an expired token from a wrong one', async () => {
    const secret = randomBytes(32);
    const servers = await useServers({ newSecret: () => secret });
    const expired = await new SignJWT()
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject('alice')
      .setIssuer('local-im/app-server')
      .setAudience('local-im/im-server')
      .setExpirationTime(1)
      .sign(secret);
    expect(await (await knock(servers, expired)).next()).toMatchObject({ type: 'error', kind: 'tokenExpired', code: 31020 });
  });

  it('renews in band, but not to another user', async () => {
    const servers = await useServers();
    const socket = await knock(servers, await tokenFor(servers, 'alice'));
    await socket.next();
    socket.send({ type: 'renew', token: await tokenFor(servers, 'alice') });
    expect(await socket.next()).toEqual({ type: 'success', userId: 'alice' });
    socket.send({ type: 'renew', token: await tokenFor(servers, 'bob') });
    expect(await socket.next()).toMatchObject({ type: 'error', kind: 'tokenIncorrect' });
  });

  it('answers pings', async () => {
    const servers = await useServers();
    const socket = await knock(servers, await tokenFor(servers, 'alice'));
    await socket.next();
    socket.send({ type: 'ping' });
    expect(await socket.next()).toEqual({ type: 'pong' });
  });

  it.each([
    ['text that is not JSON', 'hello'],
    ['a number', '1'],
    ['an unknown type', '{"type":"shutdown"}'],
    ['a message before the handshake', '{"type":"message","id":"1","text":"hi"}'],
    ['a connect without a token', '{"type":"connect"}'],
    ['a connect with a token that is no text', '{"type":"connect","token":{}}'],
    ['binary', Buffer.from('{"type":"ping"}')],
  ])('ends a link that sends %s', async (_name, data) => {
    const servers = await useServers();
    const socket = await openSocket(servers.im.url);
    socket.sendRaw(data);
    expect(await socket.closed).toBe(4400);
  });

  it('ends a link that sends more than the payload limit', async () => {
    const servers = await useServers();
    const socket = await openSocket(servers.im.url);
    socket.sendRaw(JSON.stringify({ type: 'connect', token: 'x'.repeat(20_000) }));
    expect(await socket.closed).toBe(1009);
  });

  it.each([
    ['a foreign Origin', { origin: 'https://evil.example' }],
    ['a foreign Host', { host: 'evil.example' }],
  ])('opens no socket for %s', async (_name, headers) => {
    const servers = await useServers();
    expect(await (await openSocket(servers.im.url, headers)).closed).toBe(1006);
    expect(servers.facts.some(({ what }) => what === 'socket.opened')).toBe(false);
  });

  it('opens one for our own page', async () => {
    const servers = await useServers();
    const socket = await openSocket(servers.im.url, { origin: servers.appUrl });
    socket.send({ type: 'ping' });
    expect(await socket.next()).toEqual({ type: 'pong' });
  });
});

describe('messages', () => {
  it('are acknowledged to the sender and handed to the others, once', async () => {
    const servers = await useServers();
    const alice = await knock(servers, await tokenFor(servers, 'alice'));
    const bob = await knock(servers, await tokenFor(servers, 'bob'));
    await Promise.all([alice.next(), bob.next()]);
    const message = { type: 'message', id: 'm1', text: 'hello' };
    alice.send(message);
    const acknowledged = await alice.next();
    expect(acknowledged).toMatchObject({ type: 'ack', id: 'm1' });
    expect(await bob.next()).toMatchObject({ type: 'message', from: 'alice', text: 'hello' });
    alice.send(message);
    expect(await alice.next()).toEqual(acknowledged);
    bob.send({ type: 'ping' });
    expect(await bob.next()).toEqual({ type: 'pong' });
  });

  it('may be meant for one', async () => {
    const servers = await useServers();
    const alice = await knock(servers, await tokenFor(servers, 'alice'));
    const bob = await knock(servers, await tokenFor(servers, 'bob'));
    await Promise.all([alice.next(), bob.next()]);
    alice.send({ type: 'message', id: 'm1', text: 'not for bob', to: 'carol' });
    alice.send({ type: 'message', id: 'm2', text: 'for bob', to: 'bob' });
    expect(await bob.next()).toMatchObject({ text: 'for bob' });
  });
});

describe('the faults of the IM server', () => {
  it('refuse: no socket opens', async () => {
    const servers = await useServers();
    servers.faults.apply({ do: 'imServer', mode: 'refuse' });
    expect(await (await openSocket(servers.im.url)).closed).toBe(1006);
    expect(servers.facts.some(({ what }) => what === 'socket.refused')).toBe(true);
  });

  it('busy: an error with the time to wait', async () => {
    const servers = await useServers();
    servers.faults.apply({ do: 'imServer', mode: 'busy' });
    const socket = await knock(servers, await tokenFor(servers, 'alice'));
    expect(await socket.next()).toEqual({ type: 'error', kind: 'server', code: 31003, retryAfter: 2_000 });
    expect(await socket.closed).toBe(1013);
  });

  it('hang: silence until it ends, then the answer', async () => {
    const servers = await useServers();
    servers.faults.apply({ do: 'imServer', mode: 'hang' });
    const socket = await knock(servers, await tokenFor(servers, 'alice'));
    await observed(servers, ({ what }) => what === 'connect.received');
    expect(socket.left).toEqual([]);
    expect(servers.im.users()).toEqual([]);
    servers.faults.apply({ do: 'imServer', mode: 'normal' });
    expect(await socket.next()).toEqual({ type: 'success', userId: 'alice' });
  });

  it('error: the code that was asked for', async () => {
    const servers = await useServers();
    servers.faults.apply({ do: 'imServer', mode: 'error', errorCode: 12345 });
    const socket = await knock(servers, await tokenFor(servers, 'alice'));
    expect(await socket.next()).toEqual({ type: 'error', kind: 'unknown', code: 12345 });
  });

  it('drop: every socket is cut without a word', async () => {
    const servers = await useServers();
    const socket = await knock(servers, await tokenFor(servers, 'alice'));
    await socket.next();
    servers.faults.apply({ do: 'dropLinks' });
    expect(await socket.closed).toBe(1006);
    expect(socket.left).toEqual([]);
  });

  it('restart: everybody is told how long to wait', async () => {
    const servers = await useServers();
    const socket = await knock(servers, await tokenFor(servers, 'alice'));
    await socket.next();
    servers.faults.apply({ do: 'restartImServer' });
    expect(await socket.next()).toMatchObject({ type: 'error', kind: 'server', retryAfter: 2_000 });
    expect(await socket.closed).toBe(1013);
  });

  it('a second login kicks the first, and only that', async () => {
    const servers = await useServers();
    const bob = await knock(servers, await tokenFor(servers, 'bob'));
    const first = await knock(servers, await tokenFor(servers, 'alice'));
    await Promise.all([bob.next(), first.next()]);
    const second = await knock(servers, await tokenFor(servers, 'alice'));
    expect(await second.next()).toMatchObject({ type: 'success' });
    expect(await first.next()).toEqual({ type: 'error', kind: 'kicked', code: 31010 });
    expect(await first.closed).toBe(4409);
    expect([...servers.im.users()].sort()).toEqual(['alice', 'bob']);
  });

  it('block: the live link ends, a new one is refused, until forgiven', async () => {
    const servers = await useServers();
    const token = await tokenFor(servers, 'alice');
    const live = await knock(servers, token);
    await live.next();
    servers.faults.apply({ do: 'block', user: 'alice', blocked: true });
    expect(await live.next()).toEqual({ type: 'error', kind: 'blocked', code: 31009 });
    expect(await live.closed).toBe(4403);
    expect(await (await knock(servers, token)).next()).toMatchObject({ kind: 'blocked' });
    servers.faults.apply({ do: 'block', user: 'alice', blocked: false });
    expect(await (await knock(servers, token)).next()).toMatchObject({ type: 'success' });
  });
});
