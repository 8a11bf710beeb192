import { ConnectionOptionError } from '../machines/connection/ConnectionOptionError.ts';
import { whatIsWrongWithToken } from '../machines/connection/SecretToken.ts';
import type { ConnectionPolicy } from '../machines/connection/policy.ts';
import type { PersistedConnection } from '../machines/connection/restore.ts';
import type { ConnectionLogger } from './logger.ts';
import type { Clock } from './platform/Clock.ts';
import type { PlatformSignals } from './platform/PlatformSignals.ts';
import type { FetchToken } from './token/fetchTokenActor.ts';
import type { TokenStore } from './token/tokenKeeper.ts';
import type { OpenLink, Transport } from './transport/Transport.ts';

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
  readonly inspect?: (event: { readonly type: string }) => void;
  /** Where surprises go. @default warnings and errors to the console */
  readonly logger?: ConnectionLogger;
}

/** @throws ConnectionOptionError that names the option, what was received and what is wanted. */
export function checkOptions(options: ConnectionOptions): void {
  mustBe(isObject(options), 'options', 'an object with transport and fetchToken', options);
  const { transport, fetchToken, token, tokenStore, restore, expectedUserId, signals, clock, random, inspect, logger } = options;

  mustBe(isObject(transport) && isFunction(transport.open), 'transport', 'an object with a function open(request, report)', transport);
  mustBe(isFunction(fetchToken), 'fetchToken', 'a function that returns a promise of a token', fetchToken);
  if (token !== undefined) checkToken('token', token);
  if (tokenStore !== undefined) mustHave(tokenStore, 'tokenStore', ['load', 'save', 'clear']);
  if (restore !== undefined && restore !== null) {
    mustBe(isObject(restore), 'restore', 'what persist() returned (parse it first, if it was stored as text)', restore);
  }
  if (expectedUserId !== undefined) {
    mustBe(typeof expectedUserId === 'string' && expectedUserId !== '', 'expectedUserId', 'a non-empty string', expectedUserId);
  }
  if (signals !== undefined && signals !== false) mustHave(signals, 'signals', ['subscribe']);
  if (clock !== undefined) mustHave(clock, 'clock', ['now', 'setTimeout', 'clearTimeout']);
  if (random !== undefined) mustBe(isFunction(random), 'random', 'a function that returns a number in [0, 1)', random);
  if (inspect !== undefined) mustBe(isFunction(inspect), 'inspect', 'a function', inspect);
  if (logger !== undefined) mustBe(isObject(logger), 'logger', 'an object with any of debug, warn and error', logger);
}

/** @throws ConnectionOptionError when `value` is not a usable token. */
export function checkToken(option: string, value: unknown): void {
  mustBe(whatIsWrongWithToken(value) === undefined, option, 'a non-empty string of at most 131072 characters', value);
}

export function mustBe(isFine: boolean, option: string, wanted: string, received: unknown): void {
  if (!isFine) throw new ConnectionOptionError(option, wanted, received);
}

function mustHave(value: unknown, option: string, functions: readonly string[]): void {
  mustBe(isObject(value), option, `an object with ${functions.join(', ')}`, value);
  for (const name of functions) {
    const member = (value as Record<string, unknown>)[name];
    mustBe(isFunction(member), `${option}.${name}`, 'a function', member);
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function isFunction(value: unknown): boolean {
  return typeof value === 'function';
}
