import type { ConnectionContext } from './context.ts';

const hour = 3_600_000;

/** When refused tokens were renewed within the last hour, oldest first. A moment in the future (the clock was set back) does not count. */
export function renewalsWithinTheHour({ now, renewedAt }: ConnectionContext): readonly number[] {
  const today = now();
  return renewedAt.filter((at) => at <= today && at > today - hour);
}
