import { lawsOfEdges } from './lawsOfEdges.ts';
import { keyOf, type Configuration } from './Configuration.ts';
import { movesIn } from './movesOf.ts';
import type { Die } from './chart.ts';
import { productOf, type Edge } from './product.ts';
import type { Bounds } from './Bounds.ts';
import type { Chart } from './chart.ts';
import { waysOut } from './waysOut.ts';

/** A broken law, with a shortest way there. */
export interface Broken {
  readonly law: number;
  readonly how: string;
  readonly story: readonly string[];
}

export interface Exploration {
  readonly bounds: Bounds;
  /** Different states of the product. */
  readonly configurations: number;
  /** Arrows between them, each looked at by every law. */
  readonly edges: number;
  /** The longest of the shortest stories that lead to a configuration. */
  readonly depth: number;
  /** Different states of the chart alone, and steps that the real chart has taken. */
  readonly charts: number;
  readonly steps: number;
  /** Where the session has been. */
  readonly places: ReadonlySet<string>;
  readonly broken: readonly Broken[];
  /** Was everything within the bounds seen? */
  readonly isComplete: boolean;
}

/** The laws that an exploration looks at: on every arrow, and (15, 21) from every configuration. 16 is that nothing throws. */
export const exploredLaws: readonly number[] = [...Object.keys(lawsOfEdges).map(Number), 15, 16, 21].sort((one, other) => one - other);

interface Seen {
  readonly configuration: Configuration;
  readonly from: number;
  readonly label: string;
  readonly depth: number;
}

/** `set token b (dice high)`: the label of an arrow, complete. */
export const labelOf = ({ label }: { label: string }, hasDice: boolean, die: Die): string => (hasDice ? `${label} (dice ${die})` : label);

/**
 * Walks every configuration that can be reached, breadth first, and looks at every arrow. So the first story that breaks a law is a
 * shortest one. A law that is broken is not looked at any more; the walk goes on for the others, unless it was to go on `until` then.
 */
export function explore(
  bounds: Bounds,
  { machine, limit = Infinity, until }: { machine?: Chart; limit?: number; until?: number } = {},
): Exploration {
  const product = productOf(bounds, machine);
  const movesOf = movesIn(bounds);
  const ways = waysOut(product);
  const seen: Seen[] = [];
  const index = new Map<string, number>();
  const places = new Set<string>();
  const laws = new Map(Object.entries(lawsOfEdges).map(([number, law]) => [Number(number), law]));
  let isThrowing = false;
  const broken: Broken[] = [];
  let edges = 0;

  const see = (configuration: Configuration, from: number, label: string) => {
    const key = keyOf(configuration);
    if (index.has(key)) return;
    index.set(key, seen.length);
    seen.push({ configuration, from, label, depth: from < 0 ? 0 : seen[from]!.depth + 1 });
    places.add(configuration.chart.where);
  };
  const storyTo = (at: number): string[] => (seen[at]!.from < 0 ? [] : [...storyTo(seen[at]!.from), seen[at]!.label]);
  const accuse = (law: number, how: string, story: readonly string[]) => {
    laws.delete(law);
    ways.given(law);
    broken.push({ law, how, story });
  };

  function look(edge: Edge, at: number, label: string) {
    edges += 1;
    for (const [number, law] of laws) {
      const how = law(edge, bounds);
      if (how !== undefined) accuse(number, how, [...storyTo(at), label]);
    }
    see(edge.after, at, label);
  }

  see(product.begin(), -1, '');
  let at = 0;
  for (; at < seen.length && edges < limit && !broken.some(({ law }) => law === until); at += 1) {
    const { configuration } = seen[at]!;
    for (const move of movesOf(configuration)) {
      try {
        const edge = product.follow(configuration, move, 'low');
        look(edge, at, labelOf(move, edge.hasDice, 'low'));
        if (edge.hasDice) look(product.follow(configuration, move, 'high'), at, labelOf(move, true, 'high'));
      } catch (problem) {
        if (!isThrowing) accuse(16, String(problem), [...storyTo(at), move.label]);
        isThrowing = true;
      }
    }
    for (const { law, how, after } of ways.missing(configuration)) accuse(law, how, [...storyTo(at), ...after]);
  }
  return {
    bounds,
    configurations: seen.length,
    edges,
    depth: seen.at(-1)!.depth,
    ...product.counts(),
    places,
    broken,
    isComplete: at === seen.length,
  };
}
