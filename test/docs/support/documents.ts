import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));

export function readDocument(document: string): string {
  return readFileSync(`${root}${document}`, 'utf8');
}

/** Every TypeScript snippet of a text, in order. */
export function snippetsIn(text: string): string[] {
  return [...text.matchAll(/```ts\n([^]*?)```/g)].map(([, code]) => code ?? '');
}

/** The file that a snippet is for the other snippets of its document: its first line says `// name.ts`. */
export function fileNameOf(snippet: string): string | undefined {
  return /^\/\/ (\w+\.ts)\n/.exec(snippet)?.[1];
}
