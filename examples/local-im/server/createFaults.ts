import { noFaults, type FaultCommand, type FaultState } from '../shared/faults.ts';

/** The switches as the two servers see them: they read `state` at each request, and hear of changes. */
export interface Faults {
  readonly state: FaultState;
  set(change: Partial<FaultState>): void;
  onChange(listener: (state: FaultState) => void): () => void;
}

export function createFaults(): Faults {
  let state = noFaults;
  const listeners = new Set<(state: FaultState) => void>();
  return {
    get state() {
      return state;
    },
    set(change) {
      state = { ...state, ...change };
      for (const listener of [...listeners]) listener(state);
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** What a command does to the switches; commands that are deeds rather than positions change none. */
export function positionsAfter(state: FaultState, command: FaultCommand): Partial<FaultState> {
  switch (command.do) {
    case 'appServer':
      return { appServer: command.mode };
    case 'imServer':
      return { imServer: command.mode, ...(command.errorCode !== undefined && { errorCode: command.errorCode }) };
    case 'tokenLife':
      return { tokenLifeSeconds: command.seconds };
    case 'block': {
      const others = state.blocked.filter((user) => user !== command.user);
      return { blocked: command.blocked ? [...others, command.user] : others };
    }
    case 'reset':
      return noFaults;
    case 'refreshSecret':
    case 'dropLinks':
    case 'restartImServer':
      return {};
  }
}

export function describeFault(command: FaultCommand): string {
  switch (command.do) {
    case 'appServer':
      return `switched to ${command.mode}`;
    case 'imServer':
      return `switched to ${command.mode}`;
    case 'tokenLife':
      return `new tokens live ${command.seconds} s`;
    case 'block':
      return `${command.user} is ${command.blocked ? 'blocked' : 'no longer blocked'}`;
    case 'refreshSecret':
      return 'the Secret was refreshed: every token signed before is void';
    case 'dropLinks':
      return 'drops every link';
    case 'restartImServer':
      return 'announces a restart';
    case 'reset':
      return 'all faults are off';
  }
}
