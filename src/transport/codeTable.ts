import { failureKinds, type Failure, type FailureKind } from '../../machines/connection/failure.ts';

/**
 * What a vendor's codes mean to the brain: for each kind of failure the codes of that kind, each with the vendor's name for it.
 * One table a platform, never shared: the same number means different things on different platforms.
 */
export type CodeTable = { readonly [kind in FailureKind]?: { readonly [code: number]: string } };

/** Judges a vendor's code by its table. What is in no table, or no code at all, is `unknown`: the chart's generic error branch. */
export function codeToFailure(codes: CodeTable, code: unknown): Failure {
  if (typeof code !== 'number' || !Number.isFinite(code)) return { kind: 'unknown', message: 'the SDK gave no code' };
  const kind = failureKinds.find((each) => codes[each]?.[code] !== undefined) ?? 'unknown';
  return { kind, code, message: codes[kind]?.[code] ?? 'a code in no table' };
}
