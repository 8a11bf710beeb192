import type { FailureKind } from 'connection-machine';
import type { Chat, ChatOptions } from '../client/createChat.ts';
import type { Servers } from '../server/startServers.ts';

/** Whose SDK and servers the story is told with, and what that changes in it. Chapters ask for what differs, never for a name. */
export interface Vendor {
  /** Who tells it, where, and in which way it differs: printed under the story's title. */
  describe(servers: Servers): readonly string[];
  openDevice(options: Omit<ChatOptions, 'makeLine'>): Promise<Device>;
  /** Sockets at the IM server. */
  sockets(servers: Servers): number;
  /** What a lost link leads to: who connects again, and what the brain calls it meanwhile. */
  readonly afterLoss: { readonly step: string; readonly status: 'waiting' | 'recovering' };
  /** Does the IM server look into messages, and say that it has one? Otherwise its acknowledgement alone tells. */
  readonly readsMessages: boolean;
  /** An error without a branch of its own, and what the brain makes of it. */
  readonly genericError: { readonly code: number; readonly kind: FailureKind };
}

/** The app on one device. */
export interface Device {
  readonly chat: Chat;
  /** Disconnects, and ends whatever the app ran in. */
  close(): Promise<void>;
}
