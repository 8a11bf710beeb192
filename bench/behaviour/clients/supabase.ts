import type { ClientAdapter } from '../ClientAdapter.ts';
import { phoenixVoice } from '../server/voices/phoenixVoice.ts';

interface Realtime {
  channel(name: string): { subscribe(listener: (status: string) => void): void };
  isConnected(): boolean;
  connect(): void;
  disconnect(): Promise<unknown>;
}
interface Library {
  readonly RealtimeClient: new (url: string, options: Record<string, unknown>) => Realtime;
}

/** With one channel, as every app has: it is the channel that tells the app of trouble. Its server refuses at the upgrade, as Phoenix's does. */
export const supabase: ClientAdapter = {
  name: '@supabase/realtime-js',
  package: '@supabase/realtime-js',
  source: `export { RealtimeClient } from '@supabase/realtime-js';`,
  voice: phoenixVoice,
  create(library, { fetchToken, trouble, log }) {
    const client = new (library as Library).RealtimeClient('wss://im.example/realtime/v1', {
      params: { apikey: 'public-key' },
      accessToken: fetchToken,
      ...(log && { logger: log, logLevel: 'debug' }),
    });
    let hasChannel = false;
    return {
      start() {
        if (hasChannel) return client.connect();
        hasChannel = true;
        client.channel('room').subscribe((status) => status !== 'SUBSCRIBED' && trouble(status));
      },
      stop: () => client.disconnect(),
      isConnected: () => client.isConnected(),
    };
  },
};
