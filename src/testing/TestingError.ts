/** A test has asked one of the fakes for something that cannot be. Says what, and what to do instead. */
export class TestingError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'TestingError';
  }
}
