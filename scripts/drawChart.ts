// `npm run docs:chart`: draws and describes the chart from the chart itself. With `--check`, only says whether docs/ still tells the truth.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import Elk from 'elkjs/lib/elk.bundled.js';
import { connectionMachine } from '../machines/connection/connectionMachine.ts';
import { drawSvg, type Panel } from '../src/inspect/drawing/drawSvg.ts';
import type { Wording } from '../src/inspect/drawing/boxOf.ts';
import { fingerprint } from '../src/inspect/chart/describedChart.ts';
import { layOut } from '../src/inspect/drawing/layOut.ts';
import { pictureOf } from '../src/inspect/drawing/pictureOf.ts';
import { readChart } from '../src/inspect/chart/readChart.ts';
import { dark, light } from '../src/inspect/drawing/themes.ts';
import { describeChart } from './describeChart.ts';

const chart = readChart(connectionMachine);
const { description, states: regions } = chart;
const names = ['session', 'renewal', 'database', 'network', 'person'];
const elk = new Elk();

async function panelOf(name: string, wording: Wording = 'full'): Promise<Panel> {
  const region = regions.find(({ key }) => key === name);
  if (!region) throw new Error(`drawChart: the chart has no region '${name}'`);
  return { region, layout: await layOut(pictureOf(region), elk, wording) };
}

const [session, renewal, database, network, person] = (await Promise.all(names.map((name) => panelOf(name)))) as [
  Panel,
  Panel,
  Panel,
  Panel,
  Panel,
];
if (regions.length !== 5) throw new Error('drawChart: the chart has a region that no picture shows');

// the viewer's own drawing: names only, because what a state is for is a click away there
const [sessionByName, renewalByName, databaseByName, networkByName, personByName] = (await Promise.all(
  names.map((name) => panelOf(name, 'names')),
)) as [Panel, Panel, Panel, Panel, Panel];
const viewersRows = [[[sessionByName]], [[renewalByName], [networkByName, personByName]], [[databaseByName]]];
const viewersDrawing = drawSvg(viewersRows, undefined, 'The chart of the connection');

const story = 'The story of one login, as a statechart: idle, fetchingToken, link, waiting, prompting, kicked, failed, closing';
const beside = 'What the story depends on, as statecharts: renewal, database, network, person';
const files: Record<string, string> = {
  'docs/chart/connection-light.svg': drawSvg([[[session]]], light, story),
  'docs/chart/connection-dark.svg': drawSvg([[[session]]], dark, story),
  'docs/chart/regions-light.svg': drawSvg([[[renewal], [database, network, person]]], light, beside),
  'docs/chart/regions-dark.svg': drawSvg([[[renewal], [database, network, person]]], dark, beside),
  'docs/statechart.md': describeChart(description, regions),
  'src/inspect/viewer/drawnChart.ts': viewersModule(),
};

const pathOf = (file: string) => fileURLToPath(new URL(`../${file}`, import.meta.url));

function isStale([file, text]: [string, string]): boolean {
  try {
    return readFileSync(pathOf(file), 'utf8') !== text;
  } catch {
    return true;
  }
}

const stale = Object.entries(files).filter(isStale);
if (process.argv.includes('--check')) {
  for (const [file] of stale) console.error(`${file} is not what the chart says any more: npm run docs:chart`);
  if (stale.length === 0) console.log(`docs: the pictures and tables are what the chart says (${Object.keys(files).length} files)`);
  process.exitCode = stale.length === 0 ? 0 : 1;
} else {
  for (const [file, text] of stale) {
    mkdirSync(dirname(pathOf(file)), { recursive: true });
    writeFileSync(pathOf(file), text);
    console.log(`drawn: ${file}`);
  }
}

function viewersModule(): string {
  return `// Written by \`npm run docs:chart\` from machines/connection/connectionMachine.ts. Change the chart, not this file.

/** The chart that is drawn here: of any other one, the viewer makes its own drawing. */
export const drawnFingerprint = '${fingerprint(chart)}';

/** Coloured by the page's own style; states and arrows are found by their data attributes. */
export const drawnChart =
  ${JSON.stringify(viewersDrawing).replace(/\\"/g, '"').replace(/'/g, "\\'").replace(/^"|"$/g, "'")};
`;
}
