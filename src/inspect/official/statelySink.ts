import { mustBe } from '../../../machines/connection/ConnectionOptionError.ts';
import { leasedWindow } from './leasedWindow.ts';
import { statelyDefinition } from './statelyDefinition.ts';
import { statelySerializer, type StatelySerialize } from './statelySerializer.ts';
import { stateValue } from '../chart/stateValue.ts';
import { stopForGood } from './stopForGood.ts';
import type { InspectedActor, InspectedState } from '../InspectMessage.ts';
import type { InspectSink } from '../InspectSink.ts';

/** Options that `@statelyai/inspect` must be given. */
export interface StatelyOptions {
  /** Lets nothing through but what the sink itself has said. */
  readonly serialize: StatelySerialize;
  /** The page's window, whose listeners are taken away at the end. Absent where there is no page. */
  readonly window?: Window;
}

/** Of an inspector of `@statelyai/inspect`, what is needed. */
export interface StatelyInspector {
  actor(actor: object | string, snapshot?: object): void;
  event(actor: object | string, event: { readonly type: string } | string): void;
  snapshot(actor: object | string, snapshot: object, info?: { readonly event?: { readonly type: string } }): void;
  stop(): void;
}

/**
 * For Stately's inspector, `@statelyai/inspect` 0.7: each connection appears in it as an actor, with its chart, every event and every
 * state. It is given what other sinks are given: never a token. Its page can only look: it sends nothing back.
 *
 * ```ts
 * inspectConnection(connection, statelySink((options) => createWebSocketInspector({ ...options, url: 'ws://127.0.0.1:8080' })));
 * inspectConnection(connection, statelySink((options) => createBrowserInspector({ ...options, url: '/inspector' })));
 * ```
 *
 * An inspector is made when inspection begins and stopped when it ends: a browser's opens its window then, so begin in a click.
 * Give it a `url` of your own; its messages go to whatever page that window shows.
 *
 * @param createInspector must pass `options` on, whatever it adds to them
 * @throws ConnectionOptionError for something that is no function
 */
export function statelySink(createInspector: (options: StatelyOptions) => StatelyInspector): InspectSink {
  mustBe(typeof createInspector === 'function', 'createInspector', 'a function that makes an inspector', createInspector);
  return () => {
    const page = leasedWindow();
    const raw = statelySerializer();
    /** Messages that wait for a viewer come by a second time. */
    const made = new WeakSet();
    /** What is being said: the inspector puts it into a message, and `serialize` puts it there instead. */
    let saying: object | undefined;
    const serialize: StatelySerialize = (message) => {
      if (made.has(message)) return message;
      if (!saying) return raw(message);
      const { type, id, _version } = message as Record<string, unknown>;
      const one = { type, id, _version, ...saying };
      made.add(one);
      return one as typeof message;
    };

    const inspector = createInspector({ serialize, ...(page && { window: page.window }) });
    // without a window, createBrowserInspector makes something that cannot be told anything
    const isDeaf = typeof inspector?.actor !== 'function';
    const running = new Map<string, { readonly actor: InspectedActor; seq: number; state: InspectedState }>();
    let isStopped = false;

    const say = (words: object, call: () => void) => {
      saying = words;
      try {
        call();
      } finally {
        saying = undefined;
      }
    };
    const snapshotOf = ({ chart }: InspectedActor, { active, memory }: InspectedState, status: 'active' | 'stopped') => ({
      status,
      value: stateValue(chart, active),
      context: memory,
      historyValue: {},
      tags: [],
      children: {},
    });
    const tellSnapshot = (
      actor: InspectedActor,
      state: InspectedState,
      status: 'active' | 'stopped',
      event: { type: string },
      at: number,
    ) => {
      const snapshot = snapshotOf(actor, state, status);
      const { connection } = actor;
      say({ ...saidBy(connection, at), event, snapshot }, () => inspector.snapshot(connection, snapshot, { event }));
    };
    const stop = () => {
      if (isStopped) return;
      isStopped = true;
      if (!isDeaf) stopForGood(inspector);
      page?.release();
    };

    return {
      send(message) {
        if (isDeaf || isStopped) return;
        if (message.type === 'actor') {
          const { connection, name, chart, state, at } = message;
          // it introduces itself again whenever a viewer says hello
          if (running.has(connection)) return;
          running.set(connection, { actor: message, seq: 0, state });
          const definition = statelyDefinition(chart);
          const snapshot = snapshotOf(message, state, 'active');
          const actor = { sessionId: connection, id: name, logic: { config: JSON.parse(definition) as object } };
          say({ ...saidBy(connection, at), name, definition, snapshot }, () => inspector.actor(actor, snapshot));
        } else if (message.type === 'step') {
          const { connection, seq, event, state, at } = message;
          const one = running.get(connection);
          if (!one || seq <= one.seq) return;
          Object.assign(one, { seq, state });
          say({ ...saidBy(connection, at), event }, () => inspector.event(connection, event));
          tellSnapshot(one.actor, state, 'active', event, at);
        } else if (message.type === 'end') {
          const one = running.get(message.connection);
          if (!one) return;
          running.delete(message.connection);
          tellSnapshot(one.actor, one.state, 'stopped', { type: 'xstate.stop' }, message.at);
          if (running.size === 0) stop();
        }
      },
      close: stop,
    };
  };
}

/** Whose words they are, and when they were said. XState counts in text. */
const saidBy = (connection: string, at: number) => ({ sessionId: connection, rootId: connection, createdAt: String(at) });
