interface Platform {
  readonly setImmediate?: (run: () => void) => unknown;
  readonly MessageChannel?: new () => {
    readonly port1: { onmessage: (() => void) | null; close?(): void };
    readonly port2: { postMessage(message: unknown): void };
  };
  readonly navigator?: { readonly product?: string };
}

/**
 * Resolves when every promise that is ready has settled, and those that follow from it: in the next task of the event loop.
 *
 * The globals are looked up at each call, and those that a test runner has faked are passed over: they wait for a clock that stands still.
 */
export function nextTask(): Promise<void> {
  const { setImmediate, MessageChannel, navigator } = globalThis as Platform;
  return new Promise((resolve) => {
    // React Native's runs as a microtask, before the promises behind it
    if (isReal(setImmediate) && navigator?.product !== 'ReactNative') setImmediate(() => resolve());
    else if (isReal(MessageChannel)) {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        // an open port would keep Node alive
        port1.close?.();
        resolve();
      };
      port2.postMessage(undefined);
    } else setTimeout(resolve, 0);
  });
}

/** The fakes of vitest, jest and sinon carry their clock. */
function isReal<Timer extends object>(timer: Timer | undefined): timer is Timer {
  return typeof timer === 'function' && !('clock' in timer);
}
