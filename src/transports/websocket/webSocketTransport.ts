import type { Transport } from '../../transport/Transport.ts';
import { openWebSocketLink, type WebSocketLink } from './openWebSocketLink.ts';
import { readOptions } from './readOptions.ts';
import type { WebSocketTransportOptions } from './WebSocketTransportOptions.ts';

/**
 * A link over one WebSocket, for `createConnection({ transport: webSocketTransport({ url }), … })`.
 *
 * - speaks `jsonHandshake` unless told otherwise, and hands everything else to `onMessage`
 * - judges every end by its close code (`closeCodes.ts`), and notices a silent server by itself
 * - renews tokens on the live link; does not reconnect: that is the brain's work
 * - opens nothing until the brain asks for a link, so it can be created on a server
 *
 * @throws ConnectionOptionError when an option is wrong, naming it
 * @example
 * const transport = webSocketTransport({ url: 'wss://im.example.com', onMessage: (data) => show(data) });
 * const connection = createConnection({ transport, fetchToken });
 * connection.link?.send('hello');
 */
export function webSocketTransport(options: WebSocketTransportOptions): Transport<WebSocketLink> {
  const settings = readOptions(options);
  return { open: (request, report) => openWebSocketLink(settings, request, report) };
}
