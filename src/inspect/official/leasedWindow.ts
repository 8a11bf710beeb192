/** The page's window, for somebody who adds listeners to it and never takes them away: `release` does. `undefined` where there is none. */
export function leasedWindow(): { readonly window: Window; release(): void } | undefined {
  if (typeof window === 'undefined') return undefined;
  const added: (() => void)[] = [];
  const leased = {
    open: (...args: Parameters<Window['open']>) => window.open(...args),
    addEventListener(type: string, listener: EventListener) {
      window.addEventListener(type, listener);
      added.push(() => window.removeEventListener(type, listener));
    },
  };
  return { window: leased as unknown as Window, release: () => added.splice(0).forEach((remove) => remove()) };
}
