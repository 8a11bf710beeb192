/** What the platform can tell about the network, the app and sleep. Subscribed to only between `connect()` and idle. */
export interface PlatformSignals {
  /**
   * Starts listening; returns the function that stops it. Report as often as you like: repeats cost nothing. What the platform
   * does not know is simply never reported. What it knows already (offline now) should be reported at once.
   */
  subscribe(report: PlatformReport): () => void;
}

export interface PlatformReport {
  network(online: boolean): void;
  app(foreground: boolean): void;
  /** The machine slept for `sleptMs` ms: links may be dead and timers late. */
  woke(sleptMs: number): void;
}
