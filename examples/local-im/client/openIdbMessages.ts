import { openDB, type DBSchema } from 'idb';
import { keptMessages, type MessageStore, type StoredMessage } from './MessageStore.ts';

interface MessageSchema extends DBSchema {
  messages: { key: string; value: StoredMessage; indexes: { at: number } };
}

/**
 * The message database in the browser: one IndexedDB a user. A new one is given `firstMessages`, so that the demo has a yesterday
 * to show on its very first visit.
 */
export async function openIdbMessages(userId: string, firstMessages: readonly StoredMessage[] = []): Promise<MessageStore> {
  const database = await openDB<MessageSchema>(`local-im-${userId}`, 1, {
    upgrade(fresh, _from, _to, transaction) {
      fresh.createObjectStore('messages', { keyPath: 'id' }).createIndex('at', 'at');
      for (const message of firstMessages) void transaction.objectStore('messages').put(message);
    },
  });
  return {
    all: async () => (await database.getAllFromIndex('messages', 'at')).slice(-keptMessages),
    put: async (message) => void (await database.put('messages', message)),
    close: () => database.close(),
  };
}
