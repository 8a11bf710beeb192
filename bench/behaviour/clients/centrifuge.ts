import type { ClientAdapter } from '../ClientAdapter.ts';
import { centrifugeVoice } from '../server/voices/centrifugeVoice.ts';

interface Centrifuge {
  on(event: string, listener: (details: { readonly code?: number; readonly reason?: string; readonly type?: string }) => void): void;
  readonly state: string;
  connect(): void;
  disconnect(): void;
}
interface Library {
  readonly Centrifuge: new (url: string, options: Record<string, unknown>) => Centrifuge;
}

export const centrifuge: ClientAdapter = {
  name: 'centrifuge',
  package: 'centrifuge',
  source: `export { Centrifuge } from 'centrifuge';`,
  voice: centrifugeVoice,
  create(library, { fetchToken, trouble, log }) {
    const { Centrifuge } = library as Library;
    const client = new Centrifuge('wss://im.example/connection/websocket', { getToken: fetchToken, debug: Boolean(log) });
    client.on('error', ({ type }) => trouble(`error ${type}`));
    client.on('disconnected', ({ reason }) => trouble(`disconnected: ${reason}`));
    // code 0 is its own start
    client.on('connecting', ({ code, reason }) => code !== 0 && trouble(`connecting: ${reason}`));
    return { start: () => client.connect(), stop: () => client.disconnect(), isConnected: () => client.state === 'connected' };
  },
};
