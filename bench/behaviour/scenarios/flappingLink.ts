import type { Scenario } from '../Scenario.ts';
import { tenMinutes } from './time.ts';

export const flappingLink: Scenario = {
  name: 'flappingLink',
  head: 'flapping link: sockets / token calls in 10 min',
  meaning:
    'The server accepts each client, and its link dies 0.2 s later (`close` with 1006, no `error`), for ten minutes. Counted: sockets and calls of the token provider.',
  async play({ clock, server, provider, start }) {
    server.dropsAfter = 200;
    start();
    await clock.advance(tenMinutes);
    return { text: `${server.sockets} / ${provider.calls}`, counted: { sockets: server.sockets, calls: provider.calls } };
  },
};
