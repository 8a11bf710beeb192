import type { InspectedChart } from '../chart/InspectedChart.ts';
import type { InspectedActor, InspectedState, InspectedStep } from '../InspectMessage.ts';

/** A connection as the viewer knows it. */
export interface ShownConnection {
  readonly id: string;
  readonly name: string;
  readonly chart: InspectedChart;
  /** Which chart it is: the same one is drawn once. */
  readonly drawing: string;
  readonly isOurs: boolean;
  readonly policy: InspectedActor['policy'];
  readonly allowEvents: boolean;
  /** A file, not a connection: it can be stepped through, and nothing in it moves. */
  readonly isReport: boolean;
  readonly isOver: boolean;
  /** ms between the app's clock and ours. */
  readonly offset: number;
  readonly start: { readonly at: number; readonly state: InspectedState };
  readonly steps: readonly InspectedStep[];
  /** The state after the last step, or the one that it began with. */
  readonly state: InspectedState;
}

/** A step, with the state before it. */
export interface Moment {
  readonly step: InspectedStep | undefined;
  readonly at: number;
  readonly before: InspectedState | undefined;
  readonly state: InspectedState;
}

/** How things stood after a step; before the first one for -1. */
export function momentAt({ start, steps }: ShownConnection, index: number): Moment {
  const step = steps[index];
  const before = steps[index - 1]?.state ?? start.state;
  return step ? { step, at: step.at, before, state: step.state } : { step: undefined, at: start.at, before: undefined, state: start.state };
}
