import type { AnyActorRef, AnyMachineSnapshot, AnyStateMachine } from 'xstate';
import { arrowsOf, connectionChart, isConnectionChart, keyOfArrow } from './chart/describedChart.ts';
import { pathOf, readArrow, readChart, type Transition } from './chart/readChart.ts';
import { createDiscloser, type Allowed } from './discloser.ts';
import { createTimerReader } from './runningTimers.ts';
import type { InspectedState, InspectedStep, InspectedTransition } from './InspectMessage.ts';
import type { RawStep } from './observeSteps.ts';

/** Puts what happens to one actor into words that may be seen. */
export function createStepTeller(actor: AnyActorRef, allowed?: Allowed) {
  const { logic } = actor as unknown as { readonly logic: AnyStateMachine };
  const own = readChart(logic);
  const isOurs = isConnectionChart(own);
  // ours explains itself, though the app's copy of it does not
  const chart = isOurs ? connectionChart() : own;
  const known = arrowsOf(chart);
  const discloser = createDiscloser(isOurs, allowed);
  const readTimers = createTimerReader(actor);
  const snapshot = () => actor.getSnapshot() as AnyMachineSnapshot;

  const stateOf = (at: number, { _nodes: nodes, context }: AnyMachineSnapshot): InspectedState => ({
    active: nodes
      .filter(({ path }) => path.length > 0)
      .sort((one, other) => one.order - other.order)
      .map(pathOf),
    memory: discloser.memory(context),
    timers: readTimers(at, nodes),
  });

  const transitionOf = (transition: Transition): InspectedTransition => {
    const arrow = readArrow(transition);
    const { from, to, event, guard, actions, description } = known.get(keyOfArrow(arrow)) ?? arrow;
    return { from, ...(to !== undefined && { to }), event, guard, actions, why: description };
  };

  return {
    isOurs,
    chart,
    text: discloser.text,
    /** epoch ms: by the app's clock where the machine has one */
    now(): number {
      const { now } = Object(snapshot().context) as { now?: () => number };
      return isOurs && typeof now === 'function' ? now() : Date.now();
    },
    policy: () => discloser.policy(snapshot().context),
    state: (at: number) => stateOf(at, snapshot()),
    step({ at, event, transitions, emitted, snapshot: after }: RawStep): Omit<InspectedStep, 'version' | 'type' | 'connection' | 'seq'> {
      discloser.meet(event, after.context, ...emitted);
      const state = stateOf(at, after);
      return {
        at,
        event: discloser.event(event),
        transitions: transitions.map(transitionOf),
        emitted: emitted.map(discloser.event),
        state,
      };
    },
  };
}
