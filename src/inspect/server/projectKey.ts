import { chmod, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { randomKey } from './startInspector.ts';

/** The key, and why it is not kept if it is not. */
export interface ProjectKey {
  readonly key: string;
  readonly problem?: string;
}

const isKey = (text: string) => /^[\w-]{43}$/.test(text);

/**
 * A project's key, so that the two lines in the app stay valid: in `node_modules/.cache/connection-machine/inspect-key` beside the nearest
 * package.json, readable by this user only. One that others could read, or that is none, is replaced.
 */
export async function projectKey(from: string, isNew: boolean): Promise<ProjectKey> {
  const root = rootOf(from);
  if (root === undefined) return { key: randomKey(), problem: 'there is no package.json here or above' };
  const file = join(root, 'node_modules/.cache/connection-machine/inspect-key');
  const kept = isNew ? undefined : await readKey(file);
  if (kept !== undefined) return { key: kept };
  const key = randomKey();
  try {
    const folder = dirname(file);
    // node_modules and .cache are others', too: they get the usual rights
    await mkdir(dirname(folder), { recursive: true });
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await chmod(folder, 0o700);
    // never there with other rights, never there half
    const draft = `${file}.${process.pid}`;
    await rm(draft, { force: true });
    await writeFile(draft, key, { mode: 0o600, flag: 'wx' });
    await rename(draft, file);
    return { key };
  } catch (problem) {
    return { key, problem: (problem as Error).message };
  }
}

async function readKey(file: string): Promise<string | undefined> {
  try {
    const { mode } = await stat(file);
    // Windows has no such rights to look at
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) return undefined;
    const key = await readFile(file, 'utf8');
    return isKey(key) ? key : undefined;
  } catch {
    return undefined;
  }
}

function rootOf(folder: string): string | undefined {
  if (existsSync(join(folder, 'package.json'))) return folder;
  const above = dirname(folder);
  return above === folder ? undefined : rootOf(above);
}
