import { codeToFailure, type CodeTable } from '../../transport/codeTable.ts';
import type { SessionEvents } from './NativeSdk.ts';

/** What the numbers of a connection status mean: on every platform they are others. */
export interface StatusNumbers {
  readonly connected: number;
  readonly connecting: number;
  /** There is no session, and the SDK does not make one by itself. */
  readonly unconnected: number;
  /** Somebody has called `disconnect`. */
  readonly signedOut?: number;
  readonly failures: CodeTable;
}

/** After any of these the SDK goes on by itself; after any other it has stopped. */
const isHealing = ['network', 'unknown'];

/** Tells what a status means. A number that is in no table tells nothing. */
export function readStatus(numbers: StatusNumbers, status: unknown, events: SessionEvents): void {
  if (typeof status !== 'number') return;
  if (status === numbers.connected) return events.connected();
  if (status === numbers.connecting) return events.interrupted();
  if (status === numbers.unconnected) return events.gone({ kind: 'network', code: status, message: 'the SDK has no session' });
  // nobody told the brain: it must not bring back a user who has signed out
  if (status === numbers.signedOut)
    return events.gone({ kind: 'forbidden', code: status, message: 'disconnect() was called on the SDK itself' });
  const failure = codeToFailure(numbers.failures, status);
  if (failure.kind === 'unknown' && numbers.failures.unknown?.[status] === undefined) return;
  if (isHealing.includes(failure.kind)) events.interrupted(failure);
  else events.ended(failure);
}
