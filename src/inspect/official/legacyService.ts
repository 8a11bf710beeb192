import { legacyDefinition, type LegacyDefinition } from './legacyDefinition.ts';
import { legacyEvent, sentEvent } from './legacyEvent.ts';
import { legacyState, type LegacyState } from './legacyState.ts';
import type { InspectedActor, InspectedStep } from '../InspectMessage.ts';

/** Of a running interpreter of XState 4, what its inspectors look at. */
export interface LegacyService {
  /** What the developer called the connection. */
  readonly id: string;
  readonly sessionId: string;
  readonly parent: undefined;
  readonly machine: { readonly id: string; readonly definition: LegacyDefinition; toJSON(): LegacyDefinition };
  readonly initialState: LegacyState;
  /** The latest. */
  readonly state: LegacyState;
  /** Inspectors put a function of their own in its place, and so hear what is sent. What viewers send comes in through it. */
  send(event: unknown, payload?: unknown): unknown;
  subscribe(listener: LegacyListener | { next?: LegacyListener }): { unsubscribe(): void };
  onStop(listener: () => void): unknown;
}

type LegacyListener = (state: LegacyState) => void;

/**
 * Plays one connection as a service of XState 4.
 *
 * @param ask is given what a viewer has sent, unchecked
 */
export function createLegacyService(actor: InspectedActor, ask: (event: { readonly type: string }) => void) {
  const definition = legacyDefinition(actor.chart);
  const listeners = new Set<LegacyListener>();
  const stopListeners = new Set<() => void>();
  let state = legacyState(actor, actor);
  let lastSeq = 0;
  /** What is being told to the inspector: it comes back through `send`, and must not reach the connection a second time. */
  let telling: object | undefined;
  /** What a viewer is sending: the inspector has heard of it already. */
  let asked: string | undefined;

  const service: LegacyService = {
    id: actor.name,
    sessionId: actor.connection,
    parent: undefined,
    machine: { id: actor.chart.id, definition, toJSON: () => definition },
    initialState: state,
    get state() {
      return state;
    },
    send(sent, payload) {
      const event = sent === telling ? undefined : sentEvent(sent, payload);
      if (event) {
        asked = event.type;
        try {
          ask(event);
        } finally {
          asked = undefined;
        }
      }
      return state;
    },
    subscribe(listener) {
      const next = typeof listener === 'function' ? listener : (told: LegacyState) => listener.next?.(told);
      listeners.add(next);
      return { unsubscribe: () => void listeners.delete(next) };
    },
    onStop(listener) {
      stopListeners.add(listener);
      return service;
    },
  };

  return {
    service,
    step(step: InspectedStep): void {
      // a connection that introduces itself once more tells its steps once more
      if (step.seq <= lastSeq) return;
      lastSeq = step.seq;
      state = legacyState(actor, step);
      if (step.event.type === asked) asked = undefined;
      else {
        const event = legacyEvent(step.event);
        const before = telling;
        telling = event;
        try {
          service.send(event);
        } finally {
          telling = before;
        }
      }
      for (const listener of listeners) listener(state);
    },
    stop(): void {
      for (const listener of stopListeners) listener();
      listeners.clear();
      stopListeners.clear();
    },
  };
}
