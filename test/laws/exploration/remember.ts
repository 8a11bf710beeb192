import type { ConnectionEvent, SecretToken } from 'connection-machine/machine';
import { bitOf, type Bounds } from './Bounds.ts';
import { blank, type Configuration, type Memory } from './Configuration.ts';
import type { Edge } from './product.ts';

/** What an observer outside the chart knows after one more step. */
type Told = Omit<Edge, 'after'> & { readonly after: Omit<Configuration, 'memory'> };

/** Where a waiting person has an answer, or has withdrawn the question. */
export const settled: ReadonlySet<string> = new Set(['connected', 'prompting', 'kicked', 'failed', 'closing', 'idle']);

/** Where `connect()` is a fresh start: nothing is under way. */
const resting: ReadonlySet<string> = new Set(['idle', 'kicked', 'failed', 'closing']);

const tokenRefusals: ReadonlySet<string> = new Set(['tokenIncorrect', 'tokenExpired']);

export function remember(told: Told, bounds: Bounds): Memory {
  const { before, move, after, effects } = told;
  const { memory } = before;
  if (move.event === 'closed') return memory;
  const isConnected = after.chart.where === 'connected';
  if (move.event === 'tick') {
    return {
      ...memory,
      promise: memory.promise === undefined ? undefined : memory.promise - 1,
      connectedFor: isConnected ? Math.min(memory.connectedFor + 1, bounds.policy.stableAfter) : 0,
    };
  }
  if (move.event === 'reload') {
    const { stored, refusals, renewalsInAll, isForbidden } = memory;
    return { ...blank, stored, refusals, renewalsInAll, isForbidden };
  }

  const event = move.event as ConnectionEvent;
  const { token } = after.chart.snapshot.context;
  const isFresh =
    event.type === 'user.disconnect' || (event.type === 'user.connect' && resting.has(before.chart.where)) || wasStable(told, bounds);
  const refused = refusedBy(told, bounds);
  const wasRefused = refused !== undefined;

  let sent = memory.sent;
  if (effects.stopped.includes('link')) sent = 0;
  if (event.type === 'link.renewed') sent = bitOf(bounds, event.token);
  for (const { id, input } of effects.started) if (id === 'link') sent = bitOf(bounds, input?.token);
  if (effects.handed) sent |= bitOf(bounds, effects.handed);

  return {
    refused: memory.refused | (refused ?? 0),
    sent,
    stored: storedAfter(effects.store, token, memory, bounds),
    // one more than are allowed is enough to see the law broken
    refusals: isFresh ? 0 : Math.min(memory.refusals + (wasRefused ? 1 : 0), bounds.policy.maxTokenRenewals + 2),
    renewalsInAll:
      bounds.policy.maxTokenRenewalsPerHour === undefined
        ? 0
        : Math.min(
            memory.renewalsInAll + (wasRefused && after.chart.where !== 'failed' ? 1 : 0),
            bounds.policy.maxTokenRenewalsPerHour + 2,
          ),
    isForbidden: saysForbidden(event) || (memory.isForbidden && !isFresh),
    promise: promiseAfter(told, bounds),
    isOffline: after.chart.snapshot.children['platform'] !== undefined && isOfflineAfter(event, memory.isOffline),
    connectedFor: isConnected && !effects.stopped.includes('link') && before.chart.where === 'connected' ? memory.connectedFor : 0,
    isDatabaseOpen: isDatabaseOpenAfter(told, bounds),
  };
}

/** The tokens that the server has refused with this event. `undefined`: it has refused nothing. */
export function refusedBy({ before, move }: Pick<Edge, 'before' | 'move'>, bounds: Bounds): number | undefined {
  if (typeof move.event === 'string') return undefined;
  const event = move.event as ConnectionEvent;
  if (event.type === 'link.failed' && tokenRefusals.has(event.failure.kind)) return before.memory.sent;
  if (event.type === 'link.renewalFailed' && tokenRefusals.has(event.failure.kind)) return bitOf(bounds, event.token);
  // a token server that brings back a refused token has not renewed it: as good as refused once more
  const { output } = event as { output?: SecretToken };
  if (event.type.startsWith('xstate.done.actor.fetchToken') && output && bitOf(bounds, output) & before.memory.refused) return 0;
  return undefined;
}

/** Has the connection lasted, so that counters may begin anew? */
export const wasStable = ({ before, move }: Pick<Edge, 'before' | 'move'>, { policy }: Bounds): boolean =>
  typeof move.event === 'object' &&
  move.event.type.startsWith('xstate.after.stableAfter') &&
  before.memory.connectedFor >= policy.stableAfter;

function storedAfter(store: Edge['effects']['store'], token: SecretToken | undefined, memory: Memory, bounds: Bounds): number {
  if (store === 'forgotten') return 0;
  return store === 'stored' && token ? bounds.tokens.indexOf(token.reveal()) + 1 : memory.stored;
}

function saysForbidden(event: ConnectionEvent): boolean {
  if (event.type === 'link.failed' || event.type === 'link.renewalFailed') return event.failure.kind === 'forbidden';
  const { error } = event as { error?: { kind?: string } };
  return error?.kind === 'forbidden';
}

function promiseAfter({ before, move, after }: Told, bounds: Bounds): number | undefined {
  if (settled.has(after.chart.where)) return undefined;
  const event = move.event as ConnectionEvent;
  const asks = event.type === 'user.connect' ? event.userWaiting : event.type === 'user.retry' && before.chart.where === 'prompting';
  return before.memory.promise ?? (asks ? bounds.policy.timeLimit : undefined);
}

function isOfflineAfter(event: ConnectionEvent, before: boolean): boolean {
  if (event.type === 'network.offline') return true;
  return event.type === 'network.online' ? false : before;
}

function isDatabaseOpenAfter({ before, move, after, effects }: Told, { expectedUserId }: Bounds): boolean {
  const event = move.event as ConnectionEvent;
  let isOpen = before.memory.isDatabaseOpen;
  const { userId } = before.chart.snapshot.context;
  if (event.type === 'user.disconnect' || event.type === 'database.failed') isOpen = false;
  if (event.type === 'link.succeeded') {
    const isAnother = userId !== undefined && after.chart.snapshot.context.userId !== userId;
    const isWrong = expectedUserId !== undefined && event.userId !== expectedUserId;
    if (isAnother || isWrong) isOpen = false;
  }
  return isOpen || effects.announced.includes('databaseOpened');
}
