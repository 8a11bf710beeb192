import { parseArgs } from 'node:util';

export interface Options {
  /** Exit after the story, with 0 when every step happened. */
  readonly once: boolean;
  /** Tell the story with RongCloud's SDK instead of our own WebSocket. */
  readonly rongcloud: boolean;
  readonly port: number;
  readonly help: boolean;
}

export const help = `npm start -- [options]

Starts an App Server and IM servers on this machine, tells a story over real sockets, and then serves a page to play with.

  --rongcloud tell it with RongCloud's web SDK, unmodified, against a server on this machine that speaks its protocol
  --once      exit after the story: 0 when every step happened, 1 when one did not
  --port N    the page's port (default: a free one)
  --help      this text`;

/** Reads the command line. @throws Error that names what it does not understand */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rongcloud: { type: 'boolean', default: false },
      once: { type: 'boolean', default: false },
      port: { type: 'string', default: '0' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const port = Number(values.port);
  if (!/^\d+$/.test(values.port) || port > 65_535) throw new Error(`--port must be a number from 0 to 65535, received '${values.port}'`);
  return { once: values.once, rongcloud: values.rongcloud, port, help: values.help };
}
