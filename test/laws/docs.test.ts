import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const here = new URL('.', import.meta.url);
const page = readFileSync(new URL('../../docs/laws.md', here), 'utf8');
const files = readdirSync(here).filter((name) => /^\d\d-.*\.test\.ts$/.test(name));

/** The one `describe` of a law's file, as the test runner shows it. */
function titleOf(file: string): string {
  const [, , title] = /^describe\((['"])(.+)\1, \(\) => \{$/m.exec(readFileSync(new URL(file, here), 'utf8')) ?? [];
  return title?.replaceAll("\\'", "'") ?? `${file} has no title`;
}

const headings = [...page.matchAll(/^## (\d+\. .+)$/gm)].map(([, heading]) => heading!);

describe('docs/laws.md', () => {
  test('its headings are the titles of the tests, in order', () => {
    expect(headings).toEqual(files.sort().map(titleOf));
    expect(headings).toHaveLength(22);
  });

  test('each law names the file that tests it, and a level', () => {
    page
      .split(/^## (?=\d)/m)
      .slice(1)
      .forEach((section, index) => {
        expect(section).toContain(`test/laws/${files[index]}`);
        expect(section).toMatch(/^Level: /m);
        // a heading, a paragraph, a line on where
        expect(section.split(/\n\n/).length).toBeGreaterThanOrEqual(3);
      });
  });
});
