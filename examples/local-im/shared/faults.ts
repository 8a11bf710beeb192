import { isPerson, type Person } from './people.ts';

/** How the App Server answers a request for a token. */
export const appServerModes = ['normal', 'slow', 'unauthorized', 'forbidden', 'tooMany', 'broken', 'hang', 'garbage'] as const;
export type AppServerMode = (typeof appServerModes)[number];

/** How the IM server answers a client that wants to connect. */
export const imServerModes = ['normal', 'refuse', 'busy', 'hang', 'error'] as const;
export type ImServerMode = (typeof imServerModes)[number];

/** What is switched on right now. */
export interface FaultState {
  readonly appServer: AppServerMode;
  readonly imServer: ImServerMode;
  /** The code that the IM server's mode `error` answers with: one that stands in no table. */
  readonly errorCode: number;
  /** How long a token is good for. Only new tokens feel a change. */
  readonly tokenLifeSeconds: number;
  readonly blocked: readonly Person[];
}

export const noFaults: FaultState = { appServer: 'normal', imServer: 'normal', errorCode: 30042, tokenLifeSeconds: 3_600, blocked: [] };

/** One flick of a switch. The story calls it in the process, the page posts it as JSON: both go through `applyFault`. */
export type FaultCommand =
  | { readonly do: 'appServer'; readonly mode: AppServerMode }
  | { readonly do: 'imServer'; readonly mode: ImServerMode; readonly errorCode?: number }
  | { readonly do: 'tokenLife'; readonly seconds: number }
  | { readonly do: 'block'; readonly user: Person; readonly blocked: boolean }
  | { readonly do: 'refreshSecret' | 'dropLinks' | 'restartImServer' | 'reset' };

/** Reads a command that came from outside; `undefined` for anything that is not exactly one. */
export function parseFaultCommand(value: unknown): FaultCommand | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { do: what, mode, errorCode, seconds, user, blocked } = value as { readonly [field: string]: unknown };
  switch (what) {
    case 'appServer':
      return isOneOf(appServerModes, mode) ? { do: what, mode } : undefined;
    case 'imServer':
      if (!isOneOf(imServerModes, mode)) return undefined;
      if (errorCode === undefined) return { do: what, mode };
      return isWhole(errorCode, 1, 99_999) ? { do: what, mode, errorCode } : undefined;
    case 'tokenLife':
      return isWhole(seconds, 5, 86_400) ? { do: what, seconds } : undefined;
    case 'block':
      return isPerson(user) && typeof blocked === 'boolean' ? { do: what, user, blocked } : undefined;
    case 'refreshSecret':
    case 'dropLinks':
    case 'restartImServer':
    case 'reset':
      return { do: what };
    default:
      return undefined;
  }
}

function isOneOf<Option extends string>(options: readonly Option[], value: unknown): value is Option {
  return (options as readonly unknown[]).includes(value);
}

function isWhole(value: unknown, from: number, to: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= from && value <= to;
}
