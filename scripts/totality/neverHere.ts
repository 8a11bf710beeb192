/** States that are no crossroads by their looks, but are left in the step in which they are entered all the same. */
export const passing: Readonly<Record<string, string>> = {
  'renewal.replacing': 'what it raises is answered before anything else, and makes the session leave connected',
};

/** Ways that a state inherits and cannot take. */
export interface NeverHere {
  readonly in: readonly string[];
  /** The state that has the way, its event and its guard. */
  readonly of: string;
  readonly event: string;
  readonly if: string;
  readonly because: string;
}

const linkStates = (...states: string[]) => states.map((state) => `session.link.${state}`);

export const neverHere: readonly NeverHere[] = [
  {
    in: linkStates('connecting', 'recovering'),
    of: 'session.link',
    event: 'link.renewalFailed',
    if: 'isConnected',
    because: 'it is not connected.',
  },
  {
    in: linkStates('connected.fresh', 'connected.stable', 'connected.verifying'),
    of: 'session.link',
    event: 'link.renewalFailed',
    if: '',
    because: 'it is connected, so the way before is taken.',
  },
  {
    in: ['database.closed', 'database.failed'],
    of: 'database',
    event: 'link.succeeded',
    if: 'isAnotherUserWithDatabase',
    because: 'a link that has opened a database has brought this region to opened.',
  },
];
