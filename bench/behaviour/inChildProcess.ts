import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { PlayOptions, Row } from './playRow.ts';

/** Real ms that a row may take. */
const patience = 180_000;

/** Plays one row in a process of its own, so that a client that hangs or crashes takes nobody with it. */
export function playInChildProcess(client: string, { seed, late }: PlayOptions): Promise<Row> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(new URL('playRowHere.ts', import.meta.url)), [client, String(seed), String(late)], { silent: true });
    let said = '';
    child.stderr?.on('data', (data) => (said += String(data)));
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`no result after ${patience / 1000} s`));
    }, patience);
    child.on('message', (row) => resolve(row as Row));
    child.on('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`ended with ${code}: ${said.trim().slice(-500)}`));
    });
  });
}
