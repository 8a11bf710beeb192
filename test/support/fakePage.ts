type Listener = (event: { type: string; persisted?: boolean }) => void;

interface FakeTarget {
  addEventListener(type: string, listener: Listener): void;
  removeEventListener(type: string, listener: Listener): void;
}

/** As much of a browser page as `browserSignals` touches, set on globalThis until `leave()`. */
export interface FakePage {
  visibility: 'visible' | 'hidden';
  /** What has been added to window and document and not been removed. */
  readonly listeners: string[];
  /** `window.online`, `document.visibilitychange`: dispatches to whoever listens there. */
  fire(where: 'window' | 'document', type: string, event?: { persisted?: boolean }): void;
  leave(): void;
}

export function fakePage({ onLine = true }: { onLine?: boolean | undefined } = {}): FakePage {
  const listeners: { where: string; type: string; listener: Listener }[] = [];
  const target = (where: string): FakeTarget => ({
    addEventListener: (type, listener) => void listeners.push({ where, type, listener }),
    removeEventListener(type, listener) {
      const index = listeners.findIndex((one) => one.where === where && one.type === type && one.listener === listener);
      if (index >= 0) listeners.splice(index, 1);
    },
  });
  const page: FakePage = {
    visibility: 'visible',
    get listeners() {
      return listeners.map(({ where, type }) => `${where}.${type}`).sort();
    },
    fire(where, type, event = {}) {
      for (const one of [...listeners]) if (one.where === where && one.type === type) one.listener({ type, ...event });
    },
    leave() {
      for (const [name, before] of saved) {
        if (before) Object.defineProperty(globalThis, name, before);
        else Reflect.deleteProperty(globalThis, name);
      }
    },
  };
  const fakes = {
    window: target('window'),
    document: Object.defineProperty(target('document'), 'visibilityState', { get: () => page.visibility }),
    navigator: { onLine },
  };
  const saved = Object.keys(fakes).map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)] as const);
  for (const [name, value] of Object.entries(fakes)) Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  return page;
}
