import { browserSignals } from './browserSignals.ts';
import type { Clock } from './Clock.ts';
import type { PlatformSignals } from './PlatformSignals.ts';

/** A browser is listened to; elsewhere nothing is known, which counts as online and awake. */
export function detectSignals(clock: Clock): PlatformSignals | undefined {
  const { window, document } = globalThis as { window?: Partial<Window>; document?: Partial<Document> };
  // React Native has a window without events
  const isBrowser = typeof window?.addEventListener === 'function' && typeof document?.addEventListener === 'function';
  return isBrowser ? browserSignals({ clock }) : undefined;
}
