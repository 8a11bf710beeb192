import { mustBe } from '../machines/connection/ConnectionOptionError.ts';
import { mustBeToken } from '../machines/connection/SecretToken.ts';
import type { ConnectionPolicy } from '../machines/connection/policy.ts';
import type { PersistedConnection } from '../machines/connection/restore.ts';
import type { ConnectionReport } from './inspect/record/ConnectionReport.ts';
import type { ConnectionLogger } from './logger.ts';
import type { Clock } from './platform/Clock.ts';
import type { PlatformSignals } from './platform/PlatformSignals.ts';
import type { FetchToken } from './token/fetchTokenActor.ts';
import type { TokenStore } from './token/tokenKeeper.ts';
import type { OpenLink, Transport } from './transport/Transport.ts';

/** As XState's: bivariant on purpose, so that inspectors typed by XState's own events fit. */
type Inspector = { bivariance(event: { readonly type: string }): void }['bivariance'];

export interface ConnectionOptions<Link extends OpenLink = OpenLink> {
  /** How to open a link: `webSocketTransport({ url })`, an SDK's adapter, or your own object with `open`. */
  readonly transport: Transport<Link>;
  /** Where tokens come from: your App Server. */
  readonly fetchToken: FetchToken;
  /** A token kept from last time: used first, without a fetch. When it is refused, `fetchToken` is asked. */
  readonly token?: string;
  /** Keeps the token between visits. Loaded before the first fetch, saved after each, cleared when refused and on logout. */
  readonly tokenStore?: TokenStore;
  /** What `persist()` gave before the reload. Of another version, it is ignored with a warning. */
  readonly restore?: PersistedConnection | null;
  /** Whom this connection is for; anybody else's success is the failure `wrongUser`. @default anybody */
  readonly expectedUserId?: string;
  /** Single numbers over the transport's and the library's defaults. */
  readonly policy?: Partial<ConnectionPolicy>;
  /** What the platform knows of network, foreground and sleep. @default detected from the globals; `false` listens to nothing */
  readonly signals?: PlatformSignals | false;
  /** For tests. @default the platform's */
  readonly clock?: Clock;
  /** For tests: [0, 1). @default Math.random */
  readonly random?: () => number;
  /** Receives XState's inspection events. Tokens show as `[secret]`. @default off, and free */
  readonly inspect?: Inspector | { next?: Inspector };
  /** Keeps the last steps for `connection.report()`: `createRecorder()` of `connection-machine/inspect`. @default nothing is kept */
  readonly recorder?: (actor: object) => () => ConnectionReport;
  /** Where surprises go. @default warnings and errors to the console */
  readonly logger?: ConnectionLogger;
}

/** What must be there to be called. */
const functions = {
  transport: ['open'],
  tokenStore: ['load', 'save', 'clear'],
  signals: ['subscribe'],
  clock: ['now', 'setTimeout', 'clearTimeout'],
};

/** @throws ConnectionOptionError that names the option, what was received and what is wanted. */
export function checkOptions(options: ConnectionOptions): void {
  mustBe(isObject(options), 'options', 'an object', options);
  for (const [name, wanted] of Object.entries(functions)) {
    const value: unknown = options[name as keyof typeof functions];
    const mayBeAbsent = value === undefined ? name !== 'transport' : value === false && name === 'signals';
    if (!mayBeAbsent) {
      const isFine = isObject(value) && wanted.every((member) => typeof value[member] === 'function');
      mustBe(isFine, name, `an object with the functions ${wanted.join(', ')}`, value);
    }
  }
  for (const name of ['fetchToken', 'random', 'recorder'] as const) {
    const value: unknown = options[name];
    mustBe(typeof value === 'function' || (value === undefined && name !== 'fetchToken'), name, 'a function', value);
  }
  const { token, expectedUserId, restore, logger, inspect } = options;
  if (token !== undefined) mustBeToken('token', token);
  const isUserId = typeof expectedUserId === 'string' && expectedUserId !== '';
  mustBe(expectedUserId === undefined || isUserId, 'expectedUserId', 'a string that is not empty', expectedUserId);
  // what was stored as text must be parsed first
  mustBe(restore === undefined || restore === null || isObject(restore), 'restore', 'an object that persist() returned', restore);
  mustBe(logger === undefined || isObject(logger), 'logger', 'an object', logger);
  const isInspector = typeof inspect === 'function' || (isObject(inspect) && typeof inspect['next'] === 'function');
  mustBe(inspect === undefined || isInspector, 'inspect', 'a function, or an object with next', inspect);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
