import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readDocument } from './support/documents.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

const guides = ['docs/migrating-from-rongcloud-sdk.md', 'docs/rongcloud.md'];
const chinese = (document: string) => document.replace('.md', '.zh-CN.md');

/** Fenced blocks with their language. Comments and sentences may be translated, code may not. */
function blocksOf(text: string): string[] {
  return [...text.matchAll(/^```(\w+)\n([^]*?)^```/gm)].map(([, language, code]) => `${language}\n${withoutWords(code ?? '')}`);
}

function withoutWords(code: string): string {
  return code
    .replace(/ *(\/\/|# ).*$/gm, '')
    .replace(/`[^`]*`/g, (template) => [...template.matchAll(/\$\{[^}]*\}/g)].join())
    .replace(/'[^'\n]*'/g, (string) => (/[^!-~]/.test(string) ? "''" : string));
}

/** Headings by level, tables by rows and columns, markers and anchors by name. */
function shapeOf(text: string): string[] {
  const prose = text.replace(/^```[^]*?^```/gm, '').replace(/<!-- healing -->[^]*<!-- \/healing -->/, '');
  return [...prose.matchAll(/^(#+) |^(\|.*\|)$|^(<a id=.*)$|^(- )/gm)].map(([, heading, row, anchor, item]) =>
    row === undefined ? (heading ?? anchor ?? item ?? '') : '|'.repeat(row.split(/(?<!\\)\|/).length),
  );
}

/** What a reader may not be told differently. */
function factsOf(text: string): string[] {
  const prose = text.replace(/^```[^]*?^```/gm, '').replace(/<!-- healing -->[^]*<!-- \/healing -->/, '');
  const facts = [...prose.matchAll(/`[^`\n]+`|https?:[^)\s]+|\b\d+(?:\.\d+)*\b/g)].map(([fact]) => fact);
  return [...new Set(facts)].sort();
}

describe.each(['README.md', 'docs/failures.md', ...guides])('%s and its Chinese twin', (document) => {
  it('have the same code', () => {
    const blocks = blocksOf(readDocument(document));
    expect(blocks.length).toBeGreaterThan(0);
    expect(blocksOf(readDocument(chinese(document)))).toEqual(blocks);
  });
});

describe.each(guides)('%s and its Chinese twin', (document) => {
  const texts = [readDocument(document), readDocument(chinese(document))] as const;

  it('have the same headings, tables and lists, in the same order', () => expect(shapeOf(texts[1])).toEqual(shapeOf(texts[0])));

  it('name the same numbers, names and pages', () => expect(factsOf(texts[1])).toEqual(factsOf(texts[0])));

  it.each([document, chinese(document)])('%s links to files and headings that exist', (page) => {
    for (const [, target = ''] of readDocument(page).matchAll(/\]\(([^)]+)\)/g)) {
      if (target.startsWith('https://')) continue;
      const [file = '', anchor] = target.split('#');
      const path = file === '' ? page : join(dirname(page), file);
      expect(existsSync(join(root, path)), target).toBe(true);
      if (anchor !== undefined) expect(anchorsOf(readDocument(path)), target).toContain(anchor);
    }
  });
});

/** Named ones, and those that GitHub makes of headings. */
function anchorsOf(text: string): string[] {
  const named = [...text.matchAll(/<a id="([^"]+)">/g)].map(([, id]) => id ?? '');
  const headings = [...text.matchAll(/^#+ (.*)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
  return [...named, ...headings];
}
