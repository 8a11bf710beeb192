import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { logIn } from '../../examples/local-im/client/appServerApi.ts';
import type { MakeLine } from '../../examples/local-im/client/Line.ts';
import { createChat, type Chat } from '../../examples/local-im/client/createChat.ts';
import { webSocketLine } from '../../examples/local-im/client/webSocketLine.ts';
import { openLibsqlMessages } from '../../examples/local-im/client/openLibsqlMessages.ts';
import type { OpenMessages, StoredMessage } from '../../examples/local-im/client/MessageStore.ts';
import type { Person } from '../../examples/local-im/shared/people.ts';
import type { Servers } from '../../examples/local-im/server/startServers.ts';
import { atEnd, knock, tokenFor, useServers } from './support/useServers.ts';

interface WatchedChat extends Chat {
  /** Resolves when the list of messages looks so. */
  until(looks: (messages: readonly StoredMessage[]) => boolean): Promise<void>;
}

async function useChat(
  servers: Servers,
  user: Person,
  openMessages: OpenMessages,
  makeLine: MakeLine = webSocketLine(WebSocket) as MakeLine,
): Promise<WatchedChat> {
  const looking = new Set<() => void>();
  const chat = createChat({
    appUrl: servers.appUrl,
    login: await logIn(servers.appUrl, user, servers.passwords[user]),
    openMessages,
    makeLine,
    policy: { backoffMin: 10, backoffMax: 50 },
    onMessages: () => {
      for (const look of [...looking]) look();
    },
  });
  atEnd(() => chat.connection[Symbol.asyncDispose]());
  return {
    connection: chat.connection,
    get messages() {
      return chat.messages;
    },
    send: (text) => chat.send(text),
    until: (looks) =>
      new Promise((resolve) => {
        const look = () => {
          if (!looks(chat.messages)) return;
          looking.delete(look);
          resolve();
        };
        looking.add(look);
        look();
      }),
  };
}

async function useFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'local-im-test-'));
  atEnd(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

describe('the chat', () => {
  it('sends what was written while there was no link, once there is one, and keeps it', async () => {
    const servers = await useServers();
    const open = openLibsqlMessages(await useFolder());
    const chat = await useChat(servers, 'alice', open);
    chat.send('written on a plane');
    expect(chat.messages.map(({ state }) => state)).toEqual(['sent']);
    chat.connection.connect();
    await chat.until((messages) => messages.some(({ state }) => state === 'acknowledged'));
    await chat.connection.disconnect();
    expect(chat.messages).toEqual([]);
    const store = await open('alice');
    expect(await store.all()).toMatchObject([{ text: 'written on a plane', state: 'acknowledged' }]);
    store.close();
  });

  it('sends again what was not acknowledged before the link was lost, and the server takes it once', async () => {
    const servers = await useServers();
    const chat = await useChat(servers, 'alice', openLibsqlMessages(await useFolder()));
    chat.connection.connect();
    await chat.connection.whenConnected();
    servers.faults.apply({ do: 'imServer', mode: 'hang' });
    chat.send('are you there?');
    servers.faults.apply({ do: 'dropLinks' });
    servers.faults.apply({ do: 'imServer', mode: 'normal' });
    await chat.until((messages) => messages.some(({ state }) => state === 'acknowledged'));
    expect(servers.facts.filter(({ what }) => what === 'message.received')).toHaveLength(1);
  });

  it('keeps what could not be sent because the socket was closing, and nobody who types sees an error', async () => {
    const servers = await useServers();
    let isClosing = true;
    const makeLine: MakeLine = (parts) => {
      const line = webSocketLine(WebSocket)(parts) as ReturnType<MakeLine>;
      return {
        ...line,
        send(link, message) {
          if (isClosing) throw new Error('the link is not open, nothing was sent');
          line.send(link, message);
        },
      };
    };
    const chat = await useChat(servers, 'alice', openLibsqlMessages(await useFolder()), makeLine);
    chat.connection.connect();
    await chat.connection.whenConnected();
    chat.send('are you there?');
    isClosing = false;
    servers.faults.apply({ do: 'dropLinks' });
    await chat.until((messages) => messages.some(({ state }) => state === 'acknowledged'));
    expect(chat.messages.map(({ text }) => text)).toEqual(['are you there?']);
  });

  it('shows and stores what others write', async () => {
    const servers = await useServers();
    const chat = await useChat(servers, 'alice', openLibsqlMessages(await useFolder()));
    chat.connection.connect();
    await chat.connection.whenConnected();
    const bob = await knock(servers, await tokenFor(servers, 'bob'));
    await bob.next();
    bob.send({ type: 'message', id: '1', text: 'hello alice' });
    await chat.until((messages) =>
      messages.some(({ from, text, state }) => from === 'bob' && text === 'hello alice' && state === 'received'),
    );
  });

  it('goes on without its database when that cannot be opened', async () => {
    const servers = await useServers();
    const chat = await useChat(servers, 'alice', () => Promise.reject(new Error('the disk is full')));
    chat.connection.connect();
    await chat.connection.whenConnected();
    expect(chat.connection.getSnapshot().database).toBe('failed');
    chat.send('still here');
    await chat.until((messages) => messages.some(({ state }) => state === 'acknowledged'));
  });
});
