import { mustBe } from './connectionOptions.ts';
import type { ConnectionEmitted } from '../machines/connection/events.ts';
import type { ConnectionEvents, ConnectionListener } from './connection.ts';
import type { ConnectionSnapshot } from './connectionSnapshot.ts';
import type { SafeLogger } from './logger.ts';

type Listener = (event: never) => void;
const names: readonly string[] = [
  'connected', 'databaseOpened', 'prompt', 'tokenRenewed', 'kicked', 'failed', 'disconnected', 'change',
] satisfies (keyof ConnectionEvents)[];

/** Tells listeners what happened: each thing once, in order, after the snapshot shows it. A listener that throws is logged, and harms nobody. */
export function createAnnouncer(logger: SafeLogger) {
  const listeners = new Map<string, Set<Listener>>();

  const add = (name: string, listener: Listener) => {
    mustBe(typeof listener === 'function', `the listener of '${name}'`, 'a function', listener);
    // a function of its own, so that adding the same one twice and taking one of them away leaves the other
    const mine: Listener = (event) => listener(event);
    const all = listeners.get(name) ?? new Set();
    listeners.set(name, all.add(mine));
    return () => void all.delete(mine);
  };

  const tell = (name: string, event: unknown) => {
    for (const listener of [...(listeners.get(name) ?? [])]) {
      try {
        const answer: unknown = listener(event as never);
        // an async listener that rejects must not become an unhandled rejection
        if (answer instanceof Promise) answer.catch((problem: unknown) => logger.error(`a listener of '${name}' rejected`, problem));
      } catch (problem) {
        logger.error(`a listener of '${name}' threw`, problem);
      }
    }
  };

  return {
    on<Name extends keyof ConnectionEvents>(name: Name, listener: ConnectionListener<Name>) {
      mustBe(names.includes(name), 'the event name', `one of ${names.join(', ')}`, name);
      return add(name, listener);
    },
    subscribe: (listener: (snapshot: ConnectionSnapshot) => void) => add('snapshot', listener),
    changed(previous: ConnectionSnapshot, current: ConnectionSnapshot) {
      tell('snapshot', current);
      tell('change', { previous, current });
    },
    happened({ type, ...payload }: ConnectionEmitted) {
      tell(type, payload);
    },
  };
}
