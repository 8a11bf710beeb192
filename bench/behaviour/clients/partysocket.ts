import type { ClientAdapter } from '../ClientAdapter.ts';
import { upgradeVoice } from '../server/voices/upgradeVoice.ts';

/** partysocket and reconnecting-websocket, whose classes are alike. */
interface Socket {
  addEventListener(type: string, listener: (event: { readonly message?: string }) => void): void;
  readonly readyState: number;
  reconnect(): void;
  close(): void;
}
export interface SocketPackage {
  readonly Socket: new (url: () => Promise<string>, protocols: string[], options: Record<string, unknown>) => Socket;
}

export const partysocket: ClientAdapter = {
  name: 'partysocket',
  package: 'partysocket',
  source: `export { WebSocket as Socket } from 'partysocket';`,
  voice: upgradeVoice,
  create: (library, app) => createSocketClient(library as SocketPackage, app),
};

/** The address is a function, which may ask for a token: that is the way the documentation shows. Who was closed comes back by `reconnect()`. */
export function createSocketClient({ Socket }: SocketPackage, { fetchToken, trouble, log }: Parameters<ClientAdapter['create']>[1]) {
  let socket: Socket | undefined;
  const url = async () => `wss://im.example/?token=${await fetchToken()}`;
  return {
    start() {
      // a user who presses "connect" again
      if (socket) return socket.reconnect();
      socket = new Socket(url, [], log ? { debug: true, debugLogger: log } : {});
      socket.addEventListener('error', ({ message }) => trouble(`error ${message}`));
      socket.addEventListener('close', () => trouble('close'));
    },
    stop: () => socket?.close(),
    isConnected: () => socket?.readyState === 1,
  };
}
