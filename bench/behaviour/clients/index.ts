import type { ClientAdapter } from '../ClientAdapter.ts';
import { ably } from './ably.ts';
import { centrifuge } from './centrifuge.ts';
import { connectionMachine } from './connectionMachine.ts';
import { graphqlWs } from './graphqlWs.ts';
import { partysocket } from './partysocket.ts';
import { phoenix } from './phoenix.ts';
import { reconnectingWebSocket } from './reconnectingWebSocket.ts';
import { signalr } from './signalr.ts';
import { socketIo } from './socketIo.ts';
import { streamChat } from './streamChat.ts';
import { supabase } from './supabase.ts';

/** The table's rows, in their order: this library first. */
export const clients: readonly ClientAdapter[] = [
  connectionMachine,
  ably,
  centrifuge,
  signalr,
  socketIo,
  phoenix,
  supabase,
  graphqlWs,
  streamChat,
  partysocket,
  reconnectingWebSocket,
];
