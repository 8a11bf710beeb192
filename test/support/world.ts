import { createConnection, type ConnectionOptions, type TokenAnswer, type TokenRequest } from 'connection-machine';
import { controlledClock, fakeTransport, type FakeTransportOptions, manualSignals } from 'connection-machine/testing';

export type FakeProvider = (request: TokenRequest) => TokenAnswer | Promise<TokenAnswer>;

interface WorldOptions extends Partial<Omit<ConnectionOptions, 'transport' | 'fetchToken'>> {
  transport?: FakeTransportOptions;
  /** Plays the App Server. @default answers token-1, token-2, … */
  fetchToken?: FakeProvider;
}

/** A connection in a world without network, sleep or chance: everything it touches is in the test's hands. */
export function createWorld({ transport: transportOptions, fetchToken, ...options }: WorldOptions = {}) {
  const clock = controlledClock();
  const transport = fakeTransport(transportOptions);
  const signals = manualSignals();
  const requests: TokenRequest[] = [];
  const log: string[] = [];
  const problems: string[] = [];
  const note = (level: string) => (message: string, detail?: unknown) => {
    log.push(`${level} ${message} ${describe(detail)}`);
    if (level === 'error') problems.push(`${message} ${describe(detail)}`);
  };
  let count = 0;
  const connection = createConnection({
    transport,
    async fetchToken(request) {
      requests.push(request);
      return fetchToken ? fetchToken(request) : `token-${++count}`;
    },
    signals,
    clock,
    random: () => 0.5,
    logger: { debug: note('debug'), warn: note('warn'), error: note('error') },
    ...options,
  });
  const events: { name: string; event: unknown }[] = [];
  for (const name of ['connected', 'databaseOpened', 'prompt', 'tokenRenewed', 'kicked', 'failed', 'disconnected'] as const) {
    connection.on(name, (event: unknown) => void events.push({ name, event }));
  }
  return {
    connection,
    clock,
    transport,
    signals,
    requests,
    events,
    log,
    problems,
    get status() {
      return connection.getSnapshot().status;
    },
    /** The names of what was announced, in order. */
    get names() {
      return events.map(({ name }) => name);
    },
    /** Lets promises settle, without a moment passing. */
    settle: () => clock.advance(0),
    /** Connects and plays a server that says yes. */
    async connected(userId = 'alice') {
      connection.connect();
      await clock.advance(0);
      transport.last.report.success({ userId });
      await clock.advance(0);
    },
  };
}

export type World = ReturnType<typeof createWorld>;

function describe(detail: unknown): string {
  if (detail === undefined) return '';
  return detail instanceof Error ? `${detail.name}: ${detail.message}` : (JSON.stringify(detail) ?? String(detail));
}
