import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
// inside the project, so that the package's name and the compiler's options are found
const folder = mkdtempSync(join(root, 'test/docs/.snippets-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Every TypeScript snippet of a document. */
function snippetsOf(document: string): string[] {
  return [...readFileSync(join(root, document), 'utf8').matchAll(/```ts\n([^]*?)```/g)].map(([, code]) => code ?? '');
}

/** What the compiler says about these files; empty when all is well. */
function compile(files: Record<string, string>): string {
  for (const [name, code] of Object.entries(files)) writeFileSync(join(folder, name), `${code}\nexport {};\n`);
  const config = { extends: '../../../tsconfig.json', include: ['./*.ts'] };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  try {
    execFileSync(process.execPath, [join(root, 'node_modules/typescript-7/bin/tsc'), '-p', folder], { encoding: 'utf8' });
    return '';
  } catch (problem) {
    return String((problem as { stdout?: unknown }).stdout);
  }
}

it('every snippet of the README and the docs compiles as it stands', () => {
  const documents = ['README.md', 'README.zh-CN.md', 'docs/websocket.md'];
  const files: Record<string, string> = {};
  for (const document of documents) {
    const snippets = snippetsOf(document);
    expect(snippets.length, document).toBeGreaterThan(0);
    snippets.forEach((code, index) => (files[`${document.replace(/\W/g, '-')}-${index}.ts`] = code));
  }
  expect(compile(files)).toBe('');
});

it('and a snippet that did not compile would be noticed', () => {
  expect(compile({ 'planted.ts': "import { createConnection } from 'connection-machine';\ncreateConnection({});" })).toMatch(/transport/);
});
