import { webSocketTransport, type WebSocketClass, type WebSocketLink } from 'connection-machine/transports/websocket';
import type { MakeLine } from './Line.ts';

/** Messages over the app's own WebSocket. Node 20 has no such class of its own, and is handed one. */
export function webSocketLine(WebSocket?: WebSocketClass): MakeLine<WebSocketLink> {
  return ({ login, receive }) => ({
    transport: webSocketTransport({ url: login.imUrl, onMessage: receive, ...(WebSocket && { WebSocket }) }),
    send: (link, { id, text }) => void link.send(JSON.stringify({ type: 'message', id, text })),
  });
}
