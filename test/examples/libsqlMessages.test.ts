import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openLibsqlMessages } from '../../examples/local-im/client/openLibsqlMessages.ts';
import type { StoredMessage } from '../../examples/local-im/client/MessageStore.ts';
import { yesterday } from '../../examples/local-im/client/yesterday.ts';
import { atEnd } from './support/useServers.ts';

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'local-im-test-'));
  atEnd(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

it('gives back after a restart what was stored, oldest first', async () => {
  const folder = await temporaryFolder();
  const first = await openLibsqlMessages(folder)('alice');
  for (const message of [...yesterday('alice')].reverse()) await first.put(message);
  first.close();
  const second = await openLibsqlMessages(folder)('alice');
  expect(await second.all()).toEqual(yesterday('alice', 0).map((message) => ({ ...message, at: expect.any(Number) as number })));
  second.close();
});

it('replaces a message that is put again', async () => {
  const store = await openLibsqlMessages(await temporaryFolder())('alice');
  const message: StoredMessage = { id: '1', from: 'alice', text: "it's “quoted”; DROP TABLE messages", at: 1, state: 'sent' };
  await store.put(message);
  await store.put({ ...message, state: 'acknowledged' });
  expect(await store.all()).toEqual([{ ...message, state: 'acknowledged' }]);
  store.close();
});

it('keeps users apart and inside the folder, whatever they are called', async () => {
  const folder = await temporaryFolder();
  const open = openLibsqlMessages(folder);
  const [alice, other] = [await open('alice'), await open('../alice')];
  await alice.put({ id: '1', from: 'alice', text: 'mine', at: 1, state: 'sent' });
  expect(await other.all()).toEqual([]);
  alice.close();
  other.close();
  expect(await readdir(folder)).toHaveLength(2);
});

it('rejects when the database cannot be opened', async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'alice.db'), 'this is no database, and long enough to be told apart from an empty one'.repeat(50));
  await expect(openLibsqlMessages(folder)('alice')).rejects.toThrow();
  await expect(openLibsqlMessages(join(folder, 'nowhere'))('alice')).rejects.toThrow();
});
