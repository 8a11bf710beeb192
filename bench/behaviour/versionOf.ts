import { existsSync, readFileSync } from 'node:fs';
import type { ClientAdapter } from './ClientAdapter.ts';

/** The version that npm has installed here, or that of this repository; `undefined` when it is not installed. */
export function versionOf({ package: name }: ClientAdapter): string | undefined {
  const path = new URL(name === undefined ? '../../package.json' : `./node_modules/${name}/package.json`, import.meta.url);
  if (!existsSync(path)) return undefined;
  return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version;
}
