import { setTimeout as pause } from 'node:timers/promises';

/** Waits for a fact on real sockets. The limit is there for what never happens; nothing is decided by how long it took. */
export async function until(what: string, isTrue: () => boolean, describe: () => string = () => '', limitMs = 40_000): Promise<void> {
  const end = performance.now() + limitMs;
  while (!isTrue()) {
    if (performance.now() > end) throw new Error(`${what}: not within ${limitMs} ms. ${describe()}`);
    await pause(3);
  }
}
