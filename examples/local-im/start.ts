// START HERE: `npm start`. Servers, a story told over their real sockets, and then a page to play with.
import { once } from 'node:events';
import { help, readOptions, type Options } from './readOptions.ts';
import { pageRoutes } from './server/pageRoutes.ts';
import { startServers } from './server/startServers.ts';
import { wantsColours } from './story/createPaint.ts';
import { tellStory } from './story/tellStory.ts';
import { plain } from './story/vendors/plain.ts';
import { rongCloud } from './story/vendors/rongCloud.ts';

const write = (line: string) => void process.stdout.write(`${line}\n`);

/** Resolves to the exit code. */
async function start(options: Options): Promise<number> {
  const stop = new AbortController();
  // `on`, not `once`: a terminal, npm and tsx may each hand over the same Ctrl-C.
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => stop.abort());

  const servers = await startServers({ port: options.port, pageRoutes: await pageRoutes() });
  try {
    const happened = await tellStory({
      servers,
      vendor: options.rongcloud ? rongCloud : plain,
      write,
      colours: wantsColours(process.stdout.isTTY, process.env),
      signal: stop.signal,
    });
    if (!happened) return 1;
    if (options.once) return 0;
    write(
      `\n  Now a page to play with, open until Ctrl-C. What stands behind # is its key:\n\n    ${servers.appUrl}/#key=${servers.adminKey}\n`,
    );
    if (!stop.signal.aborted) await once(stop.signal, 'abort');
    write('\n  Closed.');
    return 0;
  } finally {
    await servers.close();
  }
}

function readOptionsOrExit(): Options {
  try {
    return readOptions(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${help}\n`);
    process.exit(2);
  }
}

const options = readOptionsOrExit();
if (options.help) write(help);
else {
  process.exitCode = await start(options).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  });
}
