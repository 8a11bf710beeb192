import { describe, expect, it, vi } from 'vitest';
import { logIn } from '../../examples/local-im/client/appServerApi.ts';
import type { MessageStore, StoredMessage } from '../../examples/local-im/client/MessageStore.ts';
import { openRongCloudChat, type RongCloudChat } from '../../examples/local-rongcloud/client/openRongCloudChat.ts';
import type { Person } from '../../examples/local-im/shared/people.ts';
import type { Servers } from '../../examples/local-im/server/startServers.ts';
import { happens } from './support/rongCloud.ts';
import { atEnd, useServers } from './support/useServers.ts';

/** A database that is an array. */
const emptyStore = async (): Promise<MessageStore> => {
  const kept = new Map<string, StoredMessage>();
  return { all: async () => [...kept.values()], put: async (message) => void kept.set(message.id, message), close: () => undefined };
};

async function useDevice(servers: Servers, user: Person): Promise<RongCloudChat> {
  const device = await openRongCloudChat({
    appUrl: servers.appUrl,
    login: await logIn(servers.appUrl, user, servers.passwords[user]),
    openMessages: emptyStore,
    policy: { backoffMin: 10, backoffMax: 50 },
  });
  atEnd(async () => {
    await device.chat.connection.disconnect();
    device.scope.close();
  });
  return device;
}

describe("the chat over RongCloud's SDK, in a page played by Node", { timeout: 60_000 }, () => {
  it('connects, and asks for nothing but its own servers in vain', async () => {
    const servers = await useServers();
    const { chat, scope } = await useDevice(servers, 'alice');
    chat.connection.connect();
    expect(await chat.connection.whenConnected()).toEqual({ userId: 'alice' });
    expect(servers.rongCloud.users()).toEqual(['alice']);
    await happens(() => scope.blocked.length > 0);
    // What the SDK's `init` asks, and works without.
    expect(scope.blocked).toEqual(['dualstack-cloudcontrol.rong-edge.com']);
    expect(scope.errors).toEqual([]);
  });

  it('has an SDK of its own on each device: two users at once', async () => {
    const servers = await useServers();
    const devices = await Promise.all([useDevice(servers, 'alice'), useDevice(servers, 'bob')]);
    for (const { chat } of devices) chat.connection.connect();
    const users = await Promise.all(devices.map(({ chat }) => chat.connection.whenConnected()));
    expect(users).toEqual([{ userId: 'alice' }, { userId: 'bob' }]);
    expect([...servers.rongCloud.users()].sort()).toEqual(['alice', 'bob']);
  });

  it('sends what was written while there was no link, with the SDK’s own function, once there is one', async () => {
    const servers = await useServers();
    const { chat } = await useDevice(servers, 'alice');
    chat.send('written on a plane');
    expect(chat.messages).toMatchObject([{ state: 'sent' }]);
    chat.connection.connect();
    await vi.waitFor(() => expect(chat.messages).toMatchObject([{ text: 'written on a plane', state: 'acknowledged' }]), {
      timeout: 50_000,
    });
  });

  it('is told no code for an answer that stands in no table', async () => {
    const servers = await useServers();
    const { chat } = await useDevice(servers, 'alice');
    servers.faults.apply({ do: 'imServer', mode: 'error', errorCode: 30_042 });
    chat.connection.connect();
    await happens(() => chat.connection.getSnapshot().failure !== undefined);
    expect(chat.connection.getSnapshot().failure).toMatchObject({ kind: 'unknown' });
    expect(chat.connection.getSnapshot().failure?.code).toBeUndefined();
  });

  it('hears of a restart as a redirection, which the SDK follows by itself', async () => {
    const servers = await useServers();
    const { chat } = await useDevice(servers, 'alice');
    const statuses: string[] = [];
    chat.connection.subscribe(({ status }) => void (statuses.at(-1) !== status && statuses.push(status)));
    chat.connection.connect();
    await chat.connection.whenConnected();
    servers.faults.apply({ do: 'restartImServer' });
    await happens(() => statuses.includes('recovering') && statuses.at(-1) === 'connected');
    expect(statuses.slice(statuses.indexOf('connected'))).toEqual(['connected', 'recovering', 'connected']);
    expect(servers.rongCloud.sockets()).toBe(1);
  });
});
