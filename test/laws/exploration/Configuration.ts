import type { ChartSnapshot } from './chart.ts';

/** A snapshot of the chart that is kept once, however many configurations hold it. */
export interface KeptChart {
  readonly id: number;
  readonly snapshot: ChartSnapshot;
  readonly where: string;
}

/**
 * What the laws go by. It is told by what happens outside the chart, never read from the chart's own memory: a chart that forgets
 * something could not be caught by what it has forgotten.
 */
export interface Memory {
  /** Tokens that the server has refused; one bit each. */
  readonly refused: number;
  /** Tokens that the live link was opened with or has been handed, and that are not answered for; one bit each. */
  readonly sent: number;
  /** The token that the app's store holds: its number from 1, or 0. */
  readonly stored: number;
  /** Refused tokens in a row, since a stable connection or a fresh start by the user. */
  readonly refusals: number;
  /** Refused tokens after which it went on, within the hour, which lasts for ever here. Stays 0 where nobody counts them. */
  readonly renewalsInAll: number;
  /** Has anybody said that the login is over? */
  readonly isForbidden: boolean;
  /** Ticks until the waiting person must have an answer. `undefined`: nobody waits. */
  readonly promise: number | undefined;
  readonly isOffline: boolean;
  /** Ticks that this link has been connected, without an interruption. */
  readonly connectedFor: number;
  /** Has `databaseOpened` been announced in this login, to this user? */
  readonly isDatabaseOpen: boolean;
}

/** One state of the product of the chart and its surroundings. */
export interface Configuration {
  readonly chart: KeptChart;
  /** Ticks until each timer is due. */
  readonly timers: ReadonlyMap<string, number>;
  /** Ticks until an earlier link, which is still closing, is left to itself. `undefined`: there is none. */
  readonly closing: number | undefined;
  readonly memory: Memory;
}

export const blank: Memory = {
  refused: 0,
  sent: 0,
  stored: 0,
  refusals: 0,
  renewalsInAll: 0,
  isForbidden: false,
  promise: undefined,
  isOffline: false,
  connectedFor: 0,
  isDatabaseOpen: false,
};

export function keyOf({ chart, timers, closing, memory }: Configuration): string {
  const { refused, sent, stored, refusals, renewalsInAll, isForbidden, promise, isOffline, connectedFor, isDatabaseOpen } = memory;
  let key = `${chart.id}|${closing}|${refused},${sent},${stored},${refusals},${renewalsInAll},${promise},${connectedFor},`;
  key += `${isForbidden ? 1 : 0}${isOffline ? 1 : 0}${isDatabaseOpen ? 1 : 0}`;
  // each configuration of the chart sets its timers in one order or another: the order says nothing
  for (const id of [...timers.keys()].sort()) key += `|${id}:${timers.get(id)}`;
  return key;
}

export const hasService = ({ chart }: Configuration, id: string): boolean => chart.snapshot.children[id] !== undefined;

/** Does a link live, and has its turn come? It waits for an earlier one that is still closing. */
export const hasOpenLink = (configuration: Configuration): boolean =>
  hasService(configuration, 'link') && configuration.closing === undefined;
