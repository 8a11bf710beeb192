import type { Broken, Exploration } from './explore.ts';

const count = (number: number): string => number.toLocaleString('en').replaceAll(',', ' ');
const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** What was walked, as a row of a table. The same chart and the same bounds give the same numbers on every machine. */
export function explorationRow({ bounds, configurations, edges, depth, charts, isComplete }: Exploration): string {
  const extent = isComplete ? `all: ${depth} steps at most` : `${depth} steps deep`;
  return row([bounds.name, count(configurations), count(edges), count(charts), extent]);
}

export function explorationTable(explorations: readonly Exploration[]): string {
  const sum = (number: (exploration: Exploration) => number) => count(explorations.reduce((all, one) => all + number(one), 0));
  return [
    row(['world', 'configurations', 'edges', 'states of the chart', 'seen']),
    row(['---', '---:', '---:', '---:', '---']),
    ...explorations.map(explorationRow),
    row(['in all', sum(({ configurations }) => configurations), sum(({ edges }) => edges), sum(({ charts }) => charts), '']),
  ].join('\n');
}

/** A counterexample as a test to paste. */
export function describeBroken({ law, how, story }: Broken, world: string): string {
  const steps = story.map((step) => `  '${step.replaceAll("'", "\\'")}',`);
  return [`law ${law} is broken in ${story.length} steps: ${how}`, `retell(worldNamed('${world}'), [`, ...steps, ']);'].join('\n');
}
