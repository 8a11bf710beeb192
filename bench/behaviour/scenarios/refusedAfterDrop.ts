import type { Scenario } from '../Scenario.ts';
import { callsCell } from './refusedFromStart.ts';
import { connected, tenMinutes } from './time.ts';

export const refusedAfterDrop: Scenario = {
  name: 'refusedAfterDrop',
  head: 'the same after a drop',
  meaning:
    'Connected; then the secret is changed: the link is dropped (`close` with 1006, no `error`) and every token is refused. Counted: calls of the token provider in the ten minutes after the drop.',
  async play(stage) {
    await connected(stage);
    const [callsBefore, troublesBefore] = [stage.provider.calls, stage.troubles.length];
    stage.server.refuses = true;
    stage.server.dropAll();
    await stage.clock.advance(tenMinutes);
    return callsCell(stage.provider.calls - callsBefore, stage.troubles.length > troublesBefore);
  },
};
