import type { Bounds } from './Bounds.ts';
import type { Chart, Die } from './chart.ts';
import { labelOf } from './explore.ts';
import { lawsOfEdges } from './lawsOfEdges.ts';
import { movesIn } from './movesOf.ts';
import { productOf } from './product.ts';
import { waysOut } from './waysOut.ts';

/**
 * Plays a story that `explore` has found, word by word, and says which laws it breaks, each with how. An empty list: none.
 * @throws when a step of the story cannot happen there, with what can.
 */
export function retell(bounds: Bounds, story: readonly string[], machine?: Chart): string[] {
  const product = productOf(bounds, machine);
  const movesOf = movesIn(bounds);
  const ways = waysOut(product);
  const broken: string[] = [];
  const lookForWays = () => broken.push(...ways.missing(here).map(({ law, how }) => `law ${law}: ${how}`));
  let here = product.begin();
  for (const step of story) {
    lookForWays();
    const dice: readonly Die[] = ['low', 'high'];
    const possible = movesOf(here);
    const found = possible
      .filter(({ label }) => step.startsWith(label))
      .flatMap((move) => dice.map((die) => ({ die, edge: product.follow(here, move, die) })))
      .find(({ die, edge }) => labelOf(edge.move, edge.hasDice, die) === step);
    if (!found) {
      throw new Error(`"${step}" cannot happen while ${here.chart.where}. What can: ${possible.map(({ label }) => label).join(' | ')}`);
    }
    for (const [law, holds] of Object.entries(lawsOfEdges)) {
      const how = holds(found.edge, bounds);
      if (how !== undefined) broken.push(`law ${law}: ${how}`);
    }
    here = found.edge.after;
  }
  lookForWays();
  return broken;
}
