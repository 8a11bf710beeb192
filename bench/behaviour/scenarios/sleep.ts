import type { Scenario } from '../Scenario.ts';
import { detection } from './silentServer.ts';
import { connected, minute } from './time.ts';

export const sleep: Scenario = {
  name: 'sleep',
  head: 'after 1 h of sleep: detected s after waking',
  meaning:
    'Connected for 4 s; then the machine sleeps for an hour (the wall clock goes on, timers and `performance.now()` do not, no event is fired), and the server has forgotten the link meanwhile. Counted as in the column before, from the moment of waking.',
  async play(stage) {
    await connected(stage);
    stage.server.isSilent = true;
    stage.clock.sleep(60 * minute);
    return detection(stage);
  },
};
