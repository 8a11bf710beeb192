import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { isBuiltin } from 'node:module';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

// What npm would publish, in the hands of an app that has nothing but Node and xstate.

const root = fileURLToPath(new URL('../..', import.meta.url));
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { exports: Record<string, unknown> };
const entries = Object.keys(manifest.exports).filter((path) => path !== './package.json');
const nameOf = (entry: string) => entry.replace('.', 'connection-machine');

let app: string;
let packed: string[];

beforeAll(() => {
  app = mkdtempSync(join(tmpdir(), 'connection-machine-'));
  run(process.execPath, ['node_modules/tsdown/dist/run.mjs', '--logLevel', 'warn']);
  const [tarball] = JSON.parse(run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', app])) as [
    { filename: string; files: { path: string }[] },
  ];
  packed = tarball.files.map(({ path }) => path);
  const modules = join(app, 'node_modules');
  mkdirSync(join(modules, 'connection-machine'), { recursive: true });
  run('tar', ['-xzf', join(app, tarball.filename), '--strip-components=1', '-C', join(modules, 'connection-machine')]);
  symlinkSync(join(root, 'node_modules/xstate'), join(modules, 'xstate'));
});

afterAll(() => rmSync(app, { recursive: true, force: true }));

test('only what is meant for users is packed', () => {
  const kinds = new Set(packed.map((path) => (path.startsWith('dist/') ? path.replace(/^.*?(\.d)?(\.\w+)$/, 'dist/**/*$1$2') : path)));
  expect([...kinds].sort()).toEqual([
    'LICENSE',
    'README.md',
    'README.zh-CN.md',
    'dist/**/*.cjs',
    'dist/**/*.d.cts',
    'dist/**/*.d.ts',
    'dist/**/*.js',
    'package.json',
  ]);
});

/** What only Node runs: the server of `npx connection-machine inspect`. */
const isNodes = (path: string) => /^inspect[/\\](server|cli)\./.test(path);

/** The packages that files of dist/ need. */
async function neededBy(paths: readonly string[]): Promise<Set<string>> {
  const needed = new Set<string>();
  const { metafile } = await build({
    absWorkingDir: join(root, 'dist'),
    entryPoints: paths.filter((path) => /\.c?js$/.test(path)),
    bundle: true,
    packages: 'external',
    platform: 'node',
    outdir: 'nowhere',
    entryNames: '[dir]/[name]-[hash]',
    format: 'esm',
    write: false,
    metafile: true,
    logLevel: 'silent',
  });
  for (const { imports } of Object.values(metafile.outputs)) for (const { path } of imports) needed.add(path);
  for (const path of paths.filter((each) => /\.d\.c?ts$/.test(each))) {
    const types = readFileSync(join(root, 'dist', path), 'utf8');
    for (const [, name = ''] of types.matchAll(/^(?:import|export)[^;]*? from "([^".][^"]*)"/gm)) needed.add(name);
  }
  return needed;
}

const built = () => readdirSync(join(root, 'dist'), { recursive: true, encoding: 'utf8' });

test('the package depends on xstate alone', async () => {
  expect(await neededBy(built().filter((path) => !isNodes(path)))).toEqual(new Set(['xstate']));
});

test("the inspector's server needs Node and nothing else, its page nothing at all: what they use besides is inside", async () => {
  const needed = [...(await neededBy(built().filter(isNodes)))];
  expect(needed.length).toBeGreaterThan(3);
  expect(needed.filter((name) => !isBuiltin(name))).toEqual([]);
  expect(await neededBy([join('inspect', 'page.js')])).toEqual(new Set());
});

test('an app that does not import the inspector has none of it', async () => {
  const bundle = async (code: string) => {
    const { outputFiles } = await build({
      stdin: { contents: code, resolveDir: app },
      bundle: true,
      minify: true,
      write: false,
      format: 'esm',
      logLevel: 'silent',
    });
    return outputFiles[0]!.text;
  };
  const traces = ['connection-machine.report', 'connection-machine.inspect', 'sent from an inspector'];
  const shipped = await bundle(`import { createConnection } from 'connection-machine'; globalThis.im = createConnection;`);
  expect(traces.filter((trace) => shipped.includes(trace))).toEqual([]);
  const inspected = await bundle(`import * as inspect from 'connection-machine/inspect'; globalThis.inspect = inspect;`);
  expect(traces.filter((trace) => inspected.includes(trace))).toEqual(traces);
  // one sink alone does not bring the others, and no sink brings the recorder
  const one = await bundle(
    `import { inspectConnection, consoleSink } from 'connection-machine/inspect'; globalThis.inspect = [inspectConnection, consoleSink];`,
  );
  expect(traces.filter((trace) => one.includes(trace))).toEqual(['sent from an inspector']);
});

test('`npx connection-machine inspect` serves the viewer that is in the package', async () => {
  const bin = join(app, 'node_modules/connection-machine/dist/inspect/cli.js');
  const child = spawn(process.execPath, [bin, 'inspect', '--port', '0'], { cwd: app });
  try {
    const said = await new Promise<string>((resolve, reject) => {
      let text = '';
      child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
        if (text.includes('adb reverse')) resolve(text);
      });
      child.stderr.setEncoding('utf8').on('data', (chunk: string) => reject(new Error(chunk)));
    });
    const [, origin = ''] = /(http:\/\/127\.0\.0\.1:\d+)\/#key=/.exec(said) ?? [];
    const [page, script] = await Promise.all(['/', '/page.js'].map(async (path) => (await fetch(`${origin}${path}`)).text()));
    expect(page).toContain('<script type="module" src="/page.js">');
    expect(script).toContain('What can happen');
  } finally {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGINT');
    expect(await ended).toBe(0);
  }
});

test('the testing tools need nothing at all, not even xstate', () => {
  const needs = (file: string): string[] => {
    const code = readFileSync(join(root, 'dist', file), 'utf8').replace(/\/\*[^]*?\*\//g, '');
    const imported = [...code.matchAll(/(?:from|import|require)\s*\(?\s*["']([^"'\s]+)["']/g)].map(([, specifier = '']) => specifier);
    return imported.flatMap((specifier) => (specifier.startsWith('./') ? needs(specifier.slice(2)) : [specifier]));
  };
  expect([...needs('testing.js'), ...needs('testing.cjs')]).toEqual([]);
  expect(needs('index.js')).toContain('xstate');
});

describe.each(entries)('%s', (entry) => {
  const esm = () => load('mjs', `import * as entry from '${nameOf(entry)}';`);
  const cjs = () => load('cjs', `const entry = require('${nameOf(entry)}');`);

  test('gives the same names by import and by require', () => {
    const names = esm().names;
    expect(names.length).toBeGreaterThan(0);
    expect(cjs().names).toEqual(names);
  });

  test.each([
    ['import', esm],
    ['require', cjs],
  ])('%s has no side effect: no global, no timer, no handle, no word', (_, loaded) => {
    expect(loaded()).toMatchObject({ newGlobals: [], resources: [] });
  });
});

test('by import and by require, a connection is made and the same chart runs', () => {
  for (const [kind, header] of [
    ['mjs', `import { createConnection } from 'connection-machine'; import { connectionMachine } from 'connection-machine/machine';`],
    [
      'cjs',
      `const { createConnection } = require('connection-machine'); const { connectionMachine } = require('connection-machine/machine');`,
    ],
  ] as const) {
    const { said } = execute(
      kind,
      `${header}
      const transport = { open: (_, report) => { queueMicrotask(() => report.success({ userId: 'alice' })); return { close() {} }; } };
      const connection = createConnection({ transport, fetchToken: async () => 'token' });
      const states = (node) => Object.values(node.states).map((state) => [state.id, states(state)]);
      const same = JSON.stringify(states(connection.actor.logic.root)) === JSON.stringify(states(connectionMachine.root));
      connection.connect();
      connection.whenConnected().then(async (user) => {
        await connection.disconnect();
        console.log(JSON.stringify({ same, user, status: connection.getSnapshot().status }));
      });`,
    );
    expect(JSON.parse(said)).toEqual({ same: true, user: { userId: 'alice' }, status: 'idle' });
  }
});

test('the chart of ./machine explains itself; the one inside `.` leaves the words at home', () => {
  const { said } = execute(
    'mjs',
    `import { createConnection } from 'connection-machine'; import { connectionMachine } from 'connection-machine/machine';
    const { actor } = createConnection({ transport: { open: () => ({ close() {} }) }, fetchToken: async () => 'token' });
    const words = ({ root }) => JSON.stringify(root.config).split('"description"').length - 1;
    const bare = (machine) => JSON.stringify(machine.root.config, (key, value) => (key === 'description' ? undefined : value));
    console.log(JSON.stringify({ inside: words(actor.logic), outside: words(connectionMachine) > 50, same: bare(actor.logic) === bare(connectionMachine) }));`,
  );
  expect(JSON.parse(said)).toEqual({ inside: 0, outside: true, same: true });
});

/** Loads an entry in a fresh process. It must end by itself and say nothing but what is asked here. */
function load(kind: 'mjs' | 'cjs', header: string) {
  const before = join(app, 'globals.cjs');
  writeFileSync(before, 'globalThis[Symbol.for("before")] = new Set(Reflect.ownKeys(globalThis));');
  const { said } = execute(
    kind,
    `${header}
    const before = globalThis[Symbol.for('before')];
    const newGlobals = Reflect.ownKeys(globalThis).filter((key) => !before.has(key) && key !== Symbol.for('before')).map(String);
    const names = Object.keys(entry).sort();
    const resources = process.getActiveResourcesInfo().filter((name) => !/^(Pipe|TTY|FS|CloseReq)/.test(name));
    console.log(JSON.stringify({ names, newGlobals, resources }));`,
    ['--require', before],
  );
  return JSON.parse(said) as { names: string[]; newGlobals: string[]; resources: string[] };
}

function execute(kind: 'mjs' | 'cjs', program: string, flags: readonly string[] = []) {
  const file = join(app, `program-${Math.random().toString(36).slice(2)}.${kind}`);
  writeFileSync(file, program);
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, [...flags, file], { cwd: app, encoding: 'utf8', timeout: 30_000 });
  expect({ status, signal, stderr }, 'the process ends by itself, without a word of complaint').toEqual({
    status: 0,
    signal: null,
    stderr: '',
  });
  return { said: stdout };
}

function run(command: string, args: readonly string[]): string {
  return execFileSync(command, args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}
