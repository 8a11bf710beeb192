import { envelopeOf, legacyEvent, type LegacyEnvelope } from './legacyEvent.ts';
import { stateValue, type StateValue } from '../chart/stateValue.ts';
import type { InspectedActor, InspectedEvent, InspectedStep, Plain } from '../InspectMessage.ts';

/** A state as XState 4 tells it to its inspectors: plain data. */
export interface LegacyState {
  readonly value: StateValue;
  /** What the allow-list knows of the context. */
  readonly context: { readonly [name: string]: Plain };
  readonly event: InspectedEvent;
  readonly _event: LegacyEnvelope;
  readonly _sessionid: string;
  readonly actions: readonly { readonly type: string }[];
  readonly activities: object;
  readonly meta: object;
  readonly events: readonly [];
  readonly configuration: readonly [];
  readonly transitions: readonly [];
  readonly children: object;
  readonly tags: readonly [];
  readonly done: boolean;
  readonly changed: boolean;
}

/** The state after a step, or the one in which a connection introduces itself. */
export function legacyState(
  { chart, connection }: Pick<InspectedActor, 'chart' | 'connection'>,
  told: Pick<InspectedActor, 'state'> & Partial<Pick<InspectedStep, 'event' | 'transitions'>>,
): LegacyState {
  const { state, event: raw = { type: 'xstate.init' }, transitions = [] } = told;
  const event = legacyEvent(raw);
  return {
    value: stateValue(chart, state.active),
    context: state.memory,
    event,
    _event: envelopeOf(event),
    _sessionid: connection,
    actions: transitions.flatMap(({ actions }) => actions.map((type) => ({ type }))),
    activities: {},
    meta: {},
    events: [],
    configuration: [],
    transitions: [],
    children: {},
    tags: [],
    done: false,
    changed: transitions.length > 0,
  };
}
