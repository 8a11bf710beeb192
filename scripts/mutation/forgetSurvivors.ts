// The first step of `npm run test:mutation`. Stryker looks again at a mutant that has survived when there is a new test that covers it.
// What runs on import (most of the chart) is covered by no test in particular, so new tests would never meet those: they are forgotten.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { MutationReport } from './mutationReport.ts';

const path = new URL('../../reports/mutation/incremental.json', import.meta.url);
if (existsSync(path)) {
  const report = JSON.parse(readFileSync(path, 'utf8')) as MutationReport;
  const files = Object.entries(report.files).map(([name, file]) => [
    name,
    { ...file, mutants: file.mutants.filter((mutant) => !(mutant.static && mutant.status === 'Survived')) },
  ]);
  writeFileSync(path, JSON.stringify({ ...report, files: Object.fromEntries(files) as MutationReport['files'] }));
}
