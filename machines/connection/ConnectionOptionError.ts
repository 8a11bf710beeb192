/** A bad option or argument. Says which one, what is wanted and what was received (never its text: it could be a token). */
export class ConnectionOptionError extends TypeError {
  /** The option, as a path: `policy.timeLimit`. */
  readonly option: string;

  /** @param received a description, not the value itself */
  constructor(option: string, wanted: string, received: string) {
    super(`${option} must be ${wanted}, received ${received}`);
    this.name = 'ConnectionOptionError';
    this.option = option;
  }
}

/** @throws ConnectionOptionError unless `isFine`. */
export function mustBe(isFine: boolean, option: string, wanted: string, received: unknown): void {
  if (!isFine) throw new ConnectionOptionError(option, wanted, describe(received));
}

/** Numbers, booleans, null and undefined as they are, everything else by its type. */
function describe(value: unknown): string {
  if (typeof value === 'string') return 'a string';
  return value === null || /number|undefined|boolean/.test(typeof value) ? String(value) : typeof value;
}
