import { failure, failureKinds, type Failure, type FailureKind } from '../../machines/connection/failure.ts';
import { TestingError } from './TestingError.ts';

/** A misspelt kind would be taken for `unknown`, and the test would tell another story than the one that was meant. */
export function knownFailure(where: string, reason: Failure): Failure {
  const { kind } = Object(reason) as { kind?: unknown };
  if (failureKinds.includes(kind as FailureKind)) return failure(reason);
  throw new TestingError(
    `${where} wants a failure of a known kind, for example { kind: 'network' }; the kinds are ${failureKinds.join(', ')}`,
  );
}
