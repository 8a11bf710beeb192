import { readFileSync, writeFileSync } from 'node:fs';
import { withTable } from '../../../scripts/withTable.ts';
import { lawsTable } from '../support/lawsTable.ts';

const page = new URL('../../../docs/laws.md', import.meta.url);

/** The row of a world, as docs/laws.md has it. */
export function expectedRow(world: string): string | undefined {
  return readFileSync(page, 'utf8')
    .split('\n')
    .find((line) => line.startsWith(`| ${world} |`));
}

/** Puts both tables into docs/laws.md, between their markers: the laws, and what was explored. */
export function writeTables(exploration: string): void {
  writeFileSync(page, withTable(withTable(readFileSync(page, 'utf8'), 'laws', lawsTable()), 'exploration', exploration));
}
