type Handler = (...args: unknown[]) => void;

/** Timers as a page has them: numbers as ids, a handler that throws harms nobody else, and a closed page has none left. */
export interface Timers {
  readonly pending: number;
  readonly globals: {
    setTimeout(handler: Handler, delay?: number, ...args: unknown[]): number;
    setInterval(handler: Handler, delay?: number, ...args: unknown[]): number;
    clearTimeout(id?: number): void;
    clearInterval(id?: number): void;
  };
  /** Clears all, and takes no new ones. */
  close(): void;
}

export function createTimers(guard: (handler: () => void) => void): Timers {
  const running = new Map<number, NodeJS.Timeout>();
  let lastId = 0;
  let closed = false;
  const clear = (id = 0) => {
    clearTimeout(running.get(id));
    running.delete(id);
  };
  return {
    get pending() {
      return running.size;
    },
    globals: {
      setTimeout(handler, delay, ...args) {
        const id = (lastId += 1);
        if (closed) return id;
        const fire = () => {
          running.delete(id);
          guard(() => handler(...args));
        };
        running.set(id, setTimeout(fire, delay));
        return id;
      },
      setInterval(handler, delay, ...args) {
        const id = (lastId += 1);
        if (closed) return id;
        running.set(
          id,
          setInterval(() => guard(() => handler(...args)), delay),
        );
        return id;
      },
      clearTimeout: clear,
      clearInterval: clear,
    },
    close() {
      closed = true;
      for (const id of [...running.keys()]) clear(id);
    },
  };
}
