import { createConnection } from 'connection-machine';
import { controlledClock, fakeTokenProvider, fakeTransport } from 'connection-machine/testing';
import { breaches } from './breaches.ts';
import { judgeTransport, titlesOf } from './collectingRunner.ts';
import { memoryWorld } from './memoryWorld.ts';

/** What a page can be asked. */
export interface InBrowser {
  /** The rules that complain about a transport with this sin. */
  complaints(sin: string): Promise<string[]>;
  skipped(): Promise<string[]>;
  prompt(): Promise<string>;
}

const inBrowser: InBrowser = {
  complaints: async (sin) => titlesOf(await judgeTransport(() => memoryWorld(breaches[sin]?.breakIt)), 'broken'),
  skipped: async () => titlesOf(await judgeTransport(() => memoryWorld()), 'skipped'),
  async prompt() {
    const clock = controlledClock();
    const connection = createConnection({ transport: fakeTransport(), fetchToken: fakeTokenProvider(), clock });
    connection.connect();
    await clock.advance(5_000);
    return connection.getSnapshot().status;
  },
};

Object.assign(globalThis, { inBrowser });
