import { failure } from 'connection-machine';
import { controlledClock, describeTransport, fakeTransport, type FakeLink, type TransportWorld } from 'connection-machine/testing';
import { describe, expect, it } from 'vitest';

/** The fake with a server played as a good one is: it answers after 5 ms, and not once the link was given up. */
function fakeWorld(): TransportWorld {
  const clock = controlledClock();
  let isSilent = false;
  let isReachable = true;
  const lost = new Set<FakeLink>();
  const isWanted = (link: FakeLink) => link.state === 'open' && !link.request.signal.aborted;
  const transport = fakeTransport({
    onOpen: (link) =>
      void clock.setTimeout(() => {
        if (isSilent || !isWanted(link)) return;
        if (!isReachable) link.fail({ kind: 'network' });
        else if (link.token.startsWith('good')) link.succeed('alice');
        else link.fail({ kind: 'tokenIncorrect', code: 31004 });
      }, 5),
    verify: (signal) =>
      new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => reject(failure({ kind: 'timeout' })));
        if (!isSilent && !lost.has(transport.last)) resolve();
      }),
    renew: async (token) => {
      if (!token.reveal().startsWith('good')) throw failure({ kind: 'tokenExpired' });
    },
  });
  return {
    transport,
    userId: 'alice',
    goodToken: 'good-token-31b7',
    badToken: 'bad-token-88e0',
    loseLink() {
      if (transport.live === 0) return;
      lost.add(transport.last);
      transport.last.fail({ kind: 'network', code: 1006 });
    },
    silenceServer: () => (isSilent = true),
    refuseConnections: () => (isReachable = false),
    connections: () => transport.live,
    // the brain never has two links, and neither has the suite
    close: () => expect(transport.mostLive).toBeLessThan(2),
    wait: (ms) => clock.advance(ms),
  };
}

describeTransport('fakeTransport', fakeWorld, { describe, it });
