import type { Scenario } from '../Scenario.ts';
import { tenMinutes } from './time.ts';

export const refusedFromStart: Scenario = {
  name: 'refusedFromStart',
  head: 'token always refused, from start: provider calls in 10 min',
  meaning:
    'The server refuses every token. Counted: how often the app is asked for a token in ten minutes, and whether its client told it.',
  async play(stage) {
    stage.server.refuses = true;
    stage.start();
    await stage.clock.advance(tenMinutes);
    return callsCell(stage.provider.calls, stage.troubles.length > 0);
  },
};

export function callsCell(calls: number, told: boolean) {
  return { text: told ? String(calls) : `${calls}, app not told`, counted: { calls, told } };
}
