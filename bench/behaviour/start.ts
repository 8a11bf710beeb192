// npm run bench:behaviour: this library and ten others, each as npm ships it, against one scripted server under one fake clock.
//   -- --only <client>   that row alone      --seed <n>   other dice (default 1)      --late <ms>   how late timers fire (default 1)
//   -- --write           puts what was seen into docs/behaviour.md (with --only, that row)      --check   only compares
// The others have to be installed first: npm ci --prefix bench/behaviour
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { withTable } from '../../scripts/withTable.ts';
import { behaviourTable, columnsTable, withRow, type PlayedRow } from './behaviourTable.ts';
import { clients } from './clients/index.ts';
import { playInChildProcess } from './inChildProcess.ts';
import { versionOf } from './versionOf.ts';

/** Rows at one time. */
const atOnce = 2;

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    seed: { type: 'string', default: '1' },
    late: { type: 'string', default: '1' },
    write: { type: 'boolean', default: false },
    check: { type: 'boolean', default: false },
  },
});
const write = (line: string) => process.stdout.write(`${line}\n`);
const wanted = clients.filter(({ name }) => values.only === undefined || name === values.only);
if (wanted.length === 0) throw new Error(`--only: there are ${clients.map(({ name }) => name).join(', ')}`);
const isPage = values.write || values.check;
if (isPage && (values.seed !== '1' || values.late !== '1')) throw new Error('the page is written with the default dice and timers');

const played = new Map<string, PlayedRow>();
const notDriven: string[] = [];
const waiting = [...wanted];

async function playOn(): Promise<void> {
  for (let adapter = waiting.shift(); adapter; adapter = waiting.shift()) {
    const { name } = adapter;
    const version = versionOf(adapter);
    try {
      if (version === undefined) throw new Error('not installed. npm ci --prefix bench/behaviour');
      const row = await playInChildProcess(name, { seed: Number(values.seed), late: Number(values.late) });
      played.set(name, { title: `${name} ${version}`, row });
      process.stderr.write(`✓ ${name}\n`);
    } catch (problem) {
      notDriven.push(`${name}: ${problem instanceof Error ? problem.message : String(problem)}`);
      process.stderr.write(`✗ ${notDriven.at(-1)}\n`);
    }
  }
}

await Promise.all(Array.from({ length: atOnce }, playOn));

const rows = wanted.map(({ name }) => played.get(name)).filter((row) => row !== undefined);
const table = behaviourTable(rows, notDriven);
write(`\n${table}\n`);

if (isPage) {
  const page = new URL('../../docs/behaviour.md', import.meta.url);
  const text = readFileSync(page, 'utf8');
  const isWhole = wanted.length === clients.length;
  const fresh = isWhole ? withTable(withTable(text, 'behaviour', table), 'columns', columnsTable()) : rows.reduce(withRow, text);
  if (fresh === text) write('docs/behaviour.md says so.');
  else if (values.write) {
    writeFileSync(page, fresh);
    write('docs/behaviour.md is written.');
  } else {
    process.exitCode = 1;
    write('docs/behaviour.md is stale: npm run bench:behaviour -- --write');
  }
}
if (notDriven.length > 0) process.exitCode = 1;
