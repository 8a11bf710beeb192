import type { ServerLog } from './serverLog.ts';

/** How things stand at one moment, counted at both ends and in between. */
export interface Standing {
  readonly status: string;
  readonly userId: string | undefined;
  /** At the IM server: whose links are up, and how many sockets are open. */
  readonly users: readonly string[];
  readonly serverSockets: number;
  /** At the client: sockets that are not closed, whichever their state. */
  readonly clientSockets: number;
  /** In between: what the proxies hold open, on both of their sides. */
  readonly networkSockets: number;
  /** Messages without their acknowledgement. */
  readonly pending: number;
  /** Timers of the client that are under way. */
  readonly timers: number;
  /** Listeners on closed sockets and on the platform. */
  readonly forgottenListeners: number;
  readonly platformListeners: number;
  readonly tokenRequests: number;
}

/** What is wrong in a world that is good again and wants to be connected as `user`. */
export function whatKeepsFromBeingConnected(standing: Standing, user: string): string[] {
  return differences(standing, {
    status: 'connected',
    userId: user,
    users: [user],
    serverSockets: 1,
    clientSockets: 1,
    networkSockets: 2,
    pending: 0,
    tokenRequests: 0,
    platformListeners: 1,
    forgottenListeners: 0,
  });
}

/** What is wrong the moment after `disconnect()` has resolved: law 2, as far as the client alone is concerned. */
export function whatStillRuns(standing: Standing): string[] {
  return differences(standing, { status: 'idle', clientSockets: 0, timers: 0, platformListeners: 0, forgottenListeners: 0 });
}

/** What is left elsewhere. The last FIN is still on its way when `disconnect()` resolves, so this is asked until it is nothing. */
export function whatIsLeftElsewhere(standing: Standing): string[] {
  return differences(standing, { users: [], serverSockets: 0, networkSockets: 0, tokenRequests: 0 });
}

/** What was promised to the sender and not kept, or kept twice. */
export function whatTheLogBreaks(acknowledged: Iterable<string>, log: ServerLog): string[] {
  return [
    ...[...acknowledged].filter((text) => !log.has(text)).map((text) => `acknowledged, but not in the server's log: ${text}`),
    ...log.repeated.map((text) => `twice in the log of one life of the server: ${text}`),
  ];
}

/** Resources of the process that are more now than they were, by type. */
export function whatTheProcessHoldsMore(before: readonly string[], now: readonly string[]): string[] {
  const left = [...before];
  return now.filter((type) => {
    const index = left.indexOf(type);
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
}

function differences(standing: Standing, wanted: Partial<Standing>): string[] {
  return (Object.keys(wanted) as (keyof Standing)[])
    .filter((name) => JSON.stringify(standing[name]) !== JSON.stringify(wanted[name]))
    .map((name) => `${name} is ${JSON.stringify(standing[name])}, not ${JSON.stringify(wanted[name])}`);
}
