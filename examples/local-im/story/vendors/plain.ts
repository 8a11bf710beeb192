import { WebSocket } from 'ws';
import { createChat } from '../../client/createChat.ts';
import { webSocketLine } from '../../client/webSocketLine.ts';
import type { Vendor } from '../Vendor.ts';

/** No vendor at all: a WebSocket and a protocol of our own. */
export const plain: Vendor = {
  describe: ({ appUrl, im }) => [`App Server ${appUrl}   IM server ${im.url}`],
  async openDevice(options) {
    const chat = createChat({ ...options, makeLine: webSocketLine(WebSocket) });
    return { chat, close: () => chat.connection[Symbol.asyncDispose]() };
  },
  sockets: ({ im }) => im.sockets(),
  afterLoss: { step: 'the brain lost the link and plans the next try', status: 'waiting' },
  readsMessages: true,
  // A code that stands in no table.
  genericError: { code: 30042, kind: 'unknown' },
};
