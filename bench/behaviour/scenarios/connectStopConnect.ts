import type { Scenario } from '../Scenario.ts';
import { minute } from './time.ts';

export const connectStopConnect: Scenario = {
  name: 'connectStopConnect',
  head: 'connect, stop, connect: open sockets',
  meaning:
    "Connect, stop and connect in one breath, as React's StrictMode does. Counted: sockets that are open a minute later. One is right.",
  async play({ clock, server, start, stop }) {
    start();
    stop();
    start();
    await clock.advance(minute);
    const open = server.openSockets;
    const text = open === 0 ? '0 (dead)' : open === 1 ? '1' : `${open} (DUPLICATE)`;
    return { text, counted: { open } };
  },
};
