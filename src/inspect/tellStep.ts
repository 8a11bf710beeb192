import { nameOfEvent } from './chart/readChart.ts';
import { durationOf } from './durationOf.ts';
import type { InspectedEvent, InspectedState, InspectedStep, Plain } from './InspectMessage.ts';

/** A step in words. */
export interface ToldStep {
  /** `link.failed tokenIncorrect 31004` */
  readonly what: string;
  /** The states that are entered and stay: `fetchingToken`, `connected.fresh, person.away`; empty when none was. */
  readonly where: string;
  /** Reasons, what was announced, and what is waited for. */
  readonly why: string;
}

/** One step as one line: for a console, and wherever there is no room for a picture. */
export function tellStep({ event, transitions, emitted, state, at }: InspectedStep, before: InspectedState | undefined): ToldStep {
  const rests = restsOf(state);
  const earlier = before ? restsOf(before) : [];
  const entered = rests.filter((path) => !earlier.includes(path));
  const reasons = transitions.map(({ guard, why }) => why || (guard && `[${guard}]`)).filter((reason) => reason !== '');
  const timers = state.timers
    .filter((timer) => !before?.timers.some(({ name, dueAt }) => name === timer.name && dueAt === timer.dueAt))
    .map(({ name, dueAt }) => `${name} in ${durationOf(dueAt - at)}`);
  const nothing = transitions.length === 0 ? 'not answered here' : entered.length === 0 && reasons.length === 0 ? 'stays as it is' : '';
  return {
    what: [nameOfEvent(event.type), ...detailsOf(event, at)].join(' '),
    where: entered.map((path) => path.replace(/^session\.(link\.)?/, '')).join(', '),
    why: [nothing, ...reasons, ...emitted.map((one) => `(${[one.type, ...detailsOf(one, at)].join(' ')})`), ...timers]
      .filter(Boolean)
      .join(' '),
  };
}

/** The innermost active states. */
export const restsOf = ({ active }: Pick<InspectedState, 'active'>): string[] =>
  active.filter((path) => !active.some((other) => other.startsWith(`${path}.`)));

/** What an event says besides its name, shortly: a failure by kind and code, the rest by value. */
function detailsOf({ type: _, ...fields }: InspectedEvent, at: number): string[] {
  return Object.entries(fields).flatMap(([name, value]) => {
    if (typeof value === 'boolean') return value ? [name] : [];
    if (typeof value !== 'object') return [String(value)];
    const { kind, code, secret, expiresAt } = Object(value) as { readonly [field: string]: Plain };
    if (secret !== undefined)
      return [`token #${secret}${expiresAt === undefined ? '' : `, good for ${durationOf(Number(expiresAt) - at)}`}`];
    return [kind, code].flatMap((part) => (typeof part === 'string' || typeof part === 'number' ? [String(part)] : []));
  });
}
