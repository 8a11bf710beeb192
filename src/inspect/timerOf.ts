import type { AnyStateNode } from 'xstate';
import { pathOf } from './chart/readChart.ts';

/** What a timer is called, and which of the active states it belongs to, from the event that it will send. */
export function timerOf(eventType: string, active: readonly AnyStateNode[]): { readonly name: string; readonly state: string } {
  const [, name = eventType] = /^xstate\.after\.([^.]+)\./.exec(eventType) ?? [];
  const owner = active.find(({ after }) => after.some((transition) => transition.eventType === eventType));
  return { name, state: owner ? pathOf(owner) : '' };
}
