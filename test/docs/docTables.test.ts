import { readFileSync } from 'node:fs';
import { defaultPolicy, failureKinds } from 'connection-machine';
import { describe, expect, it } from 'vitest';
import { documentsWithTables, withFreshTables } from '../../scripts/docTables.ts';
import { namedLimits } from '../../scripts/failureKindTable.ts';

const read = (document: string) => readFileSync(new URL(`../../${document}`, import.meta.url), 'utf8');
const pages = ['docs/failures.md', 'docs/failures.zh-CN.md'];

it('the documents with generated tables are these', () => expect(documentsWithTables).toEqual(['docs/websocket.md', ...pages]));

it.each(documentsWithTables)('%s shows the tables that the code goes by (npm run docs:tables writes them)', (document) => {
  expect(read(document)).toBe(withFreshTables(document, read(document)));
});

it('a stale table would be noticed, and a missing marker', () => {
  const text = read('docs/failures.md');
  expect(withFreshTables('docs/failures.md', text.replace('31004', '31044'))).toBe(text);
  expect(() => withFreshTables('docs/failures.md', text.replace('<!-- android -->', ''))).toThrow('android');
});

describe.each(pages)('%s', (page) => {
  const text = read(page);

  it('has a row for each kind, in order', () => {
    const kinds = [...text.matchAll(/^\| `(\w+)` \|/gm)].map(([, kind]) => kind);
    expect(kinds).toEqual([...failureKinds]);
  });

  it('names limits that exist', () => {
    for (const limit of namedLimits) {
      expect(Object.keys(defaultPolicy)).toContain(limit);
      expect(text).toContain(`\`${limit}\``);
    }
  });

  it('tells the numbers of the policy as they are', () => {
    const told = [...text.matchAll(/^- `(\w+)`[^\d\n]*([\d.]+) ?(s|ms|秒|次)?/gm)];
    expect(told.length).toBeGreaterThan(6);
    for (const [line, name, number, unit] of told) {
      const value = defaultPolicy[name as keyof typeof defaultPolicy];
      expect(Number(number) * (unit === 's' || unit === '秒' ? 1_000 : 1), line).toBe(value);
    }
  });

  it('links to itself and to files that exist', () => {
    for (const [, target] of text.matchAll(/\]\(([^)]+)\)/g)) {
      if (target!.startsWith('https://')) continue;
      const [file, anchor] = target!.split('#');
      const found = file ? readFileSync(new URL(file, new URL('../../docs/', import.meta.url)), 'utf8') : text;
      if (anchor) expect(found, target).toMatch(new RegExp(`<a id="${anchor}"></a>`));
    }
  });
});

it('the two pages have the same sections, tables and snippets', () => {
  const shapes = pages.map((page) =>
    [...read(page).matchAll(/^(#+) |^(<!-- .* -->)|^(```\w*)|^\| (-?\d+) \|/gm)].map((match) => match.slice(1).join('')),
  );
  expect(shapes[0]).toEqual(shapes[1]);
});
