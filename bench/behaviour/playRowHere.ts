// The child process of start.ts: playRowHere.ts <client> <seed> <late>
import { clients } from './clients/index.ts';
import { playRow } from './playRow.ts';

const [name, seed, late] = process.argv.slice(2);
const adapter = clients.find((client) => client.name === name);
if (!adapter) throw new Error(`there is no client '${name}'`);
process.send?.(await playRow(adapter, { seed: Number(seed), late: Number(late) }));
process.disconnect?.();
