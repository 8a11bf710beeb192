import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { withTable } from '../../scripts/withTable.ts';
import { lawFiles, lawsTable, titleOf } from './support/lawsTable.ts';

const page = readFileSync(new URL('../../docs/laws.md', import.meta.url), 'utf8');

const headings = [...page.matchAll(/^## (\d+\. .+)$/gm)].map(([, heading]) => heading!);

describe('docs/laws.md', () => {
  test('its headings are the titles of the tests, in order', () => {
    expect(headings).toEqual(lawFiles.map(titleOf));
    expect(headings).toHaveLength(22);
  });

  test('its table of the laws is fresh: npm run explore -- --write', () => {
    expect(page).toBe(withTable(page, 'laws', lawsTable()));
  });

  test('each law names the file that tests it, and a level', () => {
    page
      .split(/^## (?=\d)/m)
      .slice(1)
      .forEach((section, index) => {
        expect(section).toContain(`test/laws/${lawFiles[index]}`);
        expect(section).toMatch(/^Level: /m);
        // a heading, a paragraph, a line on where
        expect(section.split(/\n\n/).length).toBeGreaterThanOrEqual(3);
      });
  });
});
