import { markdownTable } from '../../scripts/markdownTable.ts';
import type { Row } from './playRow.ts';
import { scenarios } from './scenarios/index.ts';

export interface PlayedRow {
  /** The client and its version. */
  readonly title: string;
  readonly row: Row;
}

/** One line a client, one column a scenario; who could not be driven is named below. */
export function behaviourTable(rows: readonly PlayedRow[], notDriven: readonly string[] = []): string {
  const table = markdownTable(['client', ...scenarios.map(({ head }) => head)], rows.map(cellsOf));
  return [table, ...notDriven.map((problem) => `**Not driven: ${problem}**`)].join('\n\n');
}

/** The page with one client's line written anew. */
export function withRow(page: string, played: PlayedRow): string {
  const name = played.title.split(' ')[0];
  const line = behaviourLine(played);
  return page
    .split('\n')
    .map((old) => (old.startsWith(`| ${name} `) ? line : old))
    .join('\n');
}

/** A client's line of the table. */
export function behaviourLine(played: PlayedRow): string {
  return (
    markdownTable([], [cellsOf(played)])
      .split('\n')
      .at(-1) ?? ''
  );
}

function cellsOf({ title, row }: PlayedRow): string[] {
  return [title, ...scenarios.map(({ name }) => row[name].text)];
}

/** What each column means. */
export function columnsTable(): string {
  return markdownTable(
    ['column', 'what is played, and what is counted'],
    scenarios.map(({ head, meaning }) => [head, meaning]),
  );
}
