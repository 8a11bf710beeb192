import { and, emit, raise, sendTo, setup, spawnChild, stopChild } from 'xstate';
import { actions } from './actions.ts';
import { delays } from './delays.ts';
import { guards } from './guards.ts';
import { services } from './services.ts';
import type { ConnectionContext, ConnectionInput } from './context.ts';
import type { ConnectionEmitted, ConnectionEvent } from './events.ts';

/** The chart's vocabulary, typed: what may happen, what it remembers, asks, does, waits for and calls. */
export const connectionSetup = setup({
  types: {
    context: {} as ConnectionContext,
    events: {} as ConnectionEvent,
    input: {} as ConnectionInput | undefined,
    emitted: {} as ConnectionEmitted,
  },
  actors: services,
  guards,
  delays,
  actions: {
    ...actions,
    // Provided from outside when tokens are stored between visits
    /** Stores `context.token`. */
    storeToken: () => undefined,
    forgetStoredToken: () => undefined,
  },
});

export { and, emit, raise, sendTo, spawnChild, stopChild };
