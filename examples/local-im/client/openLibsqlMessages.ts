import { join } from 'node:path';
import Database from 'libsql';
import { keptMessages, type MessageStore, type OpenMessages, type StoredMessage } from './MessageStore.ts';

const states: readonly unknown[] = ['sent', 'acknowledged', 'received'];

/** The message database in Node: one libsql (SQLite) file a user, in `folder`. */
export function openLibsqlMessages(folder: string): OpenMessages {
  return async (userId): Promise<MessageStore> => {
    const database = new Database(join(folder, `${encodeURIComponent(userId)}.db`));
    database.exec(
      'CREATE TABLE IF NOT EXISTS messages (id TEXT PRIMARY KEY, sender TEXT NOT NULL, text TEXT NOT NULL, at INTEGER NOT NULL, state TEXT NOT NULL)',
    );
    const select = database.prepare(
      'SELECT id, sender, text, at, state FROM (SELECT * FROM messages ORDER BY at DESC LIMIT ?) ORDER BY at',
    );
    const upsert = database.prepare('INSERT OR REPLACE INTO messages (id, sender, text, at, state) VALUES (?, ?, ?, ?, ?)');
    return {
      all: async () => select.all(keptMessages).flatMap(readRow),
      put: async ({ id, from, text, at, state }) => void upsert.run(id, from, text, at, state),
      close: () => void database.close(),
    };
  };
}

/** A row of a file that anything may have written to: taken only when it is what we wrote. */
function readRow(row: unknown): StoredMessage[] {
  const { id, sender, text, at, state } = row as { readonly [column: string]: unknown };
  const whole = typeof id === 'string' && typeof sender === 'string' && typeof text === 'string' && typeof at === 'number';
  return whole && isState(state) ? [{ id, from: sender, text, at, state }] : [];
}

function isState(state: unknown): state is StoredMessage['state'] {
  return states.includes(state);
}
