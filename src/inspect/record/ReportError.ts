/** A file that is no report of a connection, or one of another version. Says what is wrong with it, and where. */
export class ReportError extends TypeError {
  constructor(message: string) {
    super(message);
    this.name = 'ReportError';
  }
}
