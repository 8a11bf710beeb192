import type { InspectedEvent, Plain } from '../InspectMessage.ts';

/** What a report calls itself, so that no other file is taken for one. */
export const reportFormat = 'connection-machine.report';
/** The format's version. */
export const reportVersion = 1;

/**
 * What `connection.report()` hands to a bug report: the last steps of a connection. JSON, a few dozen kB at most, without a token:
 * tokens are numbered in the order in which they were met. Times are epoch ms by the app's clock, durations are ms.
 */
export interface ConnectionReport {
  readonly format: typeof reportFormat;
  readonly version: typeof reportVersion;
  /** When the report was made. */
  readonly madeAt: number;
  /** Which chart was recorded: another one may behave differently on purpose. */
  readonly chart: string;
  readonly policy: { readonly [name: string]: number };
  /** How many steps were recorded before the first one that is kept. */
  readonly dropped: number;
  /** How things stood before the first of the steps. */
  readonly start: RecordedStart;
  /** All arrows that were taken: state, event, guard, target. The steps have their numbers. */
  readonly arrows: readonly RecordedArrow[];
  readonly steps: readonly RecordedStep[];
}

export type RecordedArrow = readonly [from: string, event: string, guard: string, to?: string];

/** A timer that runs, as seen from the moment at which it is told: `ranFor` ms ago it was started, in `runsFor` ms it ends. */
export type RecordedTimer = readonly [name: string, state: string, ranFor: number, runsFor: number];

interface Moment {
  readonly at: number;
  /** Where each region rests: `{ session: 'link.connecting', … }`. */
  readonly states: { readonly [region: string]: string };
  readonly memory: { readonly [name: string]: Plain };
  readonly timers: readonly RecordedTimer[];
}

export type RecordedStart = Moment;

/** One event and what it changed: what is absent is as it was. */
export interface RecordedStep {
  readonly at: number;
  readonly event: InspectedEvent;
  /** Numbers into `arrows`, in the order in which they were taken. */
  readonly took?: readonly number[];
  readonly emitted?: readonly InspectedEvent[];
  /** The regions that rest elsewhere now. */
  readonly states?: Moment['states'];
  /** What is remembered anew or differently; `null` for what is forgotten. */
  readonly memory?: Moment['memory'];
  /** All timers, when any of them was started, ended or set anew. */
  readonly timers?: Moment['timers'];
}
