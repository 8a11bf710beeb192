import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ConnectionPolicy } from 'connection-machine';
import { logIn } from '../client/appServerApi.ts';
import type { StoredMessage } from '../client/MessageStore.ts';
import { openLibsqlMessages } from '../client/openLibsqlMessages.ts';
import { yesterday } from '../client/yesterday.ts';
import type { Tell } from '../shared/Fact.ts';
import type { Person } from '../shared/people.ts';
import type { Servers } from '../server/startServers.ts';
import type { Device, Vendor } from './Vendor.ts';
import { watchConnection } from './watchConnection.ts';

export interface DeviceParts {
  readonly vendor: Vendor;
  readonly servers: Servers;
  readonly user: Person;
  /** Every device has its own disk. */
  readonly folder: string;
  readonly policy: Partial<ConnectionPolicy>;
  readonly tell: Tell;
  /** What to call it; absent for the one that the story is about. */
  readonly device?: string;
}

/** A device that was used yesterday: its user is logged in to the app, and its database holds messages. */
export async function createDevice({ vendor, servers, user, folder, policy, tell, device }: DeviceParts): Promise<Device> {
  await mkdir(folder, { recursive: true });
  const openMessages = openLibsqlMessages(folder);
  if (!device) await storeYesterday();
  const opened = await vendor.openDevice({
    appUrl: servers.appUrl,
    login: await logIn(servers.appUrl, user, servers.passwords[user]),
    openMessages,
    policy,
    onMessages: tellAcknowledged(tell),
  });
  const { chat } = opened;
  watchConnection(chat.connection, tell, device);
  if (!device) {
    // The app's first page: what it shows is what it has when the database is open.
    const told = new Set<string>();
    chat.connection.on('databaseOpened', () => {
      tell({ actor: 'app', what: 'messages.read', text: `shows ${chat.messages.length} messages from the database` });
      for (const message of chat.messages) {
        if (told.has(message.id)) continue;
        told.add(message.id);
        tell({ actor: 'app', what: 'messages.read', text: `  ${day(message)}, ${message.from}: “${message.text}”` });
      }
    });
  }
  return opened;

  async function storeYesterday(): Promise<void> {
    const store = await openMessages(user);
    for (const message of yesterday(user)) await store.put(message);
    const { length } = await store.all();
    store.close();
    tell({ actor: 'app', what: 'database.seeded', text: `${length} messages of yesterday lie in ${join('…', `${user}.db`)}` });
  }
}

function tellAcknowledged(tell: Tell): (messages: readonly StoredMessage[]) => void {
  const unacknowledged = new Set<string>();
  return (messages) => {
    for (const { id, state, text } of messages) {
      if (state === 'sent') unacknowledged.add(id);
      else if (unacknowledged.delete(id))
        tell({ actor: 'app', what: 'message.acknowledged', text: `acknowledged by the IM server: “${text}”` });
    }
  };
}

function day({ at }: StoredMessage): string {
  return new Date(at).toDateString() === new Date().toDateString() ? 'today' : 'yesterday';
}
