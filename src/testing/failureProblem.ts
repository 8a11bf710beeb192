import { failureKinds, type FailureKind } from '../../machines/connection/failure.ts';
import { describeValue } from './describeValue.ts';

/** Why this is no `Failure`: plain data with a known kind. `undefined` when it is one. */
export function failureProblem(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return `${describeValue(value)} is no object`;
  const { kind, code, message, retryAfter } = value as { [field: string]: unknown };
  if (kind === undefined) return `${describeValue(value)} has no kind`;
  if (!failureKinds.includes(kind as FailureKind)) return `${describeValue(value)} has a kind that is not in failureKinds`;
  if (value instanceof Error) return `${describeValue(value)} is an Error: its message is lost in JSON`;
  if (code !== undefined && typeof code !== 'number' && typeof code !== 'string') return `its code is ${typeof code}`;
  if (message !== undefined && typeof message !== 'string') return `its message is ${typeof message}`;
  if (retryAfter !== undefined && !(typeof retryAfter === 'number' && retryAfter >= 0 && retryAfter < Infinity)) {
    return 'its retryAfter is no finite number of ms, 0 or more';
  }
  return undefined;
}
