import type { AnyStateMachine, AnyStateNode } from 'xstate';
import type { ChartArrow, ChartState, InspectedChart } from './InspectedChart.ts';

/** A guard or an action that is written inline and has no name of its own. */
const inline = '(inline)';

/** What XState calls an arrow. */
export type Transition = NonNullable<AnyStateNode['always']>[number];

/** Everything that can be drawn or told of a machine, its states as deep as they go. */
export function readChart({ root }: AnyStateMachine): InspectedChart {
  return {
    id: root.id,
    description: root.description ?? '',
    type: root.type as InspectedChart['type'],
    states: Object.values(root.states).map(readState),
  };
}

/** The state itself and all below it, top to bottom. */
export function statesOf(state: ChartState): ChartState[] {
  return [state, ...state.states.flatMap(statesOf)];
}

/** `session.link.connected`; empty for the machine itself. */
export const pathOf = (node: AnyStateNode): string => node.path.join('.');

function readState(node: AnyStateNode): ChartState {
  const arrows = [...node.transitions.values()]
    .flat()
    .concat(node.always ?? [])
    .map(readArrow);
  return {
    path: pathOf(node),
    key: node.key,
    id: node.id,
    type: node.type,
    description: node.description ?? '',
    isCrossroad: arrows.length > 0 && arrows.every(({ event }) => event === '') && arrows.some(({ guard }) => guard === ''),
    isInitial: node.parent?.initial?.target[0] === node,
    invokes: node.invoke.map(({ id }) => id),
    states: Object.values(node.states).map(readState),
    arrows,
  };
}

export function readArrow(arrow: Transition): ChartArrow {
  const [to] = arrow.target ?? [];
  return {
    from: pathOf(arrow.source),
    to: to && pathOf(to),
    event: nameOfEvent(arrow.eventType),
    guard: nameOfGuard(arrow.guard),
    actions: arrow.actions.map(nameOfAction),
    description: arrow.description ?? '',
  };
}

/** XState's own events in words: `after untilRetry`, `done fetchToken`, `error link`. */
export function nameOfEvent(type: string): string {
  const [, after] = /^xstate\.after\.(.+?)\.[^.]+(?:\.|$)/.exec(type) ?? [];
  const [, end, actor] = /^xstate\.(done|error)\.actor\.([^*]+)$/.exec(type) ?? [];
  if (after !== undefined) return `after ${after}`;
  return end === undefined ? type : `${end} ${actor}`;
}

/** A guard is a name, a name with params, or a combination made by `and`. */
function nameOfGuard(guard: unknown): string {
  if (guard === undefined) return '';
  if (typeof guard === 'string') return guard;
  const { type, guards } = guard as { type?: string; guards?: readonly unknown[] };
  if (guards) return guards.map(nameOfGuard).join(' and ');
  return type ?? inline;
}

/** XState's own by their short names: what they do is in the source, and in the description. */
function nameOfAction(action: unknown): string {
  if (typeof action === 'string') return action;
  return (action as { type?: string }).type?.replace(/^xstate\./, '') ?? inline;
}
