import { vi } from 'vitest';
import { broadcastSink, bufferSink, consoleSink, webSocketSink, windowSink, type InspectSink } from 'connection-machine/inspect';

/** A sink, and everything that left through it. */
export interface WatchedSink {
  readonly sink: InspectSink;
  /** What crossed its channel, as it was handed over. */
  readonly crossed: unknown[];
}

/** Every sink that there is, with its channel tapped. */
export const everySink: Readonly<Record<string, () => WatchedSink>> = {
  bufferSink() {
    const sink = bufferSink(10_000);
    return { sink, crossed: sink.messages as unknown[] };
  },
  consoleSink() {
    const crossed: unknown[] = [];
    return { sink: consoleSink({ console: { log: (...line) => void crossed.push(line) }, colours: 'css' }), crossed };
  },
  broadcastSink() {
    const crossed: unknown[] = [];
    class TappedChannel {
      onmessage = null;
      postMessage = (message: unknown) => void crossed.push(message);
      close = () => undefined;
    }
    const sink = broadcastSink();
    return {
      crossed,
      sink(receive, opened) {
        vi.stubGlobal('BroadcastChannel', TappedChannel);
        try {
          return sink(receive, opened);
        } finally {
          vi.unstubAllGlobals();
        }
      },
    };
  },
  webSocketSink() {
    const crossed: unknown[] = [];
    class TappedSocket {
      readyState = 0;
      onopen?: () => void;
      constructor() {
        queueMicrotask(() => {
          this.readyState = 1;
          this.onopen?.();
        });
      }
      send = (text: string) => void crossed.push(text);
      close = () => undefined;
    }
    return { sink: webSocketSink('ws://127.0.0.1:5757/app?key=K', { WebSocket: TappedSocket }), crossed };
  },
  windowSink() {
    const crossed: unknown[] = [];
    const other = { postMessage: (...said: unknown[]) => void crossed.push(said) };
    const sink = windowSink(other, 'https://viewer.example');
    return {
      crossed,
      sink(receive, opened) {
        vi.stubGlobal('addEventListener', () => undefined);
        try {
          return sink(receive, opened);
        } finally {
          vi.unstubAllGlobals();
        }
      },
    };
  },
};
