import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { runCli } from '../../src/inspect/server/runCli.ts';

const folders: string[] = [];
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true })));

function project(): string {
  const folder = mkdtempSync(join(tmpdir(), 'inspect-'));
  folders.push(folder);
  writeFileSync(join(folder, 'package.json'), '{}');
  return folder;
}

const keyFile = (folder: string) => join(folder, 'node_modules/.cache/connection-machine/inspect-key');
const files = { '/': { type: 'text/html', body: '<!doctype html>' } };

/** Runs the command until it has said something, does what is to be done meanwhile, and stops it. */
async function run(args: readonly string[], cwd = project(), meanwhile: (said: string) => unknown = () => undefined) {
  const said: string[] = [];
  const complaints: string[] = [];
  let greeted: () => void = () => undefined;
  const code = await runCli(args, {
    cwd,
    files,
    write(line) {
      said.push(line);
      greeted();
    },
    complain: (line) => void complaints.push(line),
    stopped: () =>
      new Promise((resolve, reject) => {
        greeted = () => void Promise.resolve(meanwhile(said.join('\n'))).then(() => resolve(), reject);
      }),
  });
  return { code, said: said.join('\n'), complaints: complaints.join('\n') };
}

const keyIn = (said: string) => /#key=([\w-]+)/.exec(said)?.[1];

describe('npx connection-machine inspect', () => {
  test('prints the address, and two lines that work', async () => {
    let received = '';
    const { code, said } = await run(['inspect', '--port', '0'], project(), async (text) => {
      const [, url = ''] = /webSocketSink\('([^']+)'\)/.exec(text) ?? [];
      const socket = new WebSocket(url);
      received = await new Promise((resolve) => {
        socket.once('open', () => resolve('open'));
        socket.once('error', ({ message }) => resolve(message));
      });
      socket.terminate();
    });
    expect(received).toBe('open');
    expect(code).toBe(0);
    expect(said).toContain("import { inspectConnection, webSocketSink } from 'connection-machine/inspect';");
    expect(said).toMatch(/http:\/\/127\.0\.0\.1:(\d+)\/#key=[\w-]{43}\n[^]*adb reverse tcp:\1 tcp:\1/);
  });

  test('keeps the key for the project, for this user only, until a new one is wanted', async () => {
    const folder = project();
    const inner = join(folder, 'src/deep');
    mkdirSync(inner, { recursive: true });
    const first = keyIn((await run(['inspect', '--port', '0'], folder)).said);
    const second = keyIn((await run(['inspect', '--port', '0'], inner)).said);
    const third = keyIn((await run(['inspect', '--port', '0', '--new-key'], folder)).said);
    expect(second).toBe(first);
    expect(third).not.toBe(first);
    expect(readFileSync(keyFile(folder), 'utf8')).toBe(third);
    expect(statSync(keyFile(folder)).mode & 0o777).toBe(0o600);
    expect(existsSync(keyFile(inner))).toBe(false);
  });

  test.each([
    ['is no key', (file: string) => writeFileSync(file, 'guess me')],
    ['others can read', (file: string) => chmodSync(file, 0o644)],
  ])('replaces a kept key that %s', async (_, spoil) => {
    const folder = project();
    const first = keyIn((await run(['inspect', '--port', '0'], folder)).said);
    spoil(keyFile(folder));
    const second = keyIn((await run(['inspect', '--port', '0'], folder)).said);
    expect(second).toMatch(/^[\w-]{43}$/);
    expect(second).not.toBe(first);
    expect(statSync(keyFile(folder)).mode & 0o777).toBe(0o600);
  });

  test('says so when the key cannot be kept', async () => {
    const folder = project();
    writeFileSync(join(folder, 'node_modules'), 'a file where a folder should be');
    const { code, said } = await run(['inspect', '--port', '0'], folder);
    expect(code).toBe(0);
    expect(said).toContain('The key is for this run only: it could not be kept');
  });

  test('helps', async () => {
    expect(await run(['--help'])).toMatchObject({ code: 0, said: expect.stringContaining('--allow-origin URL') });
  });

  test.each([
    [[], 'which command? There is one: inspect'],
    [['insepct'], "there is no command 'insepct'"],
    [['inspect', 'me'], "inspect takes no 'me'"],
    [['inspect', '--port', 'http'], "--port must be a number from 0 to 65535, received 'http'"],
    [['inspect', '--port', '70000'], '--port must be a number'],
    [['inspect', '--allow-origin', 'example.com'], '--allow-origin must be an origin such as https://staging.example.com'],
    [['inspect', '--allow-origin', 'https://a.example/path'], '--allow-origin must be an origin'],
    [['inspect', '--colour'], '--colour'],
  ])('does not understand %j, and says what', async (args, complaint) => {
    const { code, complaints } = await run(args);
    expect(code).toBe(2);
    expect(complaints).toContain(complaint);
    expect(complaints).toContain('connection-machine inspect [options]');
  });

  test('a port that is taken is named, with what to do', async () => {
    const { complaints } = await run(['inspect', '--port', '0'], project(), async (said) => {
      const [, port = ''] = /127\.0\.0\.1:(\d+)/.exec(said) ?? [];
      const second = await run(['inspect', '--port', port]);
      expect(second).toMatchObject({ code: 1, complaints: `port ${port} is taken: choose another with --port, or --port 0 for any` });
    });
    expect(complaints).toBe('');
  });

  test('as a process of its own it ends with 0 on Ctrl-C; without the built viewer it says what is missing', async () => {
    const cli = fileURLToPath(new URL('../../src/inspect/server/cli.ts', import.meta.url));
    // from the sources, the page is not built: that is said. The built one: test/package
    const child = spawn(process.execPath, ['--import', 'tsx', cli, 'inspect', '--port', '0'], {
      cwd: fileURLToPath(new URL('../..', import.meta.url)),
    });
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (said += chunk));
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (said += chunk));
    const code = await new Promise((resolve) => child.once('exit', resolve));
    expect(code).toBe(1);
    expect(said).toContain("the viewer's page is not there");
  });
});
