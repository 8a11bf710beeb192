// npm run docs:tables: writes the generated tables into the docs, between their markers. test/docs fails when they are stale.
import { readFileSync, writeFileSync } from 'node:fs';
import { closeCodeTable } from './closeCodeTable.ts';
import { withTable } from './withTable.ts';

const path = new URL('../docs/websocket.md', import.meta.url);
writeFileSync(path, withTable(readFileSync(path, 'utf8'), 'close codes', closeCodeTable()));
