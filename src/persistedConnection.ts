import { toFailure } from '../machines/connection/failure.ts';
import { toConnectionSnapshot, type MachineSnapshot } from './connectionSnapshot.ts';
import type { PersistedConnection } from '../machines/connection/restore.ts';
import type { SafeLogger } from './logger.ts';

/** What is worth keeping over a reload. No token, no claim to be connected, no cause (it may be anything). */
export function persistConnection(machine: MachineSnapshot): PersistedConnection {
  const { status, retryAt, failure, attempt } = toConnectionSnapshot(machine);
  const { renewals, renewedAt, now } = machine.context;
  const { cause: _, ...why } = failure ?? { kind: 'unknown' };
  return {
    version: 1,
    savedAt: now(),
    status: status === 'waiting' || status === 'kicked' || status === 'failed' ? status : 'idle',
    attempt,
    renewals,
    renewedAt: [...renewedAt],
    ...(retryAt !== undefined && { retryAt }),
    ...(failure !== undefined && { failure: why }),
  };
}

/** Reads what was stored, perhaps by another version or by another hand: what makes no sense is left out, and said. */
export function readPersisted(stored: unknown, now: number, logger: SafeLogger): PersistedConnection | undefined {
  if (typeof stored !== 'object' || stored === null) return undefined;
  const { version, savedAt, status, attempt, renewals, renewedAt, retryAt, failure } = stored as Record<string, unknown>;
  if (version !== 1) {
    logger.warn(`restore is of version ${String(version)}, this library reads version 1; starting afresh`);
    return undefined;
  }
  const time = isCount(savedAt) ? savedAt : now;
  // a wait is believed only as far as it was planned: after a clock was set back it would otherwise never end
  const left = isCount(retryAt) && now >= time ? retryAt - now : 0;
  return {
    version: 1,
    savedAt: time,
    status: status === 'waiting' || status === 'kicked' || status === 'failed' ? status : 'idle',
    attempt: isCount(attempt) ? attempt : 0,
    renewals: isCount(renewals) ? renewals : 0,
    renewedAt: Array.isArray(renewedAt) ? renewedAt.filter(isCount) : [],
    ...(status === 'waiting' && { retryAt: now + Math.max(0, left) }),
    ...(failure !== undefined && failure !== null && { failure: toFailure(failure) }),
  };
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value < Infinity;
}
