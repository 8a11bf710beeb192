const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1_000],
] as const;

/** `850 ms`, `4.2 s`, `3 min`, `1.5 h`. */
export function durationOf(ms: number): string {
  const [unit, size] = units.find(([, least]) => Math.abs(ms) >= least) ?? (['ms', 1] as const);
  const tenths = Math.round((10 * ms) / size) / 10;
  return `${unit === 'ms' ? Math.round(ms) : tenths} ${unit}`;
}
