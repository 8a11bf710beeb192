/** A bad option or argument. Says which one, what is wanted and what was received (never its text: it could be a token). */
export class ConnectionOptionError extends TypeError {
  /** The option, as a path: `policy.timeLimit`. */
  readonly option: string;

  constructor(option: string, wanted: string, received: unknown) {
    super(`${option} must be ${wanted}, received ${typeof received === 'string' ? 'a string' : describe(received)}`);
    this.name = 'ConnectionOptionError';
    this.option = option;
  }
}

/** @throws ConnectionOptionError unless `isFine`. */
export function mustBe(isFine: boolean, option: string, wanted: string, received: unknown): void {
  if (!isFine) throw new ConnectionOptionError(option, wanted, received);
}

function describe(value: unknown): string {
  return value === null || /number|undefined|boolean/.test(typeof value) ? String(value) : typeof value;
}
