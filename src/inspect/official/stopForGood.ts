/** Of an inspector of `@statelyai/inspect`, what it takes to end it. */
interface Stoppable {
  stop(): void;
  readonly adapter?: unknown;
}

interface Socket {
  onopen: unknown;
  onerror: unknown;
  close(): void;
}

const nothing = () => undefined;

/**
 * Stops an inspector so that nothing of it goes on. That of 0.7.2 over WebSocket does, when its server cannot be reached: whatever its
 * `stop` says, it tries again after 5 s, and so on for ever. A socket that it still opens is therefore closed at once, unheard.
 */
export function stopForGood(inspector: Stoppable): void {
  const adapter = Object(inspector.adapter) as { ws?: Socket };
  if ('ws' in adapter) {
    // closing a socket that is about to open is an error to it
    if (adapter.ws) adapter.ws.onerror = nothing;
    inspector.stop();
    Object.defineProperty(adapter, 'ws', {
      get: () => ({}),
      set(late: Socket) {
        late.onerror = nothing;
        late.close();
      },
    });
  } else inspector.stop();
}
