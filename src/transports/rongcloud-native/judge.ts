import { failureKinds, toFailure, type Failure } from '../../../machines/connection/failure.ts';
import { codeToFailure, type CodeTable } from '../../transport/codeTable.ts';

/**
 * Makes a `Failure` of whatever an SDK or a plugin calls an error: a number, its digits, a name of the table (`'RC_CONN_TOKEN_INCORRECT'`),
 * an object or an Error with such a `code` or `errorCode`. A `Failure` is taken as it is. Never throws.
 */
export function judge(codes: CodeTable, problem: unknown): Failure {
  if (failureKinds.includes(readField(problem, 'kind') as Failure['kind'])) return toFailure(problem);
  const code = readCode(problem);
  const number = typeof code === 'string' ? codeOf(codes, code) : code;
  const judged: Failure =
    typeof code === 'string' && number === undefined
      ? { kind: 'unknown', code, message: 'a name in no table' }
      : codeToFailure(codes, number);
  return typeof problem === 'object' && problem !== null ? { ...judged, cause: problem } : judged;
}

/** The code in a code, in `{ code }` or in `{ errorCode }`: a number, or a name. Never throws. */
export function readCode(answer: unknown): number | string | undefined {
  const code = typeof answer === 'object' ? (readField(answer, 'code') ?? readField(answer, 'errorCode')) : answer;
  if (typeof code === 'string' && /^-?\d+$/.test(code)) return Number(code);
  return typeof code === 'number' || (typeof code === 'string' && code !== '') ? code : undefined;
}

/** A field of something that may be nothing, or may not want to be read. */
export function readField(thing: unknown, name: string): unknown {
  try {
    return (Object(thing) as Record<string, unknown>)[name];
  } catch {
    return undefined;
  }
}

/** Plugins pass names where the SDK has numbers, some without the vendor's prefix. */
function codeOf(codes: CodeTable, name: string): number | undefined {
  for (const kind of failureKinds) {
    const found = Object.entries(codes[kind] ?? {}).find((entry) => bare(entry[1]) === bare(name));
    if (found) return Number(found[0]);
  }
  return undefined;
}

function bare(name: string): string {
  return name.replace(/^RC_(CONN_)?/, '');
}
