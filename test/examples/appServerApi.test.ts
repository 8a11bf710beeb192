import { describe, expect, it } from 'vitest';
import { fetchTokenFrom, logIn, logOut } from '../../examples/local-im/client/appServerApi.ts';
import { useServers } from './support/useServers.ts';

const request = (signal = new AbortController().signal) => ({ reason: 'initial', attempt: 0, signal }) as const;

describe('fetchToken over HTTP', () => {
  it('hands over the token and its end', async () => {
    const { appUrl, passwords } = await useServers();
    const answer = await fetchTokenFrom(appUrl, await logIn(appUrl, 'alice', passwords.alice))(request());
    expect(answer).toEqual({ token: expect.stringMatching(/^eyJ/) as string, expiresAt: expect.any(Number) as number });
  });

  it.each([
    ['unauthorized', { kind: 'forbidden', code: 401 }],
    ['forbidden', { kind: 'forbidden', code: 403 }],
    ['tooMany', { kind: 'server', code: 429, retryAfter: 3_000 }],
    ['broken', { kind: 'server', code: 500 }],
    ['garbage', { kind: 'unknown', code: 200 }],
  ] as const)('translates %s', async (mode, failure) => {
    const { appUrl, passwords, faults } = await useServers();
    const fetchToken = fetchTokenFrom(appUrl, await logIn(appUrl, 'alice', passwords.alice));
    faults.apply({ do: 'appServer', mode });
    await expect(Promise.resolve(fetchToken(request()))).rejects.toMatchObject(failure);
  });

  it('is forbidden after a logout', async () => {
    const { appUrl, passwords } = await useServers();
    const login = await logIn(appUrl, 'alice', passwords.alice);
    await logOut(appUrl, login);
    await expect(Promise.resolve(fetchTokenFrom(appUrl, login)(request()))).rejects.toMatchObject({ kind: 'forbidden' });
  });

  it('calls an App Server that is not there a network failure', async () => {
    const servers = await useServers();
    const login = await logIn(servers.appUrl, 'alice', servers.passwords.alice);
    await servers.close();
    await expect(Promise.resolve(fetchTokenFrom(servers.appUrl, login)(request()))).rejects.toMatchObject({ kind: 'network' });
  });

  it('stops when it is told to', async () => {
    const { appUrl, passwords, faults } = await useServers();
    const fetchToken = fetchTokenFrom(appUrl, await logIn(appUrl, 'alice', passwords.alice));
    faults.apply({ do: 'appServer', mode: 'hang' });
    const stop = new AbortController();
    const answer = Promise.resolve(fetchToken(request(stop.signal)));
    stop.abort();
    await expect(answer).rejects.toMatchObject({ name: 'AbortError' });
  });
});
