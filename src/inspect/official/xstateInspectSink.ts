import { mustBe } from '../../../machines/connection/ConnectionOptionError.ts';
import { inspectVersion } from '../InspectMessage.ts';
import { createLegacyService } from './legacyService.ts';
import type { InspectSink } from '../InspectSink.ts';

/** Of `@xstate/inspect`, what is needed: what its `createDevTools()` makes, and what its `inspect()` leaves in `globalThis.__xstate__`. */
export interface LegacyDevTools {
  /** @param service a `LegacyService`, which plays an interpreter of XState 4 */
  register(service: object): void;
  unregister?(service: object): void;
}

/**
 * For the inspector of the XState 4 era, `@xstate/inspect` 0.8: each connection appears in it as a service, with its chart, its states
 * and its events, under XState 4's names for them (`done.invoke.fetchToken`). It is given what other sinks are given: never a token.
 * Events sent from its page reach the connection only under `allowEvents`, and only those that may be sent at all.
 *
 * ```ts
 * const devTools = createDevTools();
 * inspect({ devTools, iframe: false, url });
 * inspectConnection(connection, xstateInspectSink(devTools));
 * ```
 *
 * Give `inspect` a `url` of your own: its page may be anywhere. A page that was opened later is told the chart and the state it is in.
 *
 * @param devTools `createDevTools()`, or `globalThis.__xstate__` after `inspect()`
 * @throws ConnectionOptionError for something without `register`
 */
export function xstateInspectSink(devTools: LegacyDevTools): InspectSink {
  mustBe(typeof devTools?.register === 'function', 'devTools', 'what createDevTools() of @xstate/inspect makes', devTools);
  return (receive) => {
    const running = new Map<string, ReturnType<typeof createLegacyService>>();

    const stop = (connection: string) => {
      const one = running.get(connection);
      if (!one) return;
      running.delete(connection);
      one.stop();
      devTools.unregister?.(one.service);
    };

    return {
      send(message) {
        if (message.type === 'actor') {
          const { connection } = message;
          // it introduces itself again whenever a viewer says hello
          if (running.has(connection)) return;
          const one = createLegacyService(message, (event) => receive({ version: inspectVersion, type: 'send', connection, event }));
          running.set(connection, one);
          devTools.register(one.service);
        } else if (message.type === 'step') running.get(message.connection)?.step(message);
        else if (message.type === 'end') stop(message.connection);
      },
      close: () => [...running.keys()].forEach(stop),
    };
  };
}
