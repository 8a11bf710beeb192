// npm run docs:tables: writes the generated tables into the docs, between their markers. test/docs fails when they are stale.
import { readFileSync, writeFileSync } from 'node:fs';
import { documentsWithTables, withFreshTables } from './docTables.ts';

for (const document of documentsWithTables) {
  const path = new URL(`../${document}`, import.meta.url);
  writeFileSync(path, withFreshTables(document, readFileSync(path, 'utf8')));
}
