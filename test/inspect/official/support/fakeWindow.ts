type Hear = (event: { readonly data: unknown; readonly origin: string; readonly source: unknown }) => void;

/** A window that takes messages at once and as copies, as JSON would carry them; what was posted to it is kept. */
export function fakeWindow() {
  const listeners = new Map<string, Set<Hear>>();
  const posted: unknown[] = [];
  const of = (type: string) => listeners.get(type) ?? listeners.set(type, new Set()).get(type)!;
  const self = {
    posted,
    opener: undefined as unknown,
    parent: undefined as unknown,
    top: undefined as unknown,
    /** What `open` returns, and what it was asked for. */
    opens: undefined as unknown,
    opened: [] as string[],
    open(url: string) {
      self.opened.push(url);
      return self.opens;
    },
    listening: () => [...listeners.values()].reduce((count, { size }) => count + size, 0),
    addEventListener: (type: string, listener: Hear) => void of(type).add(listener),
    removeEventListener: (type: string, listener: Hear) => void of(type).delete(listener),
    postMessage(data: unknown) {
      // throws for what cannot be cloned, as windows do
      const copy: unknown = structuredClone(data);
      posted.push(copy);
      for (const listener of of('message')) listener({ data: copy, origin: 'https://viewer.example', source: undefined });
    },
  };
  return Object.assign(self, { self, top: self });
}

/** For an interface of a real window's size. */
export const asWindow = (one: object) => one as unknown as Window & typeof globalThis;
