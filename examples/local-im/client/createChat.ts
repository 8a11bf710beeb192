import {
  createConnection,
  withDatabase,
  type Connection,
  type ConnectionPolicy,
  type OpenLink,
  type PersistedConnection,
} from 'connection-machine';
import { parseAppFrame } from '../shared/frames.ts';
import { fetchTokenFrom, type Login } from './appServerApi.ts';
import type { MakeLine } from './Line.ts';
import type { MessageStore, OpenMessages, StoredMessage } from './MessageStore.ts';

export interface ChatOptions<Link extends OpenLink = OpenLink> {
  readonly appUrl: string;
  readonly login: Login;
  /** `webSocketLine()`, or `rongCloudLine` for RongCloud. */
  readonly makeLine: MakeLine<Link>;
  readonly openMessages: OpenMessages;
  readonly policy?: Partial<ConnectionPolicy>;
  readonly restore?: PersistedConnection;
  /** Called whenever the list of messages has changed. */
  readonly onMessages?: (messages: readonly StoredMessage[]) => void;
}

export interface Chat {
  readonly connection: Connection;
  /** Oldest first: what the database held, and what came since. */
  readonly messages: readonly StoredMessage[];
  /** Keeps the message, and sends it now or once connected. */
  send(text: string): void;
}

/**
 * The whole app, without its looks: this is what an app developer writes around `createConnection`. The connection decides when a
 * link exists; this file only keeps messages, and sends what is not yet acknowledged each time that it is told "connected".
 */
export function createChat<Link extends OpenLink>(options: ChatOptions<Link>): Chat {
  const { appUrl, login, makeLine, openMessages, policy, restore, onMessages } = options;
  let messages: readonly StoredMessage[] = [];
  let opening: Promise<MessageStore> | undefined;

  const line = makeLine({ login, receive });
  const connection = createConnection({
    transport: withDatabase(line.transport, openDatabase),
    fetchToken: fetchTokenFrom(appUrl, login),
    expectedUserId: login.userId,
    ...(policy && { policy }),
    ...(restore && { restore }),
  });
  connection.on('connected', sendUnacknowledged);
  connection.on('change', ({ previous, current }) => {
    // The database belongs to the login: when the login is over, so is the file's lock.
    if (previous.database !== 'closed' && current.database === 'closed') closeDatabase();
  });

  async function openDatabase(): Promise<void> {
    opening = openMessages(login.userId);
    const store = await opening;
    const stored = await store.all();
    // What came in meanwhile is newer than what was stored.
    for (const message of stored.filter(({ id }) => !messages.some((known) => known.id === id))) show(message);
    for (const message of messages.filter(({ id }) => !stored.some((known) => known.id === id))) await store.put(message);
  }

  function closeDatabase(): void {
    void opening?.then((store) => store.close()).catch(() => undefined);
    opening = undefined;
    messages = [];
    onMessages?.(messages);
  }

  function show(message: StoredMessage): void {
    messages = [...messages.filter(({ id }) => id !== message.id), message].sort((one, other) => one.at - other.at);
    onMessages?.(messages);
  }

  function keep(message: StoredMessage): void {
    show(message);
    // A database that failed does not stop the chat: the list in memory goes on.
    void opening?.then((store) => store.put(message)).catch(() => undefined);
  }

  function receive(data: unknown): void {
    const frame = parseAppFrame(data);
    if (frame?.type === 'message') keep({ id: frame.id, from: frame.from, text: frame.text, at: frame.at, state: 'received' });
    const mine = frame?.type === 'ack' ? messages.find(({ id, state }) => id === frame.id && state === 'sent') : undefined;
    if (mine) keep({ ...mine, state: 'acknowledged' });
  }

  function transmit(message: StoredMessage): void {
    if (!connection.link) return;
    try {
      line.send(connection.link, message);
    } catch {
      // The socket is closing, and the connection has not heard yet. It goes out with the next link, like all that nobody has acknowledged.
    }
  }

  function sendUnacknowledged(): void {
    for (const message of messages) if (message.state === 'sent') transmit(message);
  }

  return {
    connection,
    get messages() {
      return messages;
    },
    send(text) {
      const message: StoredMessage = { id: crypto.randomUUID(), from: login.userId, text, at: Date.now(), state: 'sent' };
      keep(message);
      transmit(message);
    },
  };
}
