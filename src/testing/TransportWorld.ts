import type { Transport } from '../transport/Transport.ts';

/** A token, or how to come by one. Long enough to be recognised where it must not be (at least 8 characters). */
export type TokenSource = string | (() => string | Promise<string>);

/**
 * A transport and the server behind it, for one test of `describeTransport`: made anew for each test, and closed after it.
 *
 * Everything that is optional is an ability: the rules that need one you leave out are reported as not checked.
 *
 * @example
 * async function makeWorld(): Promise<TransportWorld> {
 *   const server = await startMyServer();
 *   return {
 *     transport: myTransport({ url: server.url }),
 *     goodToken: () => server.issueToken('alice'),
 *     userId: 'alice',
 *     badToken: 'never-issued',
 *     loseLink: () => server.cutAllSockets(),
 *     connections: () => server.socketCount,
 *     close: () => server.stop(),
 *   };
 * }
 */
export interface TransportWorld {
  readonly transport: Transport;
  /** A token that the server takes. Asked for once for each link. */
  readonly goodToken: TokenSource;
  /** Whom the server lets in with it. */
  readonly userId: string;
  /** A token that the server refuses, because it is wrong or has expired. */
  readonly badToken?: TokenSource;
  /** Another token of the same user, for `renew`. @default goodToken */
  readonly otherGoodToken?: TokenSource;
  /** Cuts the open link, as a dying network or a restarting server does; does nothing when there is none. */
  loseLink?(): unknown;
  /** From now on the server says nothing more, on links that are open and on those to come, while connections seem to live. */
  silenceServer?(): unknown;
  /** From now on the server cannot be reached. */
  refuseConnections?(): unknown;
  /** How many links or sockets the server counts now, open or half open. */
  connections?(): number;
  /** Ends the world: stops the server and whatever else was started. Called once, after each test. */
  close(): unknown;
  /**
   * Does the SDK reconnect by itself? Then it may be silent about a server that is out of reach: it is still trying. @default false
   */
  readonly selfHealing?: boolean;
  /** ms that anything may take: a success, an error, a close. The brain gives a close 5_000. @default 5_000 */
  readonly timeLimit?: number;
  /** ms to watch for a report that must not come. Raise it when your server is slower than that. @default 50 */
  readonly quietTime?: number;
  /** Lets `ms` pass. For a world with a clock of its own: `wait: (ms) => clock.advance(ms)`. @default real time */
  wait?(ms: number): Promise<void>;
}

/** What a rule may need and not every world or link can do. */
export type Ability = 'badToken' | 'loseLink' | 'silenceServer' | 'refuseConnections' | 'connections' | 'verify' | 'renew';

/** Where an ability would be found: the server's in the world, the two optional functions on the link. */
export function lackOf(ability: Ability): string {
  return ability === 'verify' || ability === 'renew' ? `the link has no ${ability}` : `the world has no ${ability}`;
}
