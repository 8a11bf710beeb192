import { connectionMachine } from 'connection-machine/machine';
import { silentLogger } from './silentLogger.ts';
import { persistConnection, readPersisted } from '../../../src/persistedConnection.ts';
import { policyOf, type Bounds } from './Bounds.ts';
import { now, pureChart, type Chart, type Die, type Effects, type Step } from './chart.ts';
import { blank, type Configuration, type KeptChart } from './Configuration.ts';
import { remember } from './remember.ts';
import type { Move } from './movesOf.ts';
import { oneTickLater, standStill, tokenNamed, type Caps } from './standStill.ts';

/** One arrow of the product: what happened, and what came of it. */
export interface Edge {
  readonly before: Configuration;
  readonly move: Move;
  readonly after: Configuration;
  readonly effects: Effects;
  /** What the chart has counted, uncapped. */
  readonly counted: Counted;
  readonly hasDice: boolean;
}

export interface Counted {
  readonly attempt: number;
  readonly renewals: number;
}

interface Kept {
  readonly chart: KeptChart;
  readonly effects: Effects;
  readonly counted: Counted;
  readonly hasDice: boolean;
}

const nothing: Effects = { started: [], stopped: [], timers: [], handed: undefined, announced: [], store: undefined };

/** The product of the real chart and a world within bounds. The same step of the chart is taken once, however often the product needs it. */
export function productOf(bounds: Bounds, machine: Chart = connectionMachine) {
  const policy = policyOf(bounds);
  const caps: Caps = {
    attempt: 2,
    hurries: 3,
    renewalFailures: 2,
    renewedAt: bounds.policy.maxTokenRenewalsPerHour ?? 0,
    offline: bounds.policy.stableAfter,
  };
  const kept = bounds.kept && bounds.tokens[0] !== undefined ? tokenNamed(bounds.tokens[0]) : undefined;
  const { expectedUserId } = bounds;
  const chart = pureChart(machine, { policy, ...(kept && { token: kept }), ...(expectedUserId !== undefined && { expectedUserId }) });
  const charts = new Map<string, KeptChart>();
  const steps = new Map<string, Kept>();
  let taken = 0;

  function keep({ snapshot: given, effects, hasDice }: Step): Kept {
    taken += 1;
    if (given.status !== 'active') throw new Error(`the chart has ended: ${given.status}`);
    const { snapshot, key, where } = standStill(given, caps);
    const known = charts.get(key) ?? { id: charts.size, snapshot, where };
    charts.set(key, known);
    const { attempt, renewals } = given.context;
    return { chart: known, effects, counted: { attempt, renewals }, hasDice };
  }

  function stepOf(before: KeptChart, { label, event }: Move, die: Die): Kept {
    const key = `${before.id} ${label} ${die}`;
    let known = steps.get(key);
    if (!known) {
      if (event === 'tick') known = keep({ snapshot: oneTickLater(before.snapshot), effects: nothing, hasDice: false });
      else if (event === 'reload') {
        const restore = readPersisted(JSON.parse(JSON.stringify(persistConnection(before.snapshot))), now, silentLogger);
        known = keep(chart.beginAgain(restore, die));
      } else if (event === 'closed') known = { chart: before, effects: nothing, counted: before.snapshot.context, hasDice: false };
      else known = keep(chart.step(before.snapshot, event, die));
      steps.set(key, known);
    }
    return known;
  }

  function follow(before: Configuration, move: Move, die: Die): Edge {
    const { chart: next, effects, counted, hasDice } = stepOf(before.chart, move, die);
    let { timers, closing } = before;
    if (move.event === 'tick') {
      timers = new Map([...timers].map(([id, ticks]) => [id, ticks - 1]));
      closing = closing === undefined ? undefined : closing - 1;
    } else if (move.event === 'reload') {
      timers = new Map();
      closing = undefined;
    } else if (move.event === 'closed') {
      closing = undefined;
    } else if (timers.has(move.event.type)) {
      timers = new Map(timers);
      (timers as Map<string, number>).delete(move.event.type);
    }
    if (effects.timers.length > 0) {
      const changed = new Map(timers);
      for (const { id, ticks } of effects.timers) {
        if (ticks === undefined) changed.delete(id);
        else changed.set(id, ticks);
      }
      timers = changed;
    }
    // a link that was opened has to be closed; one whose turn had not come was never opened
    if (effects.stopped.includes('link') && before.closing === undefined) closing = bounds.policy.closeTimeLimit;
    const after = { chart: next, timers, closing, memory: before.memory };
    const edge = { before, move, after, effects, counted, hasDice };
    return { ...edge, after: { ...after, memory: remember(edge, bounds) } };
  }

  return {
    bounds,
    policy,
    follow,
    begin(): Configuration {
      const first = keep(chart.begin('low'));
      return { chart: first.chart, timers: new Map(), closing: undefined, memory: { ...blank, stored: kept ? 1 : 0 } };
    },
    /** How many different states of the chart were met, and how many steps the real chart has taken. */
    counts: () => ({ charts: charts.size, steps: taken }),
  };
}

export type Product = ReturnType<typeof productOf>;
