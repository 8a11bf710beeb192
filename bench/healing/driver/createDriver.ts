import { createConnection, type Connection, type Transport } from 'connection-machine';
import type { BareSdk, BrainOptions, Driver } from './Driver.ts';

declare const issueToken: (reason: string) => Promise<string>;

/** Runs in the page, or in the scope that plays one. */
export function createDriver(sdk: BareSdk, transport: (options: Pick<BrainOptions, 'sdkReconnect'>) => Transport): Driver {
  const said: string[] = [];
  const unsettled: string[] = [];
  const statuses: ReturnType<Connection['getSnapshot']>['status'][] = [];
  const events: string[] = [];
  const requests: string[] = [];
  let connection: Connection | undefined;
  let calls = 0;

  function call(name: string, run: () => Promise<unknown>): void {
    const id = `${name} #${++calls}`;
    unsettled.push(id);
    const settle = (outcome: unknown) => {
      unsettled.splice(unsettled.indexOf(id), 1);
      said.push(`${name} → ${String(outcome)}`);
    };
    Promise.resolve()
      .then(run)
      .then(settle, (problem: unknown) => settle(`throws ${problem instanceof Error ? problem.name : JSON.stringify(problem)}`));
  }

  const brain = () => {
    if (!connection) throw new Error('useBrain() first');
    return connection;
  };

  return {
    start(place) {
      sdk.init(place);
      sdk.listen((what) => void said.push(what));
    },
    observe: () => ({
      said: [...said],
      unsettled: [...unsettled],
      status: sdk.status(),
      snapshot: connection && JSON.parse(JSON.stringify(connection.getSnapshot())),
      statuses: [...statuses],
      events: [...events],
      requests: [...requests],
    }),
    bareConnect: (token) => call('connect', () => sdk.connect(token)),
    bareDisconnect: () => call('disconnect', () => sdk.disconnect()),
    useBrain({ sdkReconnect, policy, expectedUserId }) {
      connection = createConnection({
        transport: transport(sdkReconnect ? { sdkReconnect } : {}),
        fetchToken: ({ reason }) => {
          requests.push(reason);
          return issueToken(reason);
        },
        signals: false,
        // nobody is asked, unless the scene is about that: a busy machine would make the person impatient
        policy: { timeLimit: 120_000, ...policy },
        ...(expectedUserId !== undefined && { expectedUserId }),
      });
      connection.on('change', ({ previous, current }) => void (previous.status !== current.status && statuses.push(current.status)));
      for (const name of ['connected', 'prompt', 'tokenRenewed', 'kicked', 'failed', 'disconnected'] as const) {
        connection.on(name, () => void events.push(name));
      }
    },
    connect: () => brain().connect(),
    retry: () => brain().retry(),
    setToken: (token) => brain().setToken(token),
    disconnect: (how) => call('connection.disconnect', () => brain().disconnect(how)),
  };
}
