import type { InspectedEvent, InspectedState, InspectedTimer, Plain } from '../InspectMessage.ts';

/** The format's version. */
export const reportVersion = 1;

/** What `connection.report()` hands to a bug report: the last steps of a connection, as JSON, without a token. Times are epoch ms. */
export interface ConnectionReport {
  readonly format: 'connection-machine.report';
  readonly version: typeof reportVersion;
  /** When the report was made. */
  readonly madeAt: number;
  /** In ms. */
  readonly policy: { readonly [name: string]: number };
  /** Steps that were recorded and are not kept any more. */
  readonly dropped: number;
  /** How things stood before the first of the steps. */
  readonly start: { readonly at: number; readonly state: InspectedState };
  readonly steps: readonly RecordedStep[];
}

/** One event and what it changed. What is absent is as it was. */
export interface RecordedStep {
  readonly at: number;
  readonly event: InspectedEvent;
  /** The arrows that were taken, as numbers into `arrows` of the chart, or in words for an arrow that is not in it. */
  readonly taken: readonly string[];
  readonly emitted?: readonly InspectedEvent[];
  /** All active states that have no inner ones. */
  readonly rests?: readonly string[];
  /** Fields of the memory that are new or different; `null` for those that are gone. */
  readonly memory?: { readonly [name: string]: Plain };
  readonly timers?: readonly InspectedTimer[];
}
