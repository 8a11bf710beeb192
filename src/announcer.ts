import { mustBe } from '../machines/connection/ConnectionOptionError.ts';
import type { ConnectionEmitted } from '../machines/connection/events.ts';
import type { ConnectionEvents, ConnectionListener } from './connection.ts';
import type { ConnectionSnapshot } from './connectionSnapshot.ts';
import type { SafeLogger } from './logger.ts';

type Listener = (event: never) => unknown;

const names: readonly string[] = [
  'connected',
  'databaseOpened',
  'prompt',
  'tokenRenewed',
  'kicked',
  'failed',
  'disconnected',
  'change',
] satisfies (keyof ConnectionEvents)[];

/** Tells listeners what happened: each thing once, in order, after the snapshot shows it. A listener that throws is logged, and harms nobody. */
export function createAnnouncer(logger: SafeLogger) {
  let listeners: readonly { name: string; listener: Listener }[] = [];

  const add = (name: string, listener: Listener) => {
    mustBe(typeof listener === 'function', 'the listener', 'a function', listener);
    const mine = { name, listener };
    listeners = [...listeners, mine];
    return () => {
      listeners = listeners.filter((one) => one !== mine);
    };
  };

  let depth = 0;

  const tell = (name: string, event: unknown) => {
    depth += 1;
    const complain = (problem: unknown) => logger.error(`a listener of '${name}' failed`, problem);
    for (const one of listeners) {
      // a listener may take others away
      if (one.name !== name || !listeners.includes(one)) continue;
      try {
        // an async listener that rejects must not become an unhandled rejection
        (one.listener(event as never) as Partial<Promise<unknown>> | undefined)?.catch?.(complain);
      } catch (problem) {
        complain(problem);
      }
    }
    depth -= 1;
  };

  return {
    on<Name extends keyof ConnectionEvents>(name: Name, listener: ConnectionListener<Name>) {
      mustBe(names.includes(name), 'the event name', `one of ${names.join(', ')}`, name);
      return add(name, listener);
    },
    /** Are listeners running at this moment? */
    isAnnouncing: () => depth > 0,
    subscribe: (listener: (snapshot: ConnectionSnapshot) => void) => add('', listener),
    changed(previous: ConnectionSnapshot, current: ConnectionSnapshot) {
      tell('', current);
      tell('change', { previous, current });
    },
    happened({ type, ...payload }: ConnectionEmitted) {
      tell(type, payload);
    },
  };
}
