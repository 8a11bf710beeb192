interface Listening {
  process?: {
    versions?: { node?: string };
    on(name: string, listener: (reason: unknown) => void): unknown;
    off(name: string, listener: (reason: unknown) => void): unknown;
  };
  addEventListener?(name: string, listener: (event: { reason?: unknown }) => void): void;
  removeEventListener?(name: string, listener: (event: { reason?: unknown }) => void): void;
}

/** Collects the rejections that nobody handles, until `stop`. `undefined` where the platform does not tell of them (React Native). */
export function watchRejections(): { readonly reasons: readonly unknown[]; stop(): void } | undefined {
  const { process, addEventListener, removeEventListener } = globalThis as Listening;
  const reasons: unknown[] = [];
  if (process?.versions?.node !== undefined) {
    const note = (reason: unknown) => void reasons.push(reason);
    process.on('unhandledRejection', note);
    return { reasons, stop: () => void process.off('unhandledRejection', note) };
  }
  if (typeof addEventListener !== 'function' || typeof removeEventListener !== 'function') return undefined;
  const note = (event: { reason?: unknown }) => void reasons.push(event.reason);
  addEventListener.call(globalThis, 'unhandledrejection', note);
  return { reasons, stop: () => removeEventListener.call(globalThis, 'unhandledrejection', note) };
}
