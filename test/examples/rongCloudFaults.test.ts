import { describe, expect, it } from 'vitest';
import { postJson, rawRequest } from './support/rawRequest.ts';
import { happens } from './support/rongCloud.ts';
import { openRongCloudSocket } from './support/rongCloudSocket.ts';
import { observed, tokenFor, useServers } from './support/useServers.ts';

const accepted = /^200000/;

describe('the RongCloud server beside the App Server', () => {
  it('is where the login says, and takes the tokens of the App Server', async () => {
    const servers = await useServers();
    const { text } = await postJson(`${servers.appUrl}/login`, { user: 'alice', password: servers.passwords.alice });
    const { appKey, naviUrl } = servers.rongCloud;
    expect(JSON.parse(text)).toMatchObject({ imUrl: servers.im.url, rongCloud: { appKey, naviUrl } });
    const socket = openRongCloudSocket(servers.rongCloud, await tokenFor(servers, 'alice'));
    expect(await socket.next()).toMatch(accepted);
    expect(servers.rongCloud.users()).toEqual(['alice']);
  });

  it('refuses the tokens of before when the Secret was refreshed', async () => {
    const servers = await useServers();
    const old = await tokenFor(servers, 'alice');
    servers.faults.apply({ do: 'refreshSecret' });
    expect(await openRongCloudSocket(servers.rongCloud, old).next()).toBe('200004');
    expect(await openRongCloudSocket(servers.rongCloud, await tokenFor(servers, 'alice')).next()).toMatch(accepted);
  });

  it('opens its door to our own page, and to no other', async () => {
    const servers = await useServers();
    const ask = (origin: string) =>
      rawRequest(`${servers.rongCloud.naviUrl}/v2/navi.json?cloud=0`, {
        method: 'POST',
        headers: { origin, 'rc-appkey': servers.rongCloud.appKey },
        body: 'token=x',
      });
    expect(await ask(servers.appUrl)).toMatchObject({ status: 200, headers: { 'access-control-allow-origin': servers.appUrl } });
    expect((await ask('http://127.0.0.1:1')).status).toBe(403);
  });

  it('closes with the others', async () => {
    const servers = await useServers();
    await servers.close();
    await expect(rawRequest(servers.rongCloud.naviUrl)).rejects.toThrow('ECONNREFUSED');
  });
});

describe("the IM server's switches, at the RongCloud server", () => {
  it.each([
    ['refuse', undefined, 'closed 1006'],
    ['busy', undefined, '200003'],
    ['error', 31_008, '200008'],
    // In no table of RongCloud's: a byte that the SDK makes no code of.
    ['error', 30_042, '200018'],
  ] as const)('%s %s', async (mode, errorCode, answer) => {
    const servers = await useServers();
    servers.faults.apply({ do: 'imServer', mode, ...(errorCode && { errorCode }) });
    const token = await tokenFor(servers, 'alice');
    expect(await openRongCloudSocket(servers.rongCloud, token).next()).toBe(answer);
    servers.faults.apply({ do: 'reset' });
    expect(await openRongCloudSocket(servers.rongCloud, token).next()).toMatch(accepted);
  });

  it('hang keeps silent until it is over, and does not answer a ping meanwhile', async () => {
    const servers = await useServers();
    const inside = openRongCloudSocket(servers.rongCloud, await tokenFor(servers, 'bob'));
    expect(await inside.next()).toMatch(accepted);
    servers.faults.apply({ do: 'imServer', mode: 'hang' });
    const outside = openRongCloudSocket(servers.rongCloud, await tokenFor(servers, 'alice'));
    inside.send('c0');
    await observed(servers, ({ what, user }) => what === 'connect.received' && user === undefined);
    await happens(() => servers.rongCloud.counts.pings === 1 && servers.rongCloud.sockets() === 2);
    expect([...inside.left, ...outside.left]).toEqual([]);
    servers.faults.apply({ do: 'imServer', mode: 'normal' });
    expect(await outside.next()).toMatch(accepted);
    inside.send('c0');
    expect(await inside.next()).toBe('d0');
  });

  it('a blocked user is sent away, and stays outside', async () => {
    const servers = await useServers();
    const token = await tokenFor(servers, 'alice');
    const socket = openRongCloudSocket(servers.rongCloud, token);
    expect(await socket.next()).toMatch(accepted);
    servers.faults.apply({ do: 'block', user: 'alice', blocked: true });
    expect(await socket.next()).toBe('e00002');
    expect(await openRongCloudSocket(servers.rongCloud, token).next()).toBe('200009');
  });

  it('dropped links end without a word, a restart sends everybody to the address lookup again', async () => {
    const servers = await useServers();
    const token = await tokenFor(servers, 'alice');
    const first = openRongCloudSocket(servers.rongCloud, token);
    expect(await first.next()).toMatch(accepted);
    servers.faults.apply({ do: 'dropLinks' });
    expect(await first.next()).toBe('closed 1006');
    const second = openRongCloudSocket(servers.rongCloud, token);
    expect(await second.next()).toMatch(accepted);
    servers.faults.apply({ do: 'restartImServer' });
    expect(await second.next()).toBe('e00006');
  });
});
