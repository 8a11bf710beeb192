import type { ChartState } from '../chart/InspectedChart.ts';
import type { InspectedEvent } from '../InspectMessage.ts';

/** An event in the envelope in which XState 4 sends it round. */
export interface LegacyEnvelope {
  readonly name: string;
  readonly data: InspectedEvent;
  readonly $$type: 'scxml';
  readonly type: 'external';
}

/** What XState 4 calls an event: `xstate.after(untilRetry)#connection.session.waiting.backoff`, `done.invoke.fetchToken`, `error.platform.link`. */
function legacyEventType(type: string): string {
  return type
    .replace(/^xstate\.after\.(.+?)\.(.+)$/, 'xstate.after($1)#$2')
    .replace(/^xstate\.done\.actor\./, 'done.invoke.')
    .replace(/^xstate\.error\.actor\./, 'error.platform.')
    .replace(/^xstate\.done\.state\./, 'done.state.');
}

/** The same of an arrow of the chart, whose event is in words: `after untilRetry`, `done fetchToken`. */
export function legacyArrowType(event: string, { id, invokes }: Pick<ChartState, 'id' | 'invokes'>): string {
  const [, how, name = ''] = /^(after|done|error) (.+)$/.exec(event) ?? [];
  if (how === 'after') return `xstate.after(${name})#${id}`;
  // an app's own event may begin with the same word
  if (how !== undefined && invokes.includes(name)) return `${how === 'done' ? 'done.invoke' : 'error.platform'}.${name}`;
  return legacyEventType(event);
}

export const legacyEvent = (event: InspectedEvent): InspectedEvent => ({ ...event, type: legacyEventType(event.type) });

export const envelopeOf = (event: InspectedEvent): LegacyEnvelope => ({ name: event.type, data: event, $$type: 'scxml', type: 'external' });

/** The event in whatever a viewer of XState 4 gives to `service.send`: a type, an event or an envelope. `undefined` for anything else. */
export function sentEvent(sent: unknown, payload?: unknown): { readonly type: string } | undefined {
  if (typeof sent === 'string') return { ...Object(payload), type: sent };
  const { $$type, data } = Object(sent) as Partial<LegacyEnvelope>;
  const event = $$type === 'scxml' ? data : sent;
  return typeof (Object(event) as { type?: unknown }).type === 'string' ? (event as { type: string }) : undefined;
}
