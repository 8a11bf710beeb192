import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { behaviourLine, columnsTable } from '../../bench/behaviour/behaviourTable.ts';
import { bundleClient } from '../../bench/behaviour/bundleClient.ts';
import type { ClientAdapter } from '../../bench/behaviour/ClientAdapter.ts';
import { connectionMachine } from '../../bench/behaviour/clients/connectionMachine.ts';
import { clients } from '../../bench/behaviour/clients/index.ts';
import { playCell, playRow, type Row } from '../../bench/behaviour/playRow.ts';
import { flappingLink } from '../../bench/behaviour/scenarios/flappingLink.ts';
import { upgradeVoice } from '../../bench/behaviour/server/voices/upgradeVoice.ts';
import { defaultPolicy } from '../../machines/connection/policy.ts';

const second = 1_000;
const root = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

let row: Row;
beforeAll(async () => {
  row = await playRow(connectionMachine, { seed: 1, late: 1 });
});

describe('This library on the behaviour bench', () => {
  test('when every token is refused it asks for at most maxTokenRenewals + 1, and says that it has failed', () => {
    expect(row.refusedFromStart.counted).toMatchObject({ told: true });
    expect(row.refusedFromStart.counted['calls']).toBeLessThanOrEqual(defaultPolicy.maxTokenRenewals + 1);
    expect(row.refusedAfterDrop.counted).toMatchObject({ told: true });
    expect(row.refusedAfterDrop.counted['calls']).toBeLessThanOrEqual(defaultPolicy.maxTokenRenewals);
  });

  test('when the server heals, the next connect() is connected', () => {
    const { byItself, whenAsked } = row.serverHeals.counted;
    expect(byItself || whenAsked).toBe(true);
  });

  test('a provider that fails once is asked again, and nobody has to lift a finger', () => {
    expect(row.providerFailsOnce.counted).toMatchObject({ connects: true, calls: 2 });
  });

  test('a provider that never answers is noticed within timeLimit', () => {
    expect(row.providerHangs.counted).toMatchObject({ noticed: true });
    expect(row.providerHangs.counted['ms']).toBeLessThanOrEqual(defaultPolicy.timeLimit + 1);
  });

  test('no socket is opened after a stop, and none is left', () => {
    expect(row.stopDuringFetch.counted).toMatchObject({ opened: 0, left: 0 });
  });

  test('connect, stop, connect leaves exactly one socket', () => {
    expect(row.connectStopConnect.counted).toMatchObject({ open: 1 });
  });

  test('a flapping link costs at most 40 sockets and one token in ten minutes, whatever the dice', async () => {
    const bundle = await bundleClient(connectionMachine);
    for (let seed = 1; seed <= 8; seed++) {
      const { counted } = await playCell(connectionMachine, bundle, flappingLink, { seed, late: 1 });
      expect(counted['sockets']).toBeGreaterThan(10);
      expect(counted['sockets']).toBeLessThanOrEqual(40);
      expect(counted['calls']).toBe(1);
    }
  });

  test('a silent server is noticed within 20 s, and after an hour of sleep within 15 s of waking', () => {
    expect(row.silentServer.counted).toMatchObject({ detected: true });
    expect(row.silentServer.counted['ms']).toBeLessThanOrEqual(20 * second);
    expect(row.sleep.counted).toMatchObject({ detected: true });
    expect(row.sleep.counted['ms']).toBeLessThanOrEqual(15 * second);
  });

  test('with everything logged and inspected, no line holds a token', () => {
    expect(row.tokenInLogs.counted['lines']).toBeGreaterThan(100);
    expect(row.tokenInLogs.counted).toMatchObject({ leaks: 0 });
  });

  test('nothing is thrown and nothing is left unhandled in any scenario', () => {
    for (const { counted } of Object.values(row)) expect(counted).toMatchObject({ thrown: 0, unhandled: 0 });
  });
});

/** Twenty lines that many apps have, with most of what can be wrong in them. */
const naive: ClientAdapter = {
  name: 'naive',
  source: `
    export function naiveClient(fetchToken, log) {
      let socket;
      const start = async () => {
        const token = await fetchToken();
        log?.('connecting with ' + token);
        socket = new WebSocket('wss://im.example/?token=' + token);
        socket.onclose = () => setTimeout(start, 1000);
      };
      return { start, stop: () => socket?.close(), isConnected: () => socket?.readyState === 1 };
    }
  `,
  voice: upgradeVoice,
  create: (library, { fetchToken, log }) =>
    (library as { naiveClient(...args: unknown[]): ReturnType<ClientAdapter['create']> }).naiveClient(fetchToken, log),
};

test('The behaviour bench sees what is wrong with a naive client', async () => {
  const seen = await playRow(naive, { seed: 1, late: 1 });
  const texts = Object.fromEntries(Object.entries(seen).map(([name, { text }]) => [name, text]));
  expect(texts).toEqual({
    refusedFromStart: '600, app not told',
    refusedAfterDrop: '599, app not told',
    serverHeals: expect.stringMatching(/^by itself, after [01]/),
    providerFailsOnce: 'NO',
    providerHangs: 'NO',
    stopDuringFetch: '1 / 1',
    connectStopConnect: '2 (DUPLICATE)',
    flappingLink: '500 / 500',
    silentServer: 'never (10 min)',
    sleep: 'never (10 min)',
    tokenInLogs: 'YES',
  });
});

describe('docs/behaviour.md', () => {
  const page = root('docs/behaviour.md');

  test('explains the columns as they are played', () => {
    expect(page).toContain(columnsTable());
  });

  test('has the row of this library as it is now (npm run bench:behaviour -- --only connection-machine --write)', () => {
    const { version } = JSON.parse(root('package.json')) as { version: string };
    expect(page).toContain(behaviourLine({ title: `${connectionMachine.name} ${version}`, row }));
  });

  test('has a row for each client, in the version that the bench installs', () => {
    const { dependencies } = JSON.parse(root('bench/behaviour/package.json')) as { dependencies: Record<string, string> };
    const { version } = JSON.parse(root('package.json')) as { version: string };
    expect(clients).toHaveLength(11);
    for (const client of clients) {
      const installed = client.package === undefined ? version : dependencies[client.package];
      expect(page).toContain(`\n| ${client.name} ${installed} |`);
    }
  });
});
