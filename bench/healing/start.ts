// npm run bench:healing: each defect of RongCloud's web SDKs, with the SDK alone and behind the connection, in one run. Writes what it has
// seen into docs/rongcloud.md; with --check it only compares.
import { readFileSync, writeFileSync } from 'node:fs';
import { withTable } from '../../scripts/withTable.ts';
import { ailments } from './ailments/index.ts';
import { healingTable, keyOf } from './healingTable.ts';
import { openNodePage } from './pages.ts';
import { playsOf } from './plays.ts';
import { playScene } from './Scene.ts';

/** Scenes at one time: they mostly wait. */
const atOnce = 6;

const document = new URL('../../docs/rongcloud.md', import.meta.url);
const write = (line: string) => process.stdout.write(`${line}\n`);
const seen = new Map<string, string>();
const plays = [...playsOf(ailments)];
let failed = 0;

async function playOn(): Promise<void> {
  for (let play = plays.shift(); play; play = plays.shift()) {
    const { ailment, sdk, how } = play;
    try {
      const text = await playScene(sdk, openNodePage, (scene) => ailment[how](scene));
      seen.set(keyOf(play), text);
      write(`✓ ${keyOf(play)}\n    ${text}`);
    } catch (problem) {
      failed += 1;
      write(`✗ ${keyOf(play)}\n    ${String(problem)}`);
    }
  }
}

await Promise.all(Array.from({ length: atOnce }, playOn));

const text = readFileSync(document, 'utf8');
const fresh = withTable(text, 'healing', healingTable(ailments, seen));
if (failed > 0) write(`\n${failed} of ${failed + seen.size} did not happen; docs/rongcloud.md is left as it is.`);
else if (fresh === text) write(`\nAll ${seen.size} happened, and docs/rongcloud.md says so.`);
else if (process.argv.includes('--check')) write('\ndocs/rongcloud.md is stale: npm run bench:healing');
else {
  writeFileSync(document, fresh);
  write(`\nAll ${seen.size} happened; docs/rongcloud.md is written.`);
}
process.exitCode = failed > 0 || (fresh !== text && process.argv.includes('--check')) ? 1 : 0;
