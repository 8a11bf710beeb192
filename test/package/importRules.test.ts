import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';

// Imports run one way. Here the rule is shown to bite: violations are planted, one in a file.

const root = fileURLToPath(new URL('../..', import.meta.url));

const forbidden: [file: string, line: string][] = [
  ['machines/connection/planted.ts', `import '../../src/createConnection.ts';`],
  ['machines/connection/planted.ts', `import '../../src/platform/Clock.ts';`],
  ['machines/connection/planted.ts', `import 'ws';`],
  ['machines/connection/planted.ts', `import 'node:timers';`],
  ['machines/connection/planted.ts', `export const chance = Math.random();`],
  ['machines/connection/planted.ts', `export const today = Date.now();`],
  ['src/planted.ts', `import './transports/websocket/index.ts';`],
  ['src/planted.ts', `import 'ws';`],
  ['src/planted.ts', `import 'node:fs';`],
  ['src/planted.ts', `console.log('hello');`],
  ['src/token/planted.ts', `import '../createConnection.ts';`],
  ['src/transport/planted.ts', `import '../createConnection.ts';`],
  ['src/transport/planted.ts', `import '../transports/websocket/index.ts';`],
  ['src/platform/planted.ts', `import '../connection.ts';`],
  ['src/platform/planted.ts', `import '../index.ts';`],
  ['src/transports/websocket/planted.ts', `import '../../createConnection.ts';`],
  ['src/transports/websocket/planted.ts', `import '../../token/redactor.ts';`],
  ['src/transports/websocket/planted.ts', `import '../../platform/safeClock.ts';`],
  ['src/transports/websocket/planted.ts', `import '../../../machines/connection/connectionMachine.ts';`],
  ['src/transports/websocket/planted.ts', `import '../rongcloud/index.ts';`],
  ['src/transports/websocket/planted.ts', `import 'xstate';`],
  ['src/testing/planted.ts', `import 'vitest';`],
  ['src/testing/planted.ts', `import 'xstate';`],
  ['src/testing/planted.ts', `import 'node:test';`],
  ['src/testing/planted.ts', `import '../createConnection.ts';`],
  ['src/testing/planted.ts', `import '../transports/websocket/index.ts';`],
  ['src/testing/planted.ts', `import '../../machines/connection/connectionMachine.ts';`],
  ['src/planted.ts', `import { createRecorder } from './inspect/record/createRecorder.ts'; export { createRecorder };`],
  ['src/inspect/planted.ts', `import '../createConnection.ts';`],
  ['src/inspect/record/planted.ts', `import '../../connection.ts';`],
  ['src/inspect/sinks/planted.ts', `import '../../transports/websocket/index.ts';`],
  ['src/inspect/sinks/planted.ts', `import 'ws';`],
  ['src/inspect/official/planted.ts', `import '@statelyai/inspect';`],
  ['src/inspect/viewer/planted.ts', `import 'elkjs';`],
  ['src/inspect/server/planted.ts', `import 'express';`],
  ['examples/local-im/planted.ts', `import '../../src/index.ts';`],
  ['examples/local-im/client/planted.ts', `import '../../../machines/connection/failure.ts';`],
  ['examples/local-im/planted.ts', `import '../../dist/index.js';`],
];

const allowed: [file: string, line: string][] = [
  ['machines/connection/planted.ts', `import './failure.ts';`],
  ['machines/connection/planted.ts', `import 'xstate';`],
  ['machines/connection/context.ts', `export const { now } = { now: Date.now };`],
  ['src/planted.ts', `import '../machines/connection/connectionMachine.ts';`],
  ['src/planted.ts', `import './platform/Clock.ts';`],
  ['src/token/planted.ts', `import '../platform/settled.ts';`],
  ['src/transport/planted.ts', `import '../../machines/connection/failure.ts';`],
  ['src/transports/websocket/planted.ts', `import '../../transport/Transport.ts';`],
  ['src/transports/websocket/planted.ts', `import '../../platform/Clock.ts';`],
  ['src/transports/websocket/planted.ts', `import '../../../machines/connection/failure.ts';`],
  ['src/transports/websocket/planted.ts', `import './closeCodes.ts';`],
  ['src/testing/planted.ts', `import './fakeTransport.ts';`],
  ['src/testing/planted.ts', `import '../transport/Transport.ts';`],
  ['src/testing/planted.ts', `import '../../machines/connection/failure.ts';`],
  ['src/connection.ts', `import type { ConnectionReport } from './inspect/record/ConnectionReport.ts'; export type { ConnectionReport };`],
  ['src/inspect/planted.ts', `import '../../machines/connection/connectionMachine.ts';`],
  ['src/inspect/planted.ts', `import '../token/redactor.ts';`],
  ['src/inspect/record/planted.ts', `import '../stepTeller.ts';`],
  ['src/inspect/server/planted.ts', `import 'ws';`],
  ['src/inspect/server/planted.ts', `import 'node:http';`],
  ['examples/local-im/planted.ts', `import 'connection-machine';`],
  ['examples/local-im/planted.ts', `import 'connection-machine/transports/websocket';`],
  ['test/laws/planted.ts', `import '../../machines/connection/failure.ts';`],
];

// Each line in a file of its own, in a tree like ours, linted once.
const complaints = new Map<string, string>();
const fileOf = (file: string, line: string) =>
  file.replace('planted', `planted${[...forbidden, ...allowed].findIndex((row) => row[1] === line && row[0] === file)}`);

beforeAll(() => {
  const tree = mkdtempSync(join(tmpdir(), 'import-rules-'));
  try {
    copyFileSync(join(root, '.oxlintrc.json'), join(tree, '.oxlintrc.json'));
    for (const [file, line] of [...forbidden, ...allowed]) {
      const path = join(tree, fileOf(file, line));
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, `${line}\n`);
    }
    const { stdout, stderr } = spawnSync(join(root, 'node_modules/.bin/oxlint'), ['--format', 'unix'], { cwd: tree, encoding: 'utf8' });
    expect(stderr).toBe('');
    for (const complaint of stdout.split('\n')) {
      const [file = ''] = complaint.split(':');
      complaints.set(file, `${complaints.get(file) ?? ''}${complaint}\n`);
    }
  } finally {
    rmSync(tree, { recursive: true, force: true });
  }
});

test.each(forbidden)('%s: %s — is refused', (file, line) => {
  expect(complaints.get(fileOf(file, line))).toMatch(/no-restricted|no-nodejs-modules|no-console/);
});

test.each(allowed)('%s: %s — is fine', (file, line) => {
  expect(complaints.get(fileOf(file, line))).toBeUndefined();
});
