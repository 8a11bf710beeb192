import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { closeCodeTable } from '../../scripts/closeCodeTable.ts';
import { withTable } from '../../scripts/withTable.ts';

it('docs/websocket.md shows the close codes that the transport goes by (npm run docs:tables writes them)', () => {
  const text = readFileSync(new URL('../../docs/websocket.md', import.meta.url), 'utf8');
  expect(text).toBe(withTable(text, 'close codes', closeCodeTable()));
});
