import { defined } from '../machines/connection/defined.ts';
import { longestDelay } from '../machines/connection/policy.ts';
import { toFailure } from '../machines/connection/failure.ts';
import { toConnectionSnapshot, type MachineSnapshot } from './connectionSnapshot.ts';
import type { PersistedConnection } from '../machines/connection/restore.ts';
import type { SafeLogger } from './logger.ts';

/** What is worth keeping over a reload. No token, no claim to be connected, no cause (it may be anything). */
export function persistConnection(machine: MachineSnapshot): PersistedConnection {
  const { status, retryAt, failure, attempt } = toConnectionSnapshot(machine);
  const { renewals, renewedAt, notBefore, now } = machine.context;
  return defined({
    version: 1,
    savedAt: now(),
    status: asPersistedStatus(status),
    attempt,
    renewals,
    renewedAt: [...renewedAt],
    retryAt,
    notBefore: notBefore > now() ? notBefore : undefined,
    failure: failure && withoutCause(failure),
  }) as PersistedConnection;
}

/** Reads what was stored, perhaps by another version or by another hand: what makes no sense is left out, and said. */
export function readPersisted(stored: unknown, now: number, logger: SafeLogger): PersistedConnection | undefined {
  const { version, savedAt, status, attempt, renewals, renewedAt, retryAt, notBefore, failure } = Object(stored) as Record<string, unknown>;
  if (version !== 1) {
    if (stored) logger.warn(`restore: version ${String(version)} is not known here; starting afresh`);
    return undefined;
  }
  // a wait is believed only as far as it was planned: after a clock was set back it would otherwise never end
  const later = (moment: unknown) => now + (now >= count(savedAt) ? Math.min(Math.max(0, count(moment) - now), longestDelay) : 0);
  return defined({
    version,
    savedAt: count(savedAt),
    status: asPersistedStatus(status),
    attempt: count(attempt),
    renewals: count(renewals),
    renewedAt: Array.isArray(renewedAt) ? renewedAt.map(count) : [],
    retryAt: status === 'waiting' ? later(retryAt) : undefined,
    notBefore: notBefore === undefined ? undefined : later(notBefore),
    failure: failure ? withoutCause(toFailure(failure)) : undefined,
  }) as PersistedConnection;
}

function asPersistedStatus(status: unknown): PersistedConnection['status'] {
  return status === 'waiting' || status === 'kicked' || status === 'failed' ? status : 'idle';
}

function withoutCause({ cause: _, ...rest }: PersistedConnection['failure'] & {}) {
  return rest;
}

/** A finite number that is not negative, or 0. */
function count(value: unknown): number {
  return typeof value === 'number' && value >= 0 && value < Infinity ? value : 0;
}
