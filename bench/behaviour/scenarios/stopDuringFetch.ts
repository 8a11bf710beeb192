import type { Scenario } from '../Scenario.ts';
import { minute, second } from './time.ts';

export const stopDuringFetch: Scenario = {
  name: 'stopDuringFetch',
  head: 'stop during the token fetch: sockets opened after / left open',
  meaning:
    'The token is asked for; a second later the user signs out; a second later the token arrives. Counted: sockets opened after the sign-out, and sockets that are open a minute later.',
  async play({ clock, server, provider, start, stop }) {
    provider.mood = 'hangs';
    start();
    await clock.advance(second);
    if (provider.calls === 0) throw new Error('the provider was never asked');
    const before = server.sockets;
    stop();
    await clock.advance(second);
    provider.answerNow();
    await clock.advance(minute);
    const [opened, left] = [server.sockets - before, server.openSockets];
    return { text: `${opened} / ${left}`, counted: { opened, left } };
  },
};
