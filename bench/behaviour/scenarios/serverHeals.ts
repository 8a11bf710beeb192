import type { Scenario } from '../Scenario.ts';
import { connected, minute, seconds, tenMinutes } from './time.ts';

export const serverHeals: Scenario = {
  name: 'serverHeals',
  head: 'comes back when the server heals',
  meaning:
    'The column before, played on: after its ten minutes the server accepts every token again. Counted: whether both sides are connected within ten more minutes by themselves, and if not, whether they are after the user has pressed "connect" again.',
  async play(stage) {
    const { clock, server } = stage;
    await connected(stage);
    server.refuses = true;
    server.dropAll();
    await clock.advance(tenMinutes);
    server.refuses = false;
    const healed = clock.elapsed;
    await clock.advance(tenMinutes, stage.isConnected);
    if (stage.isConnected()) {
      return { text: `by itself, after ${seconds(clock.elapsed - healed)} s`, counted: { byItself: true, ms: clock.elapsed - healed } };
    }
    stage.start();
    await clock.advance(minute, stage.isConnected);
    const whenAsked = stage.isConnected();
    return { text: whenAsked ? 'on the next connect' : 'NO', counted: { byItself: false, whenAsked } };
  },
};
