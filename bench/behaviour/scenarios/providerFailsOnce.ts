import type { Scenario } from '../Scenario.ts';
import { seconds, tenMinutes } from './time.ts';

export const providerFailsOnce: Scenario = {
  name: 'providerFailsOnce',
  head: 'provider fails once: connects alone',
  meaning:
    'The first call of the token provider is rejected, the next would be answered. Counted: whether, and when, both sides are connected and the provider has been asked again, within ten minutes and without anybody lifting a finger; if not, whether a socket is open all the same.',
  async play(stage) {
    const { clock, server, provider } = stage;
    provider.mood = 'failsOnce';
    stage.start();
    const connects = () => stage.isConnected() && provider.calls > 1;
    await clock.advance(tenMinutes, connects);
    const stray = connects() ? 0 : server.openAccepted;
    const text = connects() ? `yes, after ${seconds(clock.elapsed)} s` : stray > 0 ? `NO, but ${stray} socket open` : 'NO';
    return { text, counted: { connects: connects(), calls: provider.calls, stray } };
  },
};
