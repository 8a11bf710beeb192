import { parseArgs } from 'node:util';
import { isOrigin } from './checkCaller.ts';
import { projectKey } from './projectKey.ts';
import { startInspector, type InspectorOptions } from './startInspector.ts';

/** What the command needs of the process. */
export interface CliIo {
  readonly cwd: string;
  readonly write: (line: string) => void;
  readonly complain: (line: string) => void;
  /** Resolves when the user wants it to end. */
  readonly stopped: () => Promise<void>;
  /** For tests. */
  readonly files?: InspectorOptions['files'];
}

const help = `connection-machine inspect [options]

Serves a page on this machine that shows your app's connections live: the chart, the timeline, the timers.

  --port N              the port, 0 for any that is free (default 5757)
  --allow-origin URL    lets an app of this origin in that is not on this machine, such as https://staging.example.com; can be repeated
  --new-key             makes a new key, so that the two lines of before are not valid any more
  --help                this text`;

/** Runs the command. Resolves to the exit code: 0 when it was stopped, 1 when it could not start, 2 when it was not understood. */
export async function runCli(args: readonly string[], io: CliIo): Promise<number> {
  const wish = readWish(args);
  if (typeof wish === 'string') {
    io.complain(`${wish}\n\n${help}`);
    return 2;
  }
  if (wish.help) {
    io.write(help);
    return 0;
  }
  // from here on, Ctrl-C is an orderly end
  const stopped = io.stopped();
  const { key, problem } = await projectKey(io.cwd, wish.newKey);
  try {
    const { port, allowOrigins } = wish;
    const inspector = await startInspector({ port, key, allowOrigins, ...(io.files && { files: io.files }) });
    io.write(greeting(inspector.url, inspector.appUrl, inspector.port));
    if (problem !== undefined) io.write(`  The key is for this run only: it could not be kept (${problem}).\n`);
    await stopped;
    await inspector.close();
    return 0;
  } catch (error) {
    io.complain(error instanceof Error ? error.message : String(error));
    return 1;
  }
}

const greeting = (url: string, appUrl: string, port: number) => `
  The viewer, open until Ctrl-C:

    ${url}

  Two lines for your app (in development only):

    import { inspectConnection, webSocketSink } from 'connection-machine/inspect';
    inspectConnection(connection, webSocketSink('${appUrl}'));

  React Native on Android needs this once: adb reverse tcp:${port} tcp:${port}
`;

interface Wish {
  readonly port: number;
  readonly allowOrigins: readonly string[];
  readonly newKey: boolean;
  readonly help: boolean;
}

/** What is wanted, or what was not understood. */
function readWish(args: readonly string[]): Wish | string {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        port: { type: 'string', default: '5757' },
        'allow-origin': { type: 'string', multiple: true, default: [] },
        'new-key': { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    const { port, help: isHelp, 'allow-origin': allowOrigins, 'new-key': newKey } = values;
    const [command, ...more] = positionals;
    if (!isHelp && command !== 'inspect')
      return command === undefined ? 'which command? There is one: inspect' : `there is no command '${command}'`;
    if (more.length > 0) return `inspect takes no '${more[0]}'`;
    if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) return `--port must be a number from 0 to 65535, received '${port}'`;
    const strange = allowOrigins.find((origin) => !isOrigin(origin));
    if (strange !== undefined) return `--allow-origin must be an origin such as https://staging.example.com, received '${strange}'`;
    return { port: Number(port), allowOrigins, newKey, help: isHelp };
  } catch (error) {
    return (error as Error).message;
  }
}
