import type { ClientAdapter } from '../ClientAdapter.ts';
import { streamChatVoice } from '../server/voices/streamChatVoice.ts';

interface StreamClient {
  connectUser(user: { id: string }, tokenProvider: () => Promise<string>): Promise<unknown>;
  disconnectUser(): Promise<unknown>;
  readonly userID?: string;
  readonly wsConnection?: { readonly isHealthy: boolean } | null;
  on(event: string, listener: (event: { readonly online?: boolean }) => void): void;
}
interface Library {
  readonly StreamChat: new (key: string, options: Record<string, unknown>) => StreamClient;
}

export const streamChat: ClientAdapter = {
  name: 'stream-chat',
  package: 'stream-chat',
  source: `export { StreamChat } from 'stream-chat';`,
  voice: streamChatVoice,
  create(library, { fetchToken, trouble, log }) {
    const client = new (library as Library).StreamChat('public-key', log ? { logger: log } : {});
    client.on('connection.changed', ({ online }) => online === false && trouble('offline'));
    return {
      start: () => client.connectUser({ id: 'me' }, fetchToken),
      stop: () => client.disconnectUser(),
      isConnected: () => client.userID !== undefined && client.wsConnection?.isHealthy === true,
    };
  },
};
