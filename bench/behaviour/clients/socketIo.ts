import type { ClientAdapter } from '../ClientAdapter.ts';
import { socketIoVoice } from '../server/voices/socketIoVoice.ts';

interface Emitter {
  on(event: string, listener: (detail: unknown) => void): void;
}
interface Socket extends Emitter {
  readonly io: Emitter;
  readonly connected: boolean;
  connect(): void;
  disconnect(): void;
}
interface Library {
  io(url: string, options: Record<string, unknown>): Socket;
}

/** Over WebSocket from the first byte on: its polling would make no socket to count. */
export const socketIo: ClientAdapter = {
  name: 'socket.io-client',
  package: 'socket.io-client',
  source: `export { io } from 'socket.io-client/debug';`,
  // its build for debugging, which is the same, and as mute until localStorage.debug says otherwise
  switchOnLogs: `localStorage.setItem('debug', '*')`,
  voice: socketIoVoice,
  create(library, { fetchToken, trouble }) {
    const socket = (library as Library).io('wss://im.example', {
      transports: ['websocket'],
      autoConnect: false,
      auth: async (give: (auth: object) => void) => give({ token: await fetchToken() }),
    });
    socket.on('connect_error', (error) => trouble(`connect_error: ${String(error)}`));
    socket.on('disconnect', (reason) => trouble(`disconnect: ${String(reason)}`));
    socket.io.on('error', (error) => trouble(`error: ${String(error)}`));
    return { start: () => socket.connect(), stop: () => socket.disconnect(), isConnected: () => socket.connected };
  },
};
