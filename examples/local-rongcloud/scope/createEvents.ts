type Listener = ((event: Event) => void) | { handleEvent(event: Event): void };

/** The three methods of an event target, for `window` and `document`. A listener that throws harms nobody else. */
export interface Events {
  addEventListener(type: string, listener: Listener | null): void;
  removeEventListener(type: string, listener: Listener | null): void;
  dispatchEvent(event: Event): boolean;
}

export function createEvents(guard: (handler: () => void) => void): Events {
  const listeners = new Map<string, Set<Listener>>();
  return {
    addEventListener(type, listener) {
      if (!listener) return;
      const known = listeners.get(type) ?? new Set();
      listeners.set(type, known.add(listener));
    },
    removeEventListener(type, listener) {
      if (listener) listeners.get(type)?.delete(listener);
    },
    dispatchEvent(event) {
      for (const listener of [...(listeners.get(event.type) ?? [])]) {
        guard(() => (typeof listener === 'function' ? listener(event) : listener.handleEvent(event)));
      }
      return true;
    },
  };
}
