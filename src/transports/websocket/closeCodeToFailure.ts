import type { Failure, FailureKind } from '../../../machines/connection/failure.ts';
import { closeCodes } from './closeCodes.ts';

const groups: { readonly [kind in FailureKind]?: { readonly [code: number]: string } } = closeCodes;

/**
 * Judges the end of a socket by its close code, for any transport that speaks over a WebSocket. `reason` is the text of the close
 * frame; it ends up in the message. A code that is not in `closeCodes` is `unknown`.
 */
export function closeCodeToFailure(code: number, reason?: string): Failure {
  const kind = (Object.keys(groups) as FailureKind[]).find((each) => groups[each]![+code]) || 'unknown';
  const name = groups[kind]![+code] || 'in no table';
  return { kind, code, message: `closed with ${code}, ${name}${typeof reason === 'string' && reason ? `: ${reason}` : ''}` };
}
