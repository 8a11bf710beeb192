import { defined } from '../machines/connection/defined.ts';
import type { SnapshotFrom } from 'xstate';
import type { connectionMachine } from '../machines/connection/connectionMachine.ts';
import type { Failure } from '../machines/connection/failure.ts';

/** Where the connection is, in one word for the UI. */
export type ConnectionStatus =
  | 'idle'
  | 'fetchingToken'
  | 'connecting'
  | 'connected'
  | 'recovering'
  | 'waiting'
  | 'offline'
  | 'prompting'
  | 'kicked'
  | 'failed'
  | 'closing';

/** All that a UI needs. The same object until something changes. Plain data, without a token. */
export interface ConnectionSnapshot {
  readonly status: ConnectionStatus;
  /** The local message database: `opened` lets the user in to yesterday's messages. */
  readonly database: 'closed' | 'opened' | 'failed';
  /** Who is, or was last, let in during this login. */
  readonly userId?: string;
  /** Why it is as it is; absent when all is well. */
  readonly failure?: Failure;
  /** When the next attempt begins, epoch ms; only while `waiting`. The timer itself, not an estimate. */
  readonly retryAt?: number;
  /** Failed attempts in a row; 0 again after a stable connection. */
  readonly attempt: number;
}

export type MachineSnapshot = SnapshotFrom<typeof connectionMachine>;

/** The public view of the chart's state. Returns `previous` itself when nothing in it has changed. */
export function toConnectionSnapshot(machine: MachineSnapshot, previous?: ConnectionSnapshot): ConnectionSnapshot {
  const { userId, failure, retryAt, attempt } = machine.context;
  const { session, database } = machine.value;
  const status = statusOf(session);
  const next = defined({
    status,
    database,
    userId,
    failure,
    retryAt: status === 'waiting' ? retryAt : undefined,
    attempt,
  });
  const names = ['status', 'database', 'userId', 'failure', 'retryAt', 'attempt'] as const;
  return previous && names.every((name) => previous[name] === next[name]) ? previous : next;
}

/** Where the session is, without the substates that are nobody's business. The crossroads never show: they are left in the step that enters them. */
function statusOf(session: MachineSnapshot['value']['session']): ConnectionStatus {
  if (typeof session === 'string') return session as ConnectionStatus;
  if ('waiting' in session) return session.waiting === 'offline' ? 'offline' : 'waiting';
  return typeof session.link === 'string' ? session.link : 'connected';
}
