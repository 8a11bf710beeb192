import type { ConnectionContext } from './context.ts';
import type { Failure, FailureKind } from './failure.ts';

/** Why the chart is where it is. The kind is a last resort: every arrow into a verdict remembers its failure. */
export function failureOf({ failure }: ConnectionContext, kind: FailureKind): Failure {
  return failure ?? { kind };
}
