import type { PlatformReport, PlatformSignals } from 'connection-machine';

/** A platform whose moods a test decides. As a real one does, it says "offline" at once to a new listener. */
export interface ManualSignals extends PlatformSignals, PlatformReport {
  readonly listeners: number;
}

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
