import type { ClientAdapter } from '../ClientAdapter.ts';
import { graphqlWsVoice } from '../server/voices/graphqlWsVoice.ts';

interface GraphqlWsClient {
  on(event: string, listener: (...details: unknown[]) => void): void;
  dispose(): Promise<void>;
}
interface Library {
  createClient(options: Record<string, unknown>): GraphqlWsClient;
}

/** `lazy: false`: it connects at once and stays connected, as a chat does. Everything else is the default. `dispose()` is final, so who connects again makes another client. */
export const graphqlWs: ClientAdapter = {
  name: 'graphql-ws',
  package: 'graphql-ws',
  source: `export { createClient } from 'graphql-ws';`,
  voice: graphqlWsVoice,
  create(library, { fetchToken, trouble, log }) {
    let client: GraphqlWsClient | undefined;
    let isConnected = false;
    return {
      start() {
        client = (library as Library).createClient({
          url: 'wss://im.example/graphql',
          lazy: false,
          connectionParams: async () => ({ token: await fetchToken() }),
          onNonLazyError: (error: unknown) => {
            trouble(`onNonLazyError: ${String(error)}`);
            log?.(error);
          },
        });
        client.on('connected', () => (isConnected = true));
        client.on('closed', () => {
          isConnected = false;
          trouble('closed');
        });
        client.on('error', () => trouble('error'));
      },
      stop: () => client?.dispose(),
      isConnected: () => isConnected,
    };
  },
};
