/** Today's chart does something else than the recorded one did: what, at which step, and after which event. */
export class ReplayDifference extends Error {
  /** The step at which they part, counted from 0 among those of the report. */
  readonly step: number;
  /** What differs: `states`, `emitted`, `timers`, or a field of what is remembered. */
  readonly what: string;
  readonly recorded: unknown;
  readonly replayed: unknown;

  constructor(where: { readonly step: number; readonly event: string }, what: string, recorded: unknown, replayed: unknown) {
    const said = (value: unknown) => JSON.stringify(value) ?? 'nothing';
    super(
      `step ${where.step} (${where.event}): ${what} differ${/s$|emitted/.test(what) ? '' : 's'}\n  recorded: ${said(recorded)}\n  today:    ${said(replayed)}`,
    );
    this.name = 'ReplayDifference';
    this.step = where.step;
    this.what = what;
    this.recorded = recorded;
    this.replayed = replayed;
  }
}
