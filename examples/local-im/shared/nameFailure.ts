import type { Failure } from 'connection-machine';

/** The FAQ's word for a refused token, and the kind with its code for everything else. */
export function nameFailure({ kind, code }: Failure): string {
  const name = kind === 'tokenIncorrect' ? 'TOKEN_INCORRECT' : kind;
  return code === undefined ? name : `${name} ${code}`;
}
