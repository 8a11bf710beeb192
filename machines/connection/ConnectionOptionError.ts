/** A bad option or argument. Says which one, what was received (never its text: it could be a token) and what to do. */
export class ConnectionOptionError extends TypeError {
  override readonly name = 'ConnectionOptionError';
  /** The option, as a path: `policy.timeLimit`. */
  readonly option: string;

  constructor(option: string, wanted: string, received: unknown) {
    super(`connection-machine: ${option} must be ${wanted}, received ${nameOf(received)}`);
    this.option = option;
  }
}

/** Numbers and booleans as they are; everything else by its type alone. */
function nameOf(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'boolean' || value === null || value === undefined) return String(value);
  if (value === '') return 'an empty string';
  return Array.isArray(value) ? 'an array' : typeof value;
}
