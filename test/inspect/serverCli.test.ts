import { build } from 'esbuild';
import { spawn } from 'node:child_process';
import { chmod, copyFile, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { runCli } from '../../src/inspect/server/runCli.ts';
import { rawRequest } from '../examples/support/rawRequest.ts';
import { atEnd, openPeer, refusal, smallPage, useInspector } from './support/serverWorld.ts';

const repository = fileURLToPath(new URL('../../', import.meta.url));
const keyPath = 'node_modules/.cache/connection-machine/inspect-key';

async function useFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'connection-machine-inspect-'));
  atEnd(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function useProject(): Promise<string> {
  const folder = await useFolder();
  await writeFile(join(folder, 'package.json'), '{}');
  return folder;
}

/** Runs the command in this process until it has greeted, or ended. */
async function run(cwd: string, ...args: readonly string[]) {
  let output = '';
  let complaints = '';
  let stop = () => undefined as void;
  const stopped = new Promise<void>((resolve) => (stop = resolve));
  let greeted = () => undefined as void;
  const greeting = new Promise<void>((resolve) => (greeted = resolve));
  const exit = runCli(args, {
    cwd,
    write(line) {
      output += `${line}\n`;
      greeted();
    },
    complain: (line) => void (complaints += `${line}\n`),
    stopped: () => stopped,
    files: smallPage,
  });
  await Promise.race([greeting, exit]);
  const end = async () => {
    stop();
    return exit;
  };
  atEnd(end);
  return {
    exit,
    end,
    output: () => output,
    complaints: () => complaints,
    /** As the two lines have it. */
    appUrl: /inspectConnection\(connection, webSocketSink\('(ws:[^']+)'\)\);/.exec(output)?.[1] ?? '',
    viewerUrl: /http:\S+/.exec(output)?.[0] ?? '',
    key: /#key=([\w-]+)/.exec(output)?.[1] ?? '',
  };
}

const inspect = (cwd: string, ...more: readonly string[]) => run(cwd, 'inspect', '--port', '0', ...more);

describe('connection-machine inspect prints', () => {
  test("the viewer's address and two lines for the app, and both are right", async () => {
    const { appUrl, viewerUrl, key, output, complaints, end } = await inspect(await useProject());
    expect(output()).toContain("import { inspectConnection, webSocketSink } from 'connection-machine/inspect';");
    const { port } = new URL(viewerUrl);
    expect(viewerUrl).toBe(`http://127.0.0.1:${port}/#key=${key}`);
    expect(output()).toContain(`adb reverse tcp:${port} tcp:${port}`);
    expect((await rawRequest(viewerUrl)).text).toBe(smallPage['/']!.body);
    const app = await openPeer(appUrl);
    expect(app.socket.readyState).toBe(app.socket.OPEN);
    expect(await end()).toBe(0);
    expect(complaints()).toBe('');
    await expect(rawRequest(viewerUrl)).rejects.toThrow('ECONNREFUSED');
  });

  test('what it can do, when it is asked for help', async () => {
    for (const args of [['--help'], ['inspect', '--help'], ['inspect', '-h']]) {
      const { exit, output, complaints } = await run('.', ...args);
      expect(await exit).toBe(0);
      for (const option of ['--port N', '--allow-origin URL', '--new-key', '--help']) expect(output()).toContain(option);
      expect(complaints()).toBe('');
    }
  });

  test.each([
    [[], 'which command? There is one: inspect'],
    [['look'], "there is no command 'look'"],
    [['inspect', 'more'], "inspect takes no 'more'"],
    [['inspect', '--loud'], "Unknown option '--loud'"],
    [['inspect', '--port'], '--port'],
    [['inspect', '--port', 'x'], "--port must be a number from 0 to 65535, received 'x'"],
    [['inspect', '--port', '65536'], '--port must be a number from 0 to 65535'],
    [['inspect', '--port', '1e3'], '--port must be a number from 0 to 65535'],
    [['inspect', '--allow-origin', '*'], "--allow-origin must be an origin such as https://staging.example.com, received '*'"],
    [['inspect', '--allow-origin', 'https://a.example', '--allow-origin', 'https://a.example/path'], "received 'https://a.example/path'"],
    [['inspect', '--new-key=yes'], '--new-key'],
  ])('what was not understood of %j, the help, and ends with 2', async (args, problem) => {
    const { exit, output, complaints } = await run('.', ...args);
    expect(await exit).toBe(2);
    expect(complaints().split('\n\n')[0]).toContain(problem);
    expect(complaints()).toContain('connection-machine inspect [options]');
    expect(output()).toBe('');
  });

  test('which port is taken, and ends with 1', async () => {
    const { port } = await useInspector();
    const { exit, complaints } = await run(await useProject(), 'inspect', '--port', String(port));
    expect(await exit).toBe(1);
    expect(complaints()).toBe(`port ${port} is taken: choose another with --port, or --port 0 for any\n`);
  });
});

test('--allow-origin lets apps of these origins in, and of no others', async () => {
  const { appUrl } = await inspect(await useProject(), '--allow-origin', 'https://a.example', '--allow-origin', 'http://192.168.1.7:8081');
  await openPeer(appUrl, { origin: 'https://a.example' });
  await openPeer(appUrl, { origin: 'http://192.168.1.7:8081' });
  expect((await refusal(appUrl, { origin: 'https://b.example' })).status).toBe(403);
});

describe('the key', () => {
  const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);

  test("is kept for the project, readable by its user alone, so that the app's two lines stay valid", async () => {
    const project = await useProject();
    const below = join(project, 'src/deep');
    await mkdir(below, { recursive: true });
    const first = await inspect(project);
    const second = await inspect(below);
    expect(first.key).toMatch(/^[\w-]{43}$/);
    expect(second.key).toBe(first.key);
    expect(await readFile(join(project, keyPath), 'utf8')).toBe(first.key);
    expect(await modeOf(join(project, keyPath))).toBe('600');
    expect(await modeOf(join(project, keyPath, '..'))).toBe('700');
    expect(await readdir(join(project, keyPath, '..'))).toEqual(['inspect-key']);
    // others' folders are left as they are made usually
    expect(await modeOf(join(project, 'node_modules'))).toBe(await modeOf(below));
    expect((await inspect(await useProject())).key).not.toBe(first.key);
  });

  test('is made anew by --new-key, and the old one is worth nothing any more', async () => {
    const project = await useProject();
    const first = await inspect(project);
    const second = await inspect(project, '--new-key');
    expect(second.key).not.toBe(first.key);
    expect((await inspect(project)).key).toBe(second.key);
    expect((await refusal(second.appUrl.replace(second.key, first.key))).status).toBe(401);
  });

  test.each([
    ['that others could read', 'k'.repeat(43), 0o644],
    ['that the group could read', 'k'.repeat(43), 0o640],
    ['that is too short', 'k'.repeat(42), 0o600],
    ['that is too long', 'k'.repeat(44), 0o600],
    ['that holds something else', `${'k'.repeat(42)}&`, 0o600],
    ['that is empty', '', 0o600],
  ])('%s is replaced', async (_, kept, mode) => {
    const project = await useProject();
    await mkdir(join(project, keyPath, '..'), { recursive: true, mode: 0o755 });
    await writeFile(join(project, keyPath), kept);
    await chmod(join(project, keyPath), mode);
    const { key } = await inspect(project);
    expect(key).toMatch(/^[\w-]{43}$/);
    expect(key).not.toBe(kept);
    expect(await readFile(join(project, keyPath), 'utf8')).toBe(key);
    expect(await modeOf(join(project, keyPath))).toBe('600');
    expect(await modeOf(join(project, keyPath, '..'))).toBe('700');
  });

  test('is taken again from a file as it was kept', async () => {
    const project = await useProject();
    await mkdir(join(project, keyPath, '..'), { recursive: true });
    await writeFile(join(project, keyPath), 'k'.repeat(43), { mode: 0o600 });
    expect((await inspect(project)).key).toBe('k'.repeat(43));
  });

  test('that cannot be kept is for one run, which is said', async () => {
    const project = await useProject();
    await writeFile(join(project, 'node_modules'), 'no folder');
    const first = await inspect(project);
    const second = await inspect(project);
    expect(first.output()).toContain('The key is for this run only: it could not be kept (');
    expect(second.key).not.toBe(first.key);
    await openPeer(first.appUrl);
    expect((await inspect(await useProject())).output()).not.toContain('for this run only');
  });
});

describe('as a process', () => {
  let built: string;
  beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'connection-machine-cli-'));
    // as the package has it: one file with `ws` inside, the page's script beside it
    await build({
      absWorkingDir: repository,
      entryPoints: ['src/inspect/server/cli.ts'],
      outfile: join(folder, 'cli.mjs'),
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      logLevel: 'silent',
      banner: { js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);" },
    });
    await writeFile(join(folder, 'page.js'), '"the page";');
    built = join(folder, 'cli.mjs');
    return () => rm(folder, { recursive: true, force: true });
  });

  function start(cwd: string, cli: string, ...args: readonly string[]) {
    const child = spawn(process.execPath, [cli, ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
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
      child,
      output: () => output,
      exit: new Promise((resolve) => void child.once('close', (code, signal) => resolve(signal ?? code))),
      printed: (text: string) =>
        new Promise<void>((resolve) => {
          const look = () => void (output.includes(text) && looking.delete(look) && resolve());
          looking.add(look);
          look();
        }),
    };
  }

  test.each(['SIGINT', 'SIGTERM'] as const)('serves the page until %s, and then ends with 0, whoever is there', async (signal) => {
    const { child, output, exit, printed } = start(await useProject(), built, 'inspect', '--port', '0');
    await printed('adb reverse');
    const viewerUrl = /http:\S+/.exec(output())![0];
    expect((await rawRequest(new URL('/page.js', viewerUrl).href)).text).toBe('"the page";');
    const app = await openPeer(/ws:[^']+/.exec(output())![0]);
    child.kill(signal);
    expect(await exit).toBe(0);
    await app.closed;
    await expect(rawRequest(viewerUrl)).rejects.toThrow('ECONNREFUSED');
  });

  test('ends with 2 for a command that there is not, and with 1 when the page is not there', async () => {
    const wrong = start(await useProject(), built, 'look');
    expect(await wrong.exit).toBe(2);
    expect(wrong.output()).toContain("there is no command 'look'");
    const alone = await useFolder();
    await copyFile(built, join(alone, 'cli.mjs'));
    const broken = start(await useProject(), join(alone, 'cli.mjs'), 'inspect', '--port', '0');
    expect(await broken.exit).toBe(1);
    expect(broken.output()).toContain("the viewer's page is not there");
  });
});
