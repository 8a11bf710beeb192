import type { Connection } from 'connection-machine';
import type { WebSocketLink } from 'connection-machine/transports/websocket';
import { parseAppFrame } from '../../../examples/local-im/shared/frames.ts';

/** How the local IM's chat sends (createChat.ts), without its database: what is not acknowledged is sent again at each "connected". */
export interface AcknowledgingSender {
  attach(connection: Connection<WebSocketLink>): void;
  /** For the transport's `onMessage`. */
  receive(data: unknown): void;
  /** Keeps a new message until the server has acknowledged it; its text is like no other's. */
  say(): string;
  /** Texts that the server has acknowledged. */
  readonly acknowledged: ReadonlySet<string>;
  /** How many are still waiting for it. */
  pending(): number;
  /** Acknowledgements of messages that were never sent, and broken frames. */
  readonly surprises: number;
}

export function createAcknowledgingSender(): AcknowledgingSender {
  const waiting = new Map<string, string>();
  const said = new Map<string, string>();
  const acknowledged = new Set<string>();
  let connection: Connection<WebSocketLink> | undefined;
  let surprises = 0;

  function transmit(id: string, text: string): void {
    try {
      connection?.link?.send(JSON.stringify({ type: 'message', id, text }));
    } catch {
      // The socket is closing and the brain has not heard yet: the message waits for the next "connected".
    }
  }

  return {
    attach(to) {
      connection = to;
      connection.on('connected', () => {
        for (const [id, text] of waiting) transmit(id, text);
      });
    },
    receive(data) {
      const frame = parseAppFrame(data);
      const text = frame?.type === 'ack' ? said.get(frame.id) : undefined;
      if (frame?.type !== 'ack' || text === undefined) {
        surprises += 1;
        return;
      }
      waiting.delete(frame.id);
      acknowledged.add(text);
    },
    say() {
      const number = said.size + 1;
      const id = `m${number}`;
      const text = `message ${number}`;
      said.set(id, text);
      waiting.set(id, text);
      transmit(id, text);
      return text;
    },
    acknowledged,
    pending: () => waiting.size,
    get surprises() {
      return surprises;
    },
  };
}
