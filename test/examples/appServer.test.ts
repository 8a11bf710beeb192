import { decodeJwt, decodeProtectedHeader } from 'jose';
import { describe, expect, it } from 'vitest';
import { postJson, rawRequest } from './support/rawRequest.ts';
import { logInAs, observed, tokenFor, useServers } from './support/useServers.ts';

describe('the App Server', () => {
  it('answers a login with a session, and a session with a signed token for that user', async () => {
    const servers = await useServers();
    const session = await logInAs(servers, 'alice');
    const answer = await postJson(`${servers.appUrl}/token`, { reason: 'initial' }, session);
    expect(answer.status).toBe(200);
    expect(answer.headers['cache-control']).toBe('no-store');
    const { token, expiresAt } = JSON.parse(answer.text) as { token: string; expiresAt: number };
    expect(decodeProtectedHeader(token).alg).toBe('HS256');
    const claims = decodeJwt(token);
    expect(claims.sub).toBe('alice');
    expect(expiresAt).toBe((claims.exp ?? 0) * 1000);
  });

  it('never issues the same token twice, not even within one second', async () => {
    const servers = await useServers();
    const tokens = await Promise.all([1, 2, 3].map(() => tokenFor(servers, 'alice')));
    expect(new Set(tokens).size).toBe(3);
  });

  it.each([
    ['a wrong password', { user: 'alice', password: 'wrong' }],
    ['an unknown user', { user: 'mallory', password: 'wrong' }],
    ['no password', { user: 'alice' }],
    ['something else', [1, 2, 3]],
  ])('logs nobody in with %s', async (_name, body) => {
    const servers = await useServers();
    expect((await postJson(`${servers.appUrl}/login`, body)).status).toBe(401);
  });

  it("does not take bob's password for alice", async () => {
    const servers = await useServers();
    expect((await postJson(`${servers.appUrl}/login`, { user: 'alice', password: servers.passwords.bob })).status).toBe(401);
  });

  it('issues no token without a session, nor after a logout', async () => {
    const servers = await useServers();
    const url = `${servers.appUrl}/token`;
    expect((await postJson(url, { reason: 'initial' })).status).toBe(401);
    expect((await postJson(url, { reason: 'initial' }, 'invented')).status).toBe(401);
    const session = await logInAs(servers, 'alice');
    expect((await postJson(`${servers.appUrl}/logout`, {}, session)).status).toBe(204);
    expect((await postJson(url, { reason: 'initial' }, session)).status).toBe(401);
  });

  it('wants to know why a token is asked for', async () => {
    const servers = await useServers();
    const session = await logInAs(servers, 'alice');
    expect((await postJson(`${servers.appUrl}/token`, { reason: 'because' }, session)).status).toBe(400);
    await postJson(`${servers.appUrl}/token`, { reason: 'incorrect' }, session);
    expect(servers.facts.filter(({ what }) => what === 'token.issued').map(({ reason }) => reason)).toEqual(['incorrect']);
  });
});

describe('the door of the App Server', () => {
  const json = { 'content-type': 'application/json' };

  it.each([
    ['a foreign Host (DNS rebinding)', { host: 'evil.example' }],
    ['the right name with another port', { host: '127.0.0.1:1' }],
    ['a foreign Origin', { origin: 'https://evil.example' }],
    ['the Origin of another local page', { origin: 'http://localhost:1' }],
    ['the opaque Origin of a sandboxed frame', { origin: 'null' }],
  ])('stays shut for %s', async (_name, headers) => {
    const servers = await useServers();
    const answer = await rawRequest(`${servers.appUrl}/login`, { method: 'POST', headers: { ...json, ...headers }, body: '{}' });
    expect(answer.status).toBe(403);
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  });

  it('opens for our own page', async () => {
    const servers = await useServers();
    const body = JSON.stringify({ user: 'alice', password: servers.passwords.alice });
    const answer = await rawRequest(`${servers.appUrl}/login`, { method: 'POST', headers: { ...json, origin: servers.appUrl }, body });
    expect(answer.status).toBe(200);
  });

  it.each(['/nothing', '/login/', '/../etc/passwd', '//login', '/constructor'])('knows no %s', async (path) => {
    const servers = await useServers();
    expect((await rawRequest(`${servers.appUrl}${path}`)).status).toBe(404);
  });

  it('says which methods a route has', async () => {
    const servers = await useServers();
    const answer = await rawRequest(`${servers.appUrl}/token`);
    expect(answer.status).toBe(405);
    expect(answer.headers.allow).toBe('POST');
    expect((await rawRequest(`${servers.appUrl}/token`, { method: 'DELETE' })).status).toBe(405);
    expect((await rawRequest(`${servers.appUrl}/token`, { method: 'OPTIONS' })).status).toBe(405);
  });

  it('takes JSON only, whole and small', async () => {
    const servers = await useServers();
    const url = `${servers.appUrl}/login`;
    expect((await rawRequest(url, { method: 'POST', headers: { 'content-type': 'text/plain' }, body: '{}' })).status).toBe(415);
    expect((await rawRequest(url, { method: 'POST', body: '{}' })).status).toBe(415);
    expect((await rawRequest(url, { method: 'POST', headers: json, body: '{"user":' })).status).toBe(400);
    expect((await rawRequest(url, { method: 'POST', headers: json, body: `"${'x'.repeat(5_000)}"` })).status).toBe(413);
  });
});

describe('the faults of the App Server', () => {
  it.each([
    ['unauthorized', 401, undefined],
    ['forbidden', 403, undefined],
    ['tooMany', 429, '3'],
    ['broken', 500, undefined],
  ] as const)('%s answers %i', async (mode, status, retryAfter) => {
    const servers = await useServers();
    const session = await logInAs(servers, 'alice');
    servers.faults.apply({ do: 'appServer', mode });
    const answer = await postJson(`${servers.appUrl}/token`, { reason: 'initial' }, session);
    expect(answer.status).toBe(status);
    expect(answer.headers['retry-after']).toBe(retryAfter);
    expect(answer.text).not.toContain('token"');
  });

  it('garbage is a page instead of a token', async () => {
    const servers = await useServers();
    const session = await logInAs(servers, 'alice');
    servers.faults.apply({ do: 'appServer', mode: 'garbage' });
    const answer = await postJson(`${servers.appUrl}/token`, { reason: 'initial' }, session);
    expect(answer.status).toBe(200);
    expect(answer.text).toMatch(/^<h1>/);
  });

  it('hang answers never: it ends when the caller gives up', async () => {
    const servers = await useServers();
    const session = await logInAs(servers, 'alice');
    servers.faults.apply({ do: 'appServer', mode: 'hang' });
    const giveUp = new AbortController();
    const answer = postJson(`${servers.appUrl}/token`, { reason: 'initial' }, session, giveUp.signal).catch(() => 'given up');
    // A login that comes later is answered: it is this request that hangs, not the server.
    await logInAs(servers, 'bob');
    giveUp.abort();
    expect(await answer).toBe('given up');
    const fact = await observed(servers, ({ what }) => what === 'token.notIssued');
    expect(fact.text).toContain('hung');
  });

  it('slow answers in its own time, with a good token', async () => {
    const servers = await useServers({ slowMs: 1 });
    const session = await logInAs(servers, 'alice');
    servers.faults.apply({ do: 'appServer', mode: 'slow' });
    expect((await postJson(`${servers.appUrl}/token`, { reason: 'initial' }, session)).status).toBe(200);
  });

  it('slow notices that the caller would not wait', async () => {
    const servers = await useServers({ slowMs: 2 ** 31 - 1 });
    const session = await logInAs(servers, 'alice');
    servers.faults.apply({ do: 'appServer', mode: 'slow' });
    const giveUp = new AbortController();
    const answer = postJson(`${servers.appUrl}/token`, { reason: 'initial' }, session, giveUp.signal).catch(() => 'given up');
    await logInAs(servers, 'bob');
    giveUp.abort();
    expect(await answer).toBe('given up');
    expect((await observed(servers, ({ what }) => what === 'token.notIssued')).text).toContain('went away');
    expect(servers.facts.some(({ what }) => what === 'token.issued')).toBe(false);
  });
});
