import type { AnyActorRef, AnyStateNode } from 'xstate';
import { timerOf } from './timerOf.ts';
import type { InspectedTimer } from './InspectMessage.ts';

interface Scheduled {
  readonly source: AnyActorRef;
  readonly event: { readonly type: string };
  /** ms */
  readonly delay: number;
  /** by the platform's clock, which need not be the app's */
  readonly startedAt: number;
}

/**
 * The timers that an actor has running. XState keeps them in its system's snapshot; each is dated by the app's clock when it is first
 * seen, so that what is counted down is the timer itself, whatever clock the app has given.
 */
export function createTimerReader(actor: AnyActorRef) {
  let dated: Map<Scheduled, number> | undefined;

  return (now: number, active: readonly AnyStateNode[]): InspectedTimer[] => {
    const { _scheduledEvents: scheduled = {} } = actor.system.getSnapshot() as { _scheduledEvents?: Record<string, Scheduled> };
    const running = Object.values(scheduled).filter(({ source }) => source === actor);
    // at the first look, a timer may have been running for long; later it has begun in the step that is being told
    const startOf = (one: Scheduled) => (dated ? (dated.get(one) ?? now) : now - Math.max(0, Date.now() - one.startedAt));
    dated = new Map(running.map((one) => [one, startOf(one)]));
    return [...dated]
      .map(([{ event, delay }, startedAt]) => ({ ...timerOf(event.type, active), startedAt, dueAt: startedAt + delay }))
      .sort((one, other) => one.dueAt - other.dueAt);
  };
}
