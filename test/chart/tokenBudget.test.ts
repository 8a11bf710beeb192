import { expect, test } from 'vitest';
import { renewalsWithinTheHour } from '../../machines/connection/tokenBudget.ts';
import type { ConnectionContext } from 'connection-machine/machine';

test('renewals count for an hour, to the ms, and those from the future (the clock was set back) not at all', () => {
  const today = 10_000_000;
  const hour = 3_600_000;
  const renewedAt = [0, today - hour - 1, today - hour, today - hour + 1, today - 1, today, today + 1];
  expect(renewalsWithinTheHour({ now: () => today, renewedAt } as unknown as ConnectionContext)).toEqual([
    today - hour + 1,
    today - 1,
    today,
  ]);
});
