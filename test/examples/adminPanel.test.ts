import { describe, expect, it } from 'vitest';
import { noFaults } from '../../examples/local-im/shared/faults.ts';
import { postJson, rawRequest } from './support/rawRequest.ts';
import { useServers } from './support/useServers.ts';

describe('the admin panel', () => {
  it.each([
    ['GET', '/admin/faults'],
    ['POST', '/admin/faults'],
    ['GET', '/admin/passwords'],
  ])('%s %s answers 403 without the key, and does nothing', async (method, path) => {
    const servers = await useServers();
    const body = JSON.stringify({ do: 'appServer', mode: 'broken' });
    const ask = (headers: Record<string, string>) =>
      rawRequest(`${servers.appUrl}${path}`, {
        method,
        headers: { 'content-type': 'application/json', ...headers },
        ...(method === 'POST' && { body }),
      });
    for (const key of [undefined, '', 'wrong', servers.adminKey.slice(1), `${servers.adminKey}x`, servers.adminKey.toLowerCase()]) {
      const answer = await ask(key === undefined ? {} : { authorization: `Bearer ${key}` });
      expect(answer.status, `key: ${key}`).toBe(403);
      expect(answer.text).not.toContain(servers.passwords.alice);
    }
    expect((await ask({ authorization: servers.adminKey })).status).toBe(403);
    expect(
      (
        await rawRequest(`${servers.appUrl}${path}?key=${servers.adminKey}`, {
          method,
          headers: { 'content-type': 'application/json' },
          ...(method === 'POST' && { body }),
        })
      ).status,
    ).toBe(403);
    expect(servers.faults.state).toEqual(noFaults);
  });

  it('flicks the same switches as the story', async () => {
    const servers = await useServers();
    const flick = (command: unknown) => postJson(`${servers.appUrl}/admin/faults`, command, servers.adminKey);
    expect(JSON.parse((await flick({ do: 'appServer', mode: 'broken' })).text)).toEqual({ ...noFaults, appServer: 'broken' });
    await flick({ do: 'imServer', mode: 'error', errorCode: 7 });
    await flick({ do: 'tokenLife', seconds: 20 });
    await flick({ do: 'block', user: 'bob', blocked: true });
    expect(servers.faults.state).toEqual({ appServer: 'broken', imServer: 'error', errorCode: 7, tokenLifeSeconds: 20, blocked: ['bob'] });
    await flick({ do: 'reset' });
    expect(servers.faults.state).toEqual(noFaults);
  });

  it.each([
    null,
    [],
    'reset',
    {},
    { do: 'explode' },
    { do: 'appServer', mode: 'constructor' },
    { do: 'imServer', mode: 'error', errorCode: 1.5 },
    { do: 'imServer', mode: 'error', errorCode: '30042' },
    { do: 'tokenLife', seconds: -1 },
    { do: 'block', user: 'mallory', blocked: true },
    { do: 'block', user: 'alice', blocked: 'yes' },
  ])('refuses %j', async (command) => {
    const servers = await useServers();
    expect((await postJson(`${servers.appUrl}/admin/faults`, command, servers.adminKey)).status).toBe(400);
    expect(servers.faults.state).toEqual(noFaults);
  });

  it('has a new key and new passwords at each start', async () => {
    const [one, other] = await Promise.all([useServers(), useServers()]);
    expect(one.adminKey).not.toBe(other.adminKey);
    expect(one.adminKey.length).toBeGreaterThanOrEqual(22);
    expect(one.passwords.alice).not.toBe(other.passwords.alice);
  });
});
