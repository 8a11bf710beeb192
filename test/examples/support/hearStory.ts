import { randomBytes } from 'node:crypto';
import { tellStory } from '../../../examples/local-im/story/tellStory.ts';
import type { Vendor } from '../../../examples/local-im/story/Vendor.ts';
import { useServers } from './useServers.ts';

export interface Hearing {
  /** @default none: a WebSocket of our own */
  readonly vendor?: Vendor;
  /** What the App Server signs with, asked for at the start and at each refresh. @default a new one each time */
  readonly newSecret?: () => Buffer;
  /** Interrupt it as soon as a client has knocked. */
  readonly isInterrupted?: boolean;
}

/** The whole story over servers of its own, as somebody at the terminal hears it. */
export async function hearStory({ vendor, newSecret = () => randomBytes(32), isInterrupted = false }: Hearing = {}) {
  const made: Buffer[] = [];
  const servers = await useServers({
    newSecret() {
      const secret = newSecret();
      made.push(secret);
      return secret;
    },
  });
  const stop = new AbortController();
  servers.onFact(({ what }) => {
    if (isInterrupted && what === 'connect.received') stop.abort();
  });
  const lines: string[] = [];
  const happened = await tellStory({
    servers,
    ...(vendor && { vendor }),
    write: (line) => lines.push(line),
    // far longer than anything here takes: no test waits for it
    stepLimit: 60_000,
    signal: stop.signal,
  });
  return {
    servers,
    happened,
    lines,
    text: lines.join('\n'),
    /** How many Secrets there were. */
    secretCount: made.length,
    /** What must not be in it: each Secret in every spelling, and what signs people in. */
    secrets: [
      ...made.flatMap((secret) => [secret.toString('hex'), secret.toString('base64'), secret.toString('base64url')]),
      servers.passwords.alice,
      servers.adminKey,
    ],
  };
}
