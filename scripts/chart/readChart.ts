import type { AnyStateMachine, AnyStateNode } from 'xstate';

/** A state as the chart has it, ready to be drawn or told. */
export interface ChartState {
  /** Its place in the chart: `session.link.connected`. */
  readonly path: string;
  readonly key: string;
  readonly description: string;
  /** Left in the step in which it is entered: nobody outside ever sees it. */
  readonly isCrossroad: boolean;
  /** Is it where its parent begins? */
  readonly isInitial: boolean;
  readonly states: readonly ChartState[];
  readonly arrows: readonly ChartArrow[];
}

export interface ChartArrow {
  readonly from: string;
  /** Absent when the event is answered without leaving: an action, or a deliberate ignore. */
  readonly to: string | undefined;
  /** `link.failed`, `after timeLimit`, `done fetchToken`; empty for an arrow that is taken at once. */
  readonly event: string;
  readonly guard: string;
  readonly actions: readonly string[];
  readonly description: string;
}

/** The machine's regions, in the order in which they are written. */
export function readChart(machine: AnyStateMachine): readonly ChartState[] {
  return Object.values(machine.root.states).map(readState);
}

/** The state itself and all below it, top to bottom. */
export function statesOf(state: ChartState): ChartState[] {
  return [state, ...state.states.flatMap(statesOf)];
}

function readState(node: AnyStateNode): ChartState {
  const arrows = [...node.transitions.values()]
    .flat()
    .concat(node.always ?? [])
    .map((arrow) => readArrow(node, arrow));
  return {
    path: node.path.join('.'),
    key: node.key,
    description: node.description ?? '',
    isCrossroad: arrows.length > 0 && arrows.every(({ event }) => event === '') && arrows.some(({ guard }) => guard === ''),
    isInitial: node.parent?.initial?.target[0] === node,
    states: Object.values(node.states).map(readState),
    arrows,
  };
}

function readArrow(node: AnyStateNode, arrow: AnyStateNode['always'] extends (infer Arrow)[] | undefined ? Arrow : never): ChartArrow {
  return {
    from: node.path.join('.'),
    to: arrow.target?.[0]?.path.join('.'),
    event: nameOfEvent(arrow.eventType),
    guard: nameOfGuard(arrow.guard),
    actions: arrow.actions.map(nameOfAction),
    description: arrow.description ?? '',
  };
}

function nameOfEvent(type: string): string {
  const [, after] = /^xstate\.after\.(\w+)\./.exec(type) ?? [];
  const [, end, actor] = /^xstate\.(done|error)\.actor\.(\w+)$/.exec(type) ?? [];
  if (after !== undefined) return `after ${after}`;
  return end === undefined ? type : `${end} ${actor}`;
}

/** A guard is a name, a name with params, or a combination made by `and`. */
function nameOfGuard(guard: unknown): string {
  if (guard === undefined) return '';
  if (typeof guard === 'string') return guard;
  const { type, guards } = guard as { type?: string; guards?: readonly unknown[] };
  if (guards) return guards.map(nameOfGuard).join(' and ');
  if (type === undefined) throw new Error('the chart holds a guard without a name: it cannot be drawn');
  return type;
}

function nameOfAction(action: unknown): string {
  if (typeof action === 'string') return action;
  const { type } = action as { type: string };
  // XState's own: what they do is in the source, and in the description
  return type.replace(/^xstate\./, '');
}
