import { inspect } from 'node:util';
import type { createConnection as CreateConnection } from '../../../src/index.ts';
import type { webSocketTransport as WebSocketTransport } from '../../../src/transports/websocket/index.ts';
import type { ClientAdapter } from '../ClientAdapter.ts';
import { libraryVoice } from '../server/voices/libraryVoice.ts';

interface Library {
  readonly createConnection: typeof CreateConnection;
  readonly webSocketTransport: typeof WebSocketTransport;
}

/** This library from its source, every setting at its default, the platform detected as in any page. */
export const connectionMachine: ClientAdapter = {
  name: 'connection-machine',
  source: `
    export { createConnection } from '../../src/index.ts';
    export { webSocketTransport } from '../../src/transports/websocket/index.ts';
  `,
  voice: libraryVoice,
  create(library, { fetchToken, trouble, log }) {
    const { createConnection, webSocketTransport } = library as Library;
    const connection = createConnection({
      transport: webSocketTransport({ url: 'wss://im.example', ...(log && { logger: { error: log } }) }),
      fetchToken,
      ...(log && {
        logger: { debug: log, warn: log, error: log },
        // the most verbose there is: every event and every snapshot of every actor
        inspect: (event) => log(inspect(event, { depth: 4 })),
      }),
    });
    connection.on('change', ({ current: { status, failure } }) => failure && trouble(`${status}: ${failure.kind}`));
    return {
      start: () => connection.connect(),
      stop: () => connection.disconnect(),
      isConnected: () => connection.getSnapshot().status === 'connected',
    };
  },
};
