import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { fileNameOf, readDocument, snippetsIn } from './support/documents.ts';
import { notInstalled } from './support/notInstalled.ts';

const documents = [
  'README.md',
  'README.zh-CN.md',
  'docs/failures.md',
  'docs/failures.zh-CN.md',
  'docs/inspector.md',
  'docs/migrating-from-rongcloud-sdk.md',
  'docs/migrating-from-rongcloud-sdk.zh-CN.md',
  'docs/rongcloud.md',
  'docs/rongcloud.zh-CN.md',
  'docs/testing.md',
  'docs/websocket.md',
];

const root = fileURLToPath(new URL('../../', import.meta.url));
// inside the project, so that the package's name and the compiler's options are found
const folder = mkdtempSync(join(root, 'test/docs/.snippets-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the compiler says about these files; empty when all is well. */
function compile(files: Record<string, string>): string {
  for (const [name, code] of Object.entries({ ...files, 'notInstalled.d.ts': notInstalled })) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), name.endsWith('.d.ts') ? code : `${code}\nexport {};\n`);
  }
  const config = { extends: '../../../tsconfig.json', include: ['./**/*.ts'] };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  try {
    execFileSync(process.execPath, [join(root, 'node_modules/typescript-7/bin/tsc'), '-p', folder], { encoding: 'utf8' });
    return '';
  } catch (problem) {
    return String((problem as { stdout?: unknown }).stdout);
  }
}

it('every snippet of the README and the docs compiles as it stands', () => {
  const files: Record<string, string> = {};
  for (const document of documents) {
    const snippets = snippetsIn(readDocument(document));
    expect(snippets.length, document).toBeGreaterThan(0);
    const place = document.replace(/\W/g, '-');
    snippets.forEach((code, index) => (files[`${place}/${fileNameOf(code) ?? `${index}.ts`}`] = code));
  }
  expect(compile(files)).toBe('');
});

it('and a snippet that did not compile would be noticed', () => {
  expect(compile({ 'planted.ts': "import { createConnection } from 'connection-machine';\ncreateConnection({});" })).toMatch(/transport/);
});
