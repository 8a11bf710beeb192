import type { Scenario } from '../Scenario.ts';
import { secretMark } from '../tokenProvider.ts';
import { connected, minute } from './time.ts';

export const tokenInLogs: Scenario = {
  name: 'tokenInLogs',
  head: 'token in its own logs',
  meaning:
    "With the client's own logger at its most verbose: connected, dropped, refused for a minute, accepted again, stopped. Looked for: the token, in all that was logged.",
  listensToLogs: true,
  async play(stage) {
    const { clock, server, logs } = stage;
    await connected(stage);
    server.dropAll();
    await clock.advance(minute);
    server.refuses = true;
    server.dropAll();
    await clock.advance(minute);
    server.refuses = false;
    await clock.advance(minute);
    stage.stop();
    await clock.advance(minute);
    const leaks = logs.filter((line) => line.includes(secretMark) || line.includes(btoa(secretMark).slice(0, 12))).length;
    const text = leaks > 0 ? 'YES' : logs.length > 0 ? 'no' : 'no (logs nothing)';
    return { text, counted: { leaks, lines: logs.length } };
  },
};
