import type { ConnectionSnapshot } from 'connection-machine';
import { nameFailure } from './nameFailure.ts';

/** What became different between two snapshots, in one line. */
export function describeChange(previous: ConnectionSnapshot, current: ConnectionSnapshot, now = Date.now()): string {
  const { failure, retryAt } = current;
  return [
    ...(previous.status === current.status ? [] : [`${previous.status} → ${current.status}`]),
    ...(previous.database === current.database ? [] : [`database ${previous.database} → ${current.database}`]),
    ...(current.attempt > previous.attempt ? [`failed attempts: ${current.attempt}`] : []),
    ...(failure && failure !== previous.failure ? [nameFailure(failure)] : []),
    ...(retryAt === undefined || retryAt === previous.retryAt ? [] : [`next try in ${Math.max(0, Math.round(retryAt - now))} ms`]),
  ].join(', ');
}
