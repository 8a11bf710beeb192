/** A chart as it can be drawn, told and sent: plain data. */
export interface InspectedChart {
  /** The machine's id. */
  readonly id: string;
  readonly description: string;
  readonly type: 'compound' | 'parallel' | 'atomic';
  /** The regions of a parallel machine, otherwise its states; in the order in which they are written. */
  readonly states: readonly ChartState[];
}

/** A state as the chart has it, ready to be drawn or told. */
export interface ChartState {
  /** Its place in the chart: `session.link.connected`. */
  readonly path: string;
  readonly key: string;
  /** XState's id of it: `connection.session.link`, or the one that it was given. */
  readonly id: string;
  readonly type: 'atomic' | 'compound' | 'parallel' | 'final' | 'history';
  readonly description: string;
  /** Left in the step in which it is entered: nobody outside ever sees it. */
  readonly isCrossroad: boolean;
  /** Is it where its parent begins? */
  readonly isInitial: boolean;
  /** The services that live as long as it is active, by id. */
  readonly invokes: readonly string[];
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
