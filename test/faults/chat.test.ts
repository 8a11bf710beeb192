import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { logIn } from '../../examples/local-im/client/appServerApi.ts';
import { createChat } from '../../examples/local-im/client/createChat.ts';
import type { MessageStore } from '../../examples/local-im/client/MessageStore.ts';
import { webSocketLine } from '../../examples/local-im/client/webSocketLine.ts';
import { withChance } from './support/chance.ts';
import { whatTheLogBreaks } from './support/judge.ts';
import { createServerLog } from './support/serverLog.ts';
import { hastyPolicy } from './support/startFaultyWorld.ts';
import { startServersBehindProxies } from './support/startServersBehindProxies.ts';
import { until } from './support/until.ts';

const noStore: MessageStore = { all: async () => [], put: async () => undefined, close: () => undefined };

test("the local IM's own chat, killed twenty times while somebody writes: each message is in the server's log, once", () =>
  withChance(async (chance) => {
    const log = createServerLog();
    const servers = await startServersBehindProxies(chance.random, ({ what, text }) => {
      if (what === 'message.received') log.write(servers.lives(), /“(.*)”/.exec(text)?.[1] ?? text);
    });
    const { appUrl, password, imNetwork } = servers;
    const chat = createChat({
      appUrl,
      login: await logIn(appUrl, 'alice', password),
      makeLine: webSocketLine(WebSocket),
      openMessages: async () => noStore,
      policy: { ...hastyPolicy, backoffMin: 10, backoffMax: 60 },
    });
    chat.connection.connect();
    let kills = 0;
    let written = 0;
    while (kills < 20) {
      written += 1;
      chat.send(`line ${written}`);
      await pause(chance.between(0, 40));
      if (imNetwork.kill({ leavesGhost: chance.random() < 0.3 })) kills += 1;
    }
    await until('everything is acknowledged', () => chat.messages.every(({ state }) => state === 'acknowledged'));
    expect(chat.messages).toHaveLength(written);
    expect(log.size).toBe(written);
    expect(
      whatTheLogBreaks(
        chat.messages.map(({ text }) => text),
        log,
      ),
    ).toEqual([]);
    await chat.connection.disconnect();
    await until('nothing is left', () => servers.im().sockets() === 0 && imNetwork.sockets() === 0);
    await servers.close();
  }));
