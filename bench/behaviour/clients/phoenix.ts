import type { ClientAdapter } from '../ClientAdapter.ts';
import { phoenixVoice } from '../server/voices/phoenixVoice.ts';

interface Socket {
  isConnected(): boolean;
  connect(): void;
  disconnect(): void;
  onError(listener: () => void): void;
  onClose(listener: () => void): void;
}
interface Library {
  readonly Socket: new (url: string, options: Record<string, unknown>) => Socket;
}

const isSync = '`params` cannot wait for a token';

export const phoenix: ClientAdapter = {
  name: 'phoenix',
  package: 'phoenix',
  source: `export { Socket } from 'phoenix';`,
  voice: phoenixVoice,
  notApplicable: { providerFailsOnce: isSync, providerHangs: isSync, stopDuringFetch: isSync },
  create(library, { tokenNow, trouble, log }) {
    const { Socket } = library as Library;
    const socket = new Socket('wss://im.example/socket', { params: () => ({ token: tokenNow() }), ...(log && { logger: log }) });
    socket.onError(() => trouble('error'));
    socket.onClose(() => trouble('close'));
    return { start: () => socket.connect(), stop: () => socket.disconnect(), isConnected: () => socket.isConnected() };
  },
};
