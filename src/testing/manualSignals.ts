import type { PlatformReport, PlatformSignals } from '../platform/PlatformSignals.ts';

/**
 * A platform whose moods a test decides. As a real one does, it says "offline" at once to a new listener.
 *
 * @example
 * const signals = manualSignals();
 * const connection = createConnection({ transport, fetchToken, signals });
 * signals.network(false);   // the train enters the tunnel
 * signals.app(true);        // the app comes to the foreground
 * signals.woke(60_000);     // the lid was closed for a minute (ms)
 */
export interface ManualSignals extends PlatformSignals, PlatformReport {
  /** How many connections listen at this moment: one from `connect()` until idle, none before and after. */
  readonly listeners: number;
}

/** A platform in the hands of a test; it starts online. */
export function manualSignals(): ManualSignals {
  const reports = new Set<PlatformReport>();
  let isOnline = true;
  const each = (tell: (report: PlatformReport) => void) => [...reports].forEach(tell);
  return {
    subscribe(report) {
      reports.add(report);
      if (!isOnline) report.network(false);
      return () => void reports.delete(report);
    },
    network(online) {
      isOnline = online;
      each((report) => report.network(online));
    },
    app: (foreground) => each((report) => report.app(foreground)),
    woke: (sleptMs) => each((report) => report.woke(sleptMs)),
    get listeners() {
      return reports.size;
    },
  };
}
