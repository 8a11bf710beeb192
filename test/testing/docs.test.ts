import { expect, test } from 'vitest';
import { bundleSnippet, runBundle } from '../docs/support/runSnippet.ts';
import { fileNameOf, readDocument, snippetsIn } from '../docs/support/documents.ts';
import { judgeTransport } from './support/collectingRunner.ts';
import { memoryWorld } from './support/memoryWorld.ts';

const text = readDocument('docs/testing.md');

test('docs/testing.md lists every rule, in order, and no other', async () => {
  const list = /<!-- rules -->([^]*)<!-- \/rules -->/.exec(text)?.[1] ?? '';
  const listed = [...list.matchAll(/^- (.+)$/gm)].map(([, title]) => title);
  expect(listed).toEqual((await judgeTransport(() => memoryWorld())).map(({ title }) => title));
});

const snippets = snippetsIn(text);
const files = Object.fromEntries(snippets.flatMap((code) => (fileNameOf(code) ? [[`./${fileNameOf(code)}`, code]] : [])));
const stories = snippets.filter((code) => code.includes('console.log'));

test('the stories of docs/testing.md say what their comments say', async () => {
  expect(stories).toHaveLength(4);
  for (const story of stories) {
    const told: string[] = [];
    // each run has a console of its own
    const bundle = await bundleSnippet(`import console from 'console';\n${story}`, files, ['console']);
    await runBundle(bundle, { console: { log: (...words: unknown[]) => told.push(words.map(say).join(' ')) } });
    const promised = [...story.matchAll(/console\.log\(.*\); \/\/ (.+)$/gm)].map(([, words]) => words);
    expect(promised.length).toBeGreaterThan(0);
    expect(told).toEqual(promised);
  }
});

function say(word: unknown): string {
  return Array.isArray(word) ? `[${word.map((part) => `'${String(part)}'`).join(', ')}]` : String(word);
}
