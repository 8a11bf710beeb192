import type { ClientAdapter } from '../ClientAdapter.ts';
import { ablyVoice } from '../server/voices/ablyVoice.ts';

interface Realtime {
  readonly connection: {
    readonly state: string;
    on(listener: (change: { readonly current: string; readonly reason?: { readonly message: string } }) => void): void;
  };
  connect(): void;
  close(): void;
}
interface Library {
  readonly Realtime: new (options: Record<string, unknown>) => Realtime;
}

type Answer = (error: string | null, token: string | null) => void;

export const ably: ClientAdapter = {
  name: 'ably',
  package: 'ably',
  source: `export { Realtime } from 'ably';`,
  voice: ablyVoice,
  create(library, { fetchToken, trouble, log }) {
    const client = new (library as Library).Realtime({
      autoConnect: false,
      transports: ['web_socket'],
      authCallback: (_request: unknown, answer: Answer) =>
        void fetchToken().then(
          (token) => answer(null, token),
          (error: unknown) => answer(String(error), null),
        ),
      ...(log && { logLevel: 4, logHandler: log }),
    });
    client.connection.on(({ current, reason }) => {
      if (['disconnected', 'suspended', 'failed'].includes(current)) trouble(`${current}: ${reason?.message}`);
    });
    return { start: () => client.connect(), stop: () => client.close(), isConnected: () => client.connection.state === 'connected' };
  },
};
