import { mustBe } from '../../../machines/connection/ConnectionOptionError.ts';
import type { InspectSink } from '../InspectSink.ts';

/** Of a WebSocket, what is needed here: the handlers are what browsers, React Native, Node and `ws` have in common. */
interface InspectSocket {
  readonly readyState: number;
  /** React Native has none. */
  readonly bufferedAmount?: number;
  onopen: unknown;
  onmessage: unknown;
  onclose: unknown;
  onerror: unknown;
  send(text: string): void;
  close(): void;
}

export interface WebSocketSinkOptions {
  /** The class to open sockets with: the one of `ws` in Node before 22. @default the global one */
  readonly WebSocket?: new (url: string) => unknown;
}

const isOpen = 1;

/** ms: the first wait after a socket was refused or lost, and the longest. */
const waits = { first: 1_000, longest: 30_000 };

/** Bytes: more is not piled up for a viewer that does not keep pace. */
const mostBuffered = 8_000_000;

/** Characters: the server takes frames of 1 MB, and closes the socket over a larger one. A character has up to three bytes. */
const longest = 330_000;

/**
 * For `npx connection-machine inspect`, which prints the `url` with its key. When the viewer's server is not there, or goes away, it is tried
 * again in silence: after 1 s, then ever later up to 30 s. What happens meanwhile is not lost: on each opening the connection tells its latest
 * steps anew. A message of more than 330 000 characters is left out.
 *
 * In Node, an open socket keeps the program alive until inspection is stopped; a wait for the next try does not.
 *
 * @param url `ws://127.0.0.1:5757/app?key=…`
 * @throws ConnectionOptionError for a url that is none, or where there is no WebSocket
 */
export function webSocketSink(url: string, options: WebSocketSinkOptions = {}): InspectSink {
  mustBe(
    typeof url === 'string' && /^wss?:\/\/[^\s/?#]+[^\s#]*$/i.test(url),
    'url',
    'a WebSocket URL such as the inspector prints: ws://127.0.0.1:5757/app?key=…',
    url,
  );
  const { WebSocket: Given = (globalThis as { WebSocket?: unknown }).WebSocket } = options;
  mustBe(typeof Given === 'function', 'WebSocket', "a class: there is no global one here, so pass the one of 'ws'", Given);
  const Socket = Given as new (url: string) => InspectSocket;

  return (receive, opened) => {
    let socket: InspectSocket | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;
    let failures = 0;

    const open = () => {
      timer = undefined;
      try {
        socket = new Socket(url);
      } catch {
        return later();
      }
      const mine = socket;
      mine.onopen = () => {
        if (mine !== socket) return;
        failures = 0;
        opened?.();
      };
      mine.onmessage = ({ data }: { data: unknown }) => {
        const message = parse(data);
        if (message !== undefined && mine === socket) receive(message);
      };
      // an error is followed by a close; a handler must be there, or `ws` throws
      mine.onerror = () => undefined;
      mine.onclose = () => mine === socket && later();
    };
    const later = () => {
      socket = undefined;
      if (isOver) return;
      const wait = Math.min(waits.longest, waits.first * 2 ** failures) * (0.75 + Math.random() / 4);
      failures += 1;
      timer = setTimeout(open, wait);
      // in Node, a wait for an inspector keeps no program alive
      (timer as { unref?: () => void }).unref?.();
    };
    open();

    return {
      send(message) {
        if (socket?.readyState !== isOpen || (socket.bufferedAmount ?? 0) >= mostBuffered) return;
        const text = JSON.stringify(message);
        if (text.length <= longest) socket.send(text);
      },
      close() {
        isOver = true;
        clearTimeout(timer);
        const last = socket;
        socket = undefined;
        last?.close();
      },
    };
  };
}

function parse(data: unknown): unknown {
  try {
    return typeof data === 'string' ? JSON.parse(data) : undefined;
  } catch {
    return undefined;
  }
}
