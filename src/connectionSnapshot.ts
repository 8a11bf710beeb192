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
  const status = statusOf(machine.value.session);
  const next: ConnectionSnapshot = {
    status,
    database: machine.value.database,
    attempt,
    ...(userId !== undefined && { userId }),
    ...(failure !== undefined && { failure }),
    ...(status === 'waiting' && retryAt !== undefined && { retryAt }),
  };
  return previous !== undefined && isSame(previous, next) ? previous : next;
}

function statusOf(session: MachineSnapshot['value']['session']): ConnectionStatus {
  if (typeof session === 'string') {
    // the crossroads are left in the step in which they are entered: no snapshot ever shows them
    return session as ConnectionStatus;
  }
  if ('waiting' in session) return session.waiting === 'offline' ? 'offline' : 'waiting';
  const { link } = session;
  return typeof link === 'string' ? (link as ConnectionStatus) : 'connected';
}

function isSame(one: ConnectionSnapshot, other: ConnectionSnapshot): boolean {
  return (
    one.status === other.status &&
    one.database === other.database &&
    one.userId === other.userId &&
    one.failure === other.failure &&
    one.retryAt === other.retryAt &&
    one.attempt === other.attempt
  );
}
