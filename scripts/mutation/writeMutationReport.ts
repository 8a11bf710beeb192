// The last step of `npm run test:mutation`: writes what Stryker has found into docs/mutation.md, between its markers, and fails when a
// group of files is below what is promised.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { markdownTable } from '../markdownTable.ts';
import { withTable } from '../withTable.ts';
import { allTests } from './quickTests.mjs';
import { reasons } from './reasons.ts';
import { scoreOf, survivorsIn, type MutationReport, type Survivor } from './mutationReport.ts';

const groups = [
  { name: 'the chart: `machines/connection/`', least: 90, has: (file: string) => file.startsWith('machines/') },
  {
    name: 'the rest: `src/token/`, `src/transport/`, `createConnection` and its neighbours',
    least: 80,
    has: (file: string) => file.startsWith('src/'),
  },
];

const root = new URL('../../', import.meta.url);
const report = JSON.parse(readFileSync(new URL('reports/mutation/mutation.json', root), 'utf8')) as MutationReport;
const files = Object.entries(report.files);
const code = (text: string) => `\`${text.replaceAll('`', "'")}\``;
const percent = (share: number) => `${share.toFixed(1)} %`;

const rowOf = (name: string, ofThese: typeof files, least?: number): string[] => {
  const { killed, timedOut, survived, ignored, score } = scoreOf(ofThese.flatMap(([, { mutants }]) => mutants));
  return [
    name,
    String(killed),
    String(timedOut),
    String(survived),
    String(ignored),
    percent(score),
    least === undefined ? '' : `${least} %`,
  ];
};

const heads = ['', 'killed by a test', 'killed by a time limit', 'survived', 'not mutated', 'score', 'at least'];
const scores = groups.flatMap(({ name, least, has }) => {
  const mine = files.filter(([file]) => has(file));
  return [rowOf(`**${name}**`, mine, least), ...mine.map((one) => rowOf(code(one[0]), [one]))];
});

const survivors = files.flatMap(([file, each]) => survivorsIn(file, each));
const reasonOf = ({ file, line, becomes }: Survivor) =>
  reasons.find((one) => one.file === file && one.line === line && (one.becomes === undefined || one.becomes === becomes));
const rows = survivors.map((one) => [
  `${code(one.file)}:${one.at}`,
  code(one.was),
  code(one.becomes),
  reasonOf(one)?.reason ?? 'no reason yet',
]);

const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim();
const tests = (process.env['MUTATION_TESTS'] ?? allTests)
  .split(',')
  .map((folder) => code(`test/${folder}`))
  .join(', ');
const page = new URL('docs/mutation.md', root);
let text = readFileSync(page, 'utf8');
text = withTable(text, 'scores', `Measured at commit ${commit}, with the tests in ${tests}.\n\n${markdownTable(heads, scores)}`);
text = withTable(text, 'survivors', markdownTable(['where', 'the code', 'becomes', 'why it lives'], rows));
writeFileSync(page, text);

const idle = reasons.filter((one) => !survivors.some((survivor) => reasonOf(survivor) === one));
for (const { file, line, becomes } of idle) console.warn(`a reason is not needed any more: ${file}: ${line} => ${becomes ?? 'anything'}`);
const silent = survivors.filter((one) => !reasonOf(one)).length;
console.log(`${survivors.length} mutants survived, ${silent} of them without a reason.`);
for (const { name, least, has } of groups) {
  const { score } = scoreOf(files.filter(([file]) => has(file)).flatMap(([, { mutants }]) => mutants));
  console.log(`${percent(score)} of ${name}`);
  // written so that no mutants at all are a failure, too
  if (!(score >= least)) {
    console.error(`  at least ${least} % are promised`);
    process.exitCode = 1;
  }
}
