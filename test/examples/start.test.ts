import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { rawRequest } from './support/rawRequest.ts';
import { chapters, rongCloudChapters } from './support/steps.ts';
import { atEnd, useServers } from './support/useServers.ts';

const repository = fileURLToPath(new URL('../../', import.meta.url));

interface Run {
  /** Resolves when the text has been printed. */
  printed(text: string): Promise<void>;
  readonly output: () => string;
  readonly exit: Promise<number | null>;
  stop(signal: NodeJS.Signals): void;
  readonly temporary: string;
}

/** Runs `npm start` as a process of its own, with a temporary folder of its own. */
async function run(...args: readonly string[]): Promise<Run> {
  const temporary = await mkdtemp(join(tmpdir(), 'local-im-test-'));
  atEnd(() => rm(temporary, { recursive: true, force: true }));
  const child = spawn(process.execPath, ['--import', 'tsx', 'examples/local-im/start.ts', ...args], {
    cwd: repository,
    env: { ...process.env, TMPDIR: temporary, FORCE_COLOR: '', NO_COLOR: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  atEnd(() => child.kill('SIGKILL'));
  let output = '';
  const looking = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      for (const look of [...looking]) look();
    });
  }
  return {
    printed: (text) =>
      new Promise((resolve) => {
        const look = () => {
          if (!output.includes(text)) return;
          looking.delete(look);
          resolve();
        };
        looking.add(look);
        look();
      }),
    output: () => output,
    exit: new Promise((resolve) => child.once('close', resolve)),
    stop: (signal) => void child.kill(signal),
    temporary,
  };
}

/** What tsx keeps in the temporary folder is none of ours. */
async function leftovers({ temporary }: Run): Promise<string[]> {
  return (await readdir(temporary)).filter((name) => name.startsWith('local-im'));
}

describe('npm start', { timeout: 120_000 }, () => {
  it('--once tells the whole story in order and exits 0', async () => {
    const story = await run('--once');
    expect(await story.exit, story.output()).toBe(0);
    const output = story.output();
    let behind = 0;
    for (const [title, steps] of chapters) {
      for (const line of [`  ${title}\n`, ...steps.map((step) => `✓ ${step}\n`)]) {
        const found = output.indexOf(line, behind);
        expect(found, `“${line.trim()}” is missing, or not where it belongs`).toBeGreaterThan(-1);
        behind = found + line.length;
      }
    }
    expect(output.match(/✓/g)).toHaveLength(chapters.flatMap(([, steps]) => steps).length + 1);
    expect(output).toMatch(/brain +waiting +connected → waiting.*network 1006, next try in \d+ ms/);
    expect(output).toMatch(/brain +prompting +event prompt: timeout/);
    expect(output).toMatch(/brain +kicked +event kicked: kicked 31010/);
    expect(output).toMatch(/brain +failed +event failed: blocked 31009/);
    expect(output).toMatch(/unknown 30042/);
    // no token (a JWT starts so), no admin key, and no colours in a pipe
    expect(output).not.toMatch(/eyJ|#key=|token=/);
    expect(output.includes('\u001B')).toBe(false);
    expect(await leftovers(story)).toEqual([]);
  });

  it("--rongcloud --once tells it with RongCloud's SDK and exits 0", async () => {
    const story = await run('--rongcloud', '--once');
    expect(await story.exit, story.output()).toBe(0);
    const output = story.output();
    expect(output).toContain('@rongcloud/imlib-next');
    expect(output.match(/✓/g)).toHaveLength(rongCloudChapters.flatMap(([, steps]) => steps).length + 1);
    expect(output).not.toMatch(/eyJ|#key=|token=/);
    expect(await leftovers(story)).toEqual([]);
  });

  it('then keeps the page open until Ctrl-C, and closes it cleanly', async () => {
    const story = await run();
    await story.printed('#key=');
    await story.printed('\n\n');
    const address = /http:\/\/127\.0\.0\.1:\d+/.exec(story.output())?.[0] ?? '';
    expect((await rawRequest(`${address}/`)).text).toContain('<title>');
    story.stop('SIGINT');
    expect(await story.exit).toBe(0);
    await expect(rawRequest(`${address}/`)).rejects.toThrow('ECONNREFUSED');
    expect(story.output()).not.toMatch(/eyJ/);
  });

  it('is interrupted in the middle of the story without leaving anything', async () => {
    const story = await run('--once');
    await story.printed('event databaseOpened');
    story.stop('SIGTERM');
    expect(await story.exit).toBe(1);
    expect(story.output()).toContain('interrupted');
    expect(await leftovers(story)).toEqual([]);
  });

  it('exits 1 and says why when its port is taken', async () => {
    const { appUrl } = await useServers();
    const story = await run('--once', '--port', new URL(appUrl).port);
    expect(await story.exit).toBe(1);
    expect(story.output()).toContain('EADDRINUSE');
  });

  it.each([
    [['--nonsense'], "Unknown option '--nonsense'"],
    [['--port', 'many'], "received 'many'"],
    [['--port', '70000'], "received '70000'"],
    [['extra'], "Unexpected argument 'extra'"],
  ])('%j exits 2 with the help', async (args, why) => {
    const story = await run(...args);
    expect(await story.exit).toBe(2);
    expect(story.output()).toContain(why);
    expect(story.output()).toContain('--once');
  });

  it('--help exits 0', async () => {
    const story = await run('--help');
    expect(await story.exit).toBe(0);
    expect(story.output()).toContain('npm start -- [options]');
    for (const option of ['--rongcloud', '--once', '--port', '--help']) expect(story.output()).toContain(`  ${option} `);
  });
});
