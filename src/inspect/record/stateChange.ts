import type { InspectedState, InspectedTimer, Plain } from '../InspectMessage.ts';
import type { RecordedStart, RecordedStep, RecordedTimer } from './ConnectionReport.ts';

type Change = Pick<RecordedStep, 'states' | 'memory' | 'timers'>;

/** A whole state as a report has it. */
export function recordState(at: number, { active, memory, timers }: InspectedState): RecordedStart {
  return { at, states: restsOf(active), memory, timers: timers.map((timer) => toRecorded(at, timer)) };
}

/** What has changed from one state to the next; an empty object when nothing has. */
export function changeOf(at: number, before: InspectedState, after: InspectedState): Change {
  const states = differences(restsOf(before.active), restsOf(after.active)) as { [region: string]: string };
  const memory = differences(before.memory, after.memory);
  const areSame = isSame(before.timers, after.timers);
  return {
    ...(Object.keys(states).length > 0 && { states }),
    ...(Object.keys(memory).length > 0 && { memory }),
    ...(!areSame && { timers: after.timers.map((timer) => toRecorded(at, timer)) }),
  };
}

/** The state that a recorded one stands for. */
export function toState({ at, states, memory, timers }: RecordedStart): InspectedState {
  return { active: activeOf(states), memory, timers: timers.map((timer) => fromRecorded(at, timer)) };
}

/** The state after a recorded change. */
export function applyChange(before: InspectedState, at: number, { states, memory, timers }: Change): InspectedState {
  const remembered = Object.entries({ ...before.memory, ...memory }).filter(([, value]) => value !== null);
  return {
    active: states ? activeOf({ ...restsOf(before.active), ...states }) : before.active,
    memory: memory ? Object.fromEntries(remembered) : before.memory,
    timers: timers ? timers.map((timer) => fromRecorded(at, timer)) : before.timers,
  };
}

/** Are two pieces of plain data equal? Their fields are written in the same order, because the same code wrote them. */
export const isSame = (one: unknown, other: unknown): boolean => one === other || JSON.stringify(one) === JSON.stringify(other);

function differences(before: { readonly [name: string]: Plain }, after: { readonly [name: string]: Plain }) {
  const changed: { [name: string]: Plain } = {};
  for (const [name, value] of Object.entries(after)) if (!isSame(before[name], value)) changed[name] = value;
  for (const name of Object.keys(before)) if (!(name in after)) changed[name] = null;
  return changed;
}

/** From all active states to the innermost one of each region, without the region's own name. */
function restsOf(active: readonly string[]): { [region: string]: string } {
  const rests: { [region: string]: string } = {};
  for (const path of active) {
    const [region = ''] = path.split('.', 1);
    rests[region] = path.slice(region.length + 1);
  }
  return rests;
}

/** And back: `{ session: 'link.connecting' }` to `session`, `session.link`, `session.link.connecting`. */
function activeOf(rests: { readonly [region: string]: string }): string[] {
  return Object.entries(rests).flatMap(([region, rest]) => {
    const keys = rest === '' ? [region] : [region, ...rest.split('.')];
    return keys.map((_, index) => keys.slice(0, index + 1).join('.'));
  });
}

const toRecorded = (at: number, { name, state, startedAt, dueAt }: InspectedTimer): RecordedTimer => [
  name,
  state,
  at - startedAt,
  dueAt - at,
];

const fromRecorded = (at: number, [name, state, ranFor, runsFor]: RecordedTimer): InspectedTimer => ({
  name,
  state,
  startedAt: at - ranFor,
  dueAt: at + runsFor,
});
