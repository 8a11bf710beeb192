import { legacyArrowType } from './legacyEvent.ts';
import type { ChartArrow, ChartState, InspectedChart } from '../chart/InspectedChart.ts';

/** What XState 4 makes of a machine for its inspectors: `machine.definition`, plain data. */
export interface LegacyDefinition {
  readonly id: string;
  readonly key: string;
  readonly type: ChartState['type'];
  readonly initial: string | undefined;
  readonly history: 'shallow' | false;
  readonly states: { readonly [key: string]: LegacyDefinition };
  readonly on: { readonly [event: string]: readonly LegacyTransition[] };
  readonly transitions: readonly LegacyTransition[];
  readonly entry: readonly [];
  readonly exit: readonly [];
  readonly activities: readonly [];
  readonly invoke: readonly { readonly type: 'xstate.invoke'; readonly id: string; readonly src: string }[];
  readonly order: number;
  readonly description: string | undefined;
  readonly tags: readonly [];
}

export interface LegacyTransition {
  readonly event: string;
  readonly eventType: string;
  /** `#id` of the states. */
  readonly source: string;
  readonly target: readonly string[] | undefined;
  readonly cond: { readonly type: 'xstate.guard'; readonly name: string } | undefined;
  readonly actions: readonly { readonly type: string }[];
  readonly internal: boolean;
  readonly description: string | undefined;
}

/** Our chart as XState 4 would define it: the same states under the same ids, in the same order. */
export function legacyDefinition(chart: InspectedChart): LegacyDefinition {
  const ids = new Map<string, string>();
  const learn = ({ path, id, states }: ChartState) => {
    ids.set(path, id);
    states.forEach(learn);
  };
  chart.states.forEach(learn);
  let order = 0;

  const transitionOf = (arrow: ChartArrow, state: ChartState): LegacyTransition => {
    const { from, to, guard, actions, description } = arrow;
    const event = legacyArrowType(arrow.event, state);
    return {
      event,
      eventType: event,
      source: `#${state.id}`,
      target: to === undefined ? undefined : [`#${ids.get(to)}`],
      cond: guard === '' ? undefined : { type: 'xstate.guard', name: guard },
      actions: actions.map((type) => ({ type })),
      // in XState 5, an arrow to a part of its own state does not leave it
      internal: to === undefined || `${to}.`.startsWith(`${from}.`),
      description: description || undefined,
    };
  };

  const define = (state: ChartState): LegacyDefinition => {
    const transitions = state.arrows.map((arrow) => transitionOf(arrow, state));
    const on: Record<string, LegacyTransition[]> = {};
    for (const transition of transitions) (on[transition.event] ??= []).push(transition);
    return {
      id: state.id,
      key: state.key,
      type: state.type,
      // in XState 4 the root, which is the first, has none
      order: order++ || -1,
      initial: state.states.find(({ isInitial }) => isInitial)?.key,
      history: state.type === 'history' ? 'shallow' : false,
      states: Object.fromEntries(state.states.map((inner) => [inner.key, define(inner)])),
      on,
      transitions,
      entry: [],
      exit: [],
      activities: [],
      invoke: state.invokes.map((id) => ({ type: 'xstate.invoke', id, src: id })),
      description: state.description || undefined,
      tags: [],
    };
  };
  return define({ ...chart, key: chart.id, path: '', isCrossroad: false, isInitial: false, invokes: [], arrows: [] });
}
