// npm run explore: walks every configuration of the chart within bounds, prints what was walked and which laws were broken, and how long
// it took. `-- --write` puts the table into docs/laws.md; `-- --edges 5000000` goes that far in the world that is too large to be seen whole.
import { parseArgs } from 'node:util';
import { explore } from './explore.ts';
import { writeTables } from './lawsPage.ts';
import { describeBroken, explorationRow, explorationTable } from './report.ts';
import { everything, linkWorlds, tokenWorlds } from './worlds.ts';

const { values } = parseArgs({ options: { write: { type: 'boolean' }, edges: { type: 'string', default: '500000' } } });
const began = performance.now();
const explorations = [...tokenWorlds, ...linkWorlds, everything].map((bounds) => {
  const exploration = explore(bounds, bounds === everything ? { limit: Number(values.edges) } : {});
  console.log(explorationRow(exploration));
  for (const one of exploration.broken) console.log(describeBroken(one, bounds.name));
  return exploration;
});
const seconds = (performance.now() - began) / 1_000;
const edges = explorations.reduce((all, one) => all + one.edges, 0);
console.log(`${edges} edges in ${seconds.toFixed(0)} s on one core, ${Math.round(edges / seconds)} a second`);
if (values.write) writeTables(explorationTable(explorations));
if (explorations.some(({ broken }) => broken.length > 0)) process.exitCode = 1;
