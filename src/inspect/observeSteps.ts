import type { AnyActorRef, AnyEventObject, AnyMachineSnapshot, InspectionEvent } from 'xstate';
import type { Transition } from './chart/readChart.ts';

/** One event and what came of it, in XState's own terms. */
export interface RawStep {
  /** epoch ms */
  readonly at: number;
  readonly event: AnyEventObject;
  readonly transitions: readonly Transition[];
  readonly emitted: readonly AnyEventObject[];
  readonly snapshot: AnyMachineSnapshot;
}

/**
 * Watches one actor of a running system, and gathers what XState tells in pieces (microsteps, actions, a snapshot) into steps.
 * XState calls its observers from within the chart's own step: what is called from here must not throw, so nothing gets through.
 * Returns the function that stops it; after that, the actor runs as if nobody had ever looked.
 */
export function observeSteps(actor: AnyActorRef, now: () => number, onStep: (step: RawStep) => void): () => void {
  let begunAt: number | undefined;
  let transitions: Transition[] = [];
  let emitted: AnyEventObject[] = [];

  const next = (event: InspectionEvent) => {
    if (event.actorRef !== actor) return;
    if (event.type === '@xstate.microstep') {
      begunAt ??= now();
      transitions.push(...(event._transitions as Transition[]));
    } else if (event.type === '@xstate.action' && event.action.type === 'xstate.emit') {
      emitted.push((event.action.params as { event: AnyEventObject }).event);
    } else if (event.type === '@xstate.snapshot') {
      const step = { at: begunAt ?? now(), event: event.event, transitions, emitted, snapshot: event.snapshot as AnyMachineSnapshot };
      begunAt = undefined;
      transitions = [];
      emitted = [];
      onStep(step);
    }
  };
  const { unsubscribe } = actor.system.inspect({
    next(event) {
      try {
        next(event);
      } catch {
        // an inspector that fails must not take the connection with it
      }
    },
  });
  return unsubscribe;
}
