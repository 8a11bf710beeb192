import { inspect } from 'node:util';
import type { Client, ClientAdapter } from './ClientAdapter.ts';
import { createFakeClock, type FakeClock } from './fakeClock.ts';
import { createFakePage } from './fakePage.ts';
import { seededRandom } from '../../test/laws/support/seededRandom.ts';
import { createFakeServer, type FakeServer } from './server/FakeServer.ts';
import { createTokenProvider, type TokenProvider } from './tokenProvider.ts';

export interface StageOptions {
  readonly adapter: ClientAdapter;
  /** The client, bundled as a script that leaves its exports in `globalName`. */
  readonly bundle: string;
  readonly seed: number;
  /** ms that every timer of the page fires late. */
  readonly late: number;
  readonly listensToLogs?: boolean;
}

/** Everything that one scenario plays with: made anew for each cell. */
export interface Stage {
  readonly clock: FakeClock;
  readonly server: FakeServer;
  readonly provider: TokenProvider;
  start(): void;
  stop(): void;
  /** Both sides agree: the server has accepted a socket that is still open, and the client says that it is connected. */
  isConnected(): boolean;
  /** What the client told its app, and when (ms since the page was opened). */
  readonly troubles: readonly { readonly at: number; readonly what: string }[];
  readonly logs: readonly string[];
  /** What the client's own handlers threw; a browser would write it to the console. */
  readonly errors: readonly string[];
}

/** What the bundle leaves in the page. */
export const globalName = 'driven';

const monday = Date.UTC(2026, 0, 5);

export function createStage({ adapter, bundle, seed, late, listensToLogs = false }: StageOptions): Stage {
  const clock = createFakeClock(monday);
  const troubles: { at: number; what: string }[] = [];
  const logs: string[] = [];
  const errors: string[] = [];
  const report = (thrown: unknown) => void errors.push(inspect(thrown));
  const server = createFakeServer(adapter.voice, clock, report);
  const log = (line: string) => void (listensToLogs && logs.push(line));
  const page = createFakePage({ clock, server, random: seededRandom(seed), log, report, late });
  if (listensToLogs && adapter.switchOnLogs) page.run(adapter.switchOnLogs);
  const library = page.run(`${bundle};${globalName}`);
  const realm = page.run('({ Promise, Error })') as { Promise: PromiseConstructor; Error: ErrorConstructor };
  const provider = createTokenProvider(realm);
  const client: Client = adapter.create(library, {
    fetchToken: () => provider.fetchToken(),
    tokenNow: () => provider.tokenNow(),
    trouble: (what) => void troubles.push({ at: clock.elapsed, what }),
    ...(listensToLogs && { log: (...parts: unknown[]) => void logs.push(parts.map((part) => inspect(part, { depth: 8 })).join(' ')) }),
  });

  const call = (what: 'start' | 'stop') => {
    const told = (thrown: unknown) => void troubles.push({ at: clock.elapsed, what: `${what}: ${String(thrown)}` });
    try {
      (client[what]() as Partial<Promise<unknown>> | undefined)?.then?.(undefined, told);
    } catch (thrown) {
      told(thrown);
    }
  };
  const isConnected = () => server.openAccepted > 0 && client.isConnected();
  return { clock, server, provider, troubles, logs, errors, start: () => call('start'), stop: () => call('stop'), isConnected };
}
