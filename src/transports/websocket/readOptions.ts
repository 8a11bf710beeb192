import { ConnectionOptionError } from '../../../machines/connection/ConnectionOptionError.ts';
import { systemClock, type Clock } from '../../platform/Clock.ts';
import type { HeartbeatOptions } from './heartbeat.ts';
import { jsonHandshake } from './jsonHandshake.ts';
import type { WebSocketHandshake } from './WebSocketHandshake.ts';
import type { WebSocketTransportOptions } from './WebSocketTransportOptions.ts';

/** The options, checked and complete. */
export interface Settings extends Omit<WebSocketTransportOptions, 'heartbeat' | 'handshake' | 'clock'> {
  readonly heartbeat: Required<HeartbeatOptions> | false;
  readonly handshake: WebSocketHandshake;
  readonly clock: Clock;
}

/** The longest timer there is; a longer one would fire at once. */
const maxDelay = 2 ** 31 - 1;

/** What each option may be when it is given. Whether the protocols are good ones, the WebSocket class says when a link is opened. */
const types = {
  protocols: 'string or object',
  WebSocket: 'function',
  heartbeat: 'object or false',
  handshake: 'object',
  onMessage: 'function',
  clock: 'object',
  logger: 'object',
};

/** @throws ConnectionOptionError that names the option and what was received, without quoting text: an address or a token may be in it. */
export function readOptions(options: WebSocketTransportOptions): Settings {
  check('options', 'object', options);
  const { url, heartbeat = {}, handshake = {}, clock = systemClock } = options;
  if (typeof url !== 'function') readUrl(url);
  for (const name of Object.keys(types) as (keyof typeof types)[]) {
    if (options[name] !== undefined) check(name, types[name], options[name]);
  }
  return {
    ...options,
    clock,
    heartbeat: heartbeat && {
      interval: readDelay('interval', heartbeat.interval, 10_000),
      timeLimit: readDelay('timeLimit', heartbeat.timeLimit, 8_000),
    },
    handshake: completeHandshake(handshake),
  };
}

/** @throws ConnectionOptionError that quotes no more of the address than its scheme. */
export function readUrl(url: unknown): string {
  const text = url && typeof url === 'object' ? (url as { href?: unknown }).href : url;
  // `user:secret@host` starts like a scheme too: only what stands before // is one.
  const scheme = typeof text === 'string' ? (/^[a-z\d+.-]+:(?=\/\/)/i.exec(text) || ['text without a scheme'])[0] : nameType(text);
  if (!/^wss?:$/i.test(scheme)) refuse('url', 'a ws:// or wss:// address, or a function that returns one', scheme);
  return text as string;
}

/** A part that is absent is the usual one. Parts keep their `this`, so an instance of a class will do. */
function completeHandshake(given: { readonly [name in keyof WebSocketHandshake]?: unknown }): WebSocketHandshake {
  const handshake: { -readonly [name in keyof WebSocketHandshake]: unknown } = { ...jsonHandshake };
  for (const name of Object.keys(handshake) as (keyof WebSocketHandshake)[]) {
    const part = given[name];
    if (part === undefined) continue;
    check(`handshake.${name}`, name === 'renew' || name === 'ping' ? 'function or false' : 'function', part);
    handshake[name] = part && (part as Function).bind(given);
  }
  return handshake as WebSocketHandshake;
}

function readDelay(name: string, ms: unknown, usual: number): number {
  if (ms === undefined) return usual;
  if (typeof ms !== 'number' || !(ms >= 1)) refuse(`heartbeat.${name}`, 'a number of ms from 1 up', nameType(ms));
  return Math.min(ms, maxDelay);
}

function check(option: string, expected: string, received: unknown): void {
  if (!expected.split(' or ').includes(nameType(received))) refuse(option, expected, nameType(received));
}

function refuse(option: string, expected: string, received: string): never {
  throw new ConnectionOptionError(`webSocketTransport: ${option}`, expected, received);
}

/** Numbers, null and false say more than their type; texts must not be quoted. */
function nameType(value: unknown): string {
  return !value || typeof value === 'number' ? `${value as number}` || 'no text' : typeof value;
}
