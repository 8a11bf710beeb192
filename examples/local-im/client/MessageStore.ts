/** A chat message as it lies in the local database. */
export interface StoredMessage {
  readonly id: string;
  readonly from: string;
  readonly text: string;
  /** epoch ms */
  readonly at: number;
  /** `sent` until the IM server has acknowledged it: such a message is sent again after a reconnect. */
  readonly state: 'sent' | 'acknowledged' | 'received';
}

/** The app's local message database. There are two of them: a libsql file in Node, IndexedDB in the browser. */
export interface MessageStore {
  /** Oldest first. */
  all(): Promise<readonly StoredMessage[]>;
  /** Adds a message, or replaces the one with the same id. */
  put(message: StoredMessage): Promise<void>;
  close(): void;
}

/** Opens the database of one user; rejects when it cannot be opened. */
export type OpenMessages = (userId: string) => Promise<MessageStore>;

/** More than this is history for a real archive, not for a demo. */
export const keptMessages = 200;
