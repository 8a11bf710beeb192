#!/usr/bin/env node
// npx connection-machine inspect
import { runCli } from './runCli.ts';

const stopped = () =>
  new Promise<void>((resolve) => {
    // `on`, not `once`: a terminal, npm and npx may each hand over the same Ctrl-C
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => resolve());
  });

process.exitCode = await runCli(process.argv.slice(2), {
  cwd: process.cwd(),
  write: (line) => void process.stdout.write(`${line}\n`),
  complain: (line) => void process.stderr.write(`${line}\n`),
  stopped,
});
