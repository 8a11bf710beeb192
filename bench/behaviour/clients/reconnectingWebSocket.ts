import type { ClientAdapter } from '../ClientAdapter.ts';
import { upgradeVoice } from '../server/voices/upgradeVoice.ts';
import { createSocketClient, type SocketPackage } from './partysocket.ts';

export const reconnectingWebSocket: ClientAdapter = {
  name: 'reconnecting-websocket',
  package: 'reconnecting-websocket',
  source: `export { default as Socket } from 'reconnecting-websocket';`,
  voice: upgradeVoice,
  create: (library, app) => createSocketClient(library as SocketPackage, app),
};
