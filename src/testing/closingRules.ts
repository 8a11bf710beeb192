import type { Attempt, Lab, Outcome } from './lab.ts';
import type { Rule } from './Rule.ts';
import { momentsOf } from './momentsOf.ts';

const settle =
  'close must resolve when the socket is really gone, and drop it after a while when the other side says nothing; nothing to close is closed';

function mustSettle(lab: Lab, when: string, outcome: Outcome): void {
  if (outcome.is === 'pending') lab.fail(`${when}, close was still waiting after ${lab.timeLimit} ms`, settle);
  if (outcome.is === 'rejected') lab.fail(`${when}, close rejected`, settle);
}

/** The last word of the brain is `close`: what a transport says afterwards would be the next link's trouble. */
function mustBeMute(lab: Lab, when: string, attempt: Attempt): void {
  if (attempt.late.length > 0) {
    lab.fail(
      `${when}: ${lab.told(attempt, attempt.late)}`,
      'from the call of close on, report nothing: take the listeners off, or ask before each report',
    );
  }
}

export const closingRules: readonly Rule[] = [
  {
    title: 'after close nothing is reported',
    async check(lab) {
      const attempt = await lab.connect();
      await attempt.close();
      await lab.quiet();
      mustBeMute(lab, 'a connected link was closed', attempt);
      const second = await lab.connect();
      const closing = second.close();
      // the network goes, while the link is on its way out
      await lab.world.loseLink?.();
      await closing;
      await lab.quiet();
      mustBeMute(lab, 'a connected link was closed', second);
    },
  },
  {
    title: 'a link that is closed while it opens reports nothing more, at whatever moment',
    async check(lab) {
      const attempts: [number | string, Attempt][] = [];
      const took = await lab.openingTime();
      for (const moment of momentsOf(took)) {
        const attempt = await lab.open();
        await moment.comes(lab.wait);
        attempts.push([moment.name, attempt]);
        await attempt.close();
      }
      await lab.quiet(3 * took);
      for (const [name, attempt] of attempts) mustBeMute(lab, `closed ${name}`, attempt);
    },
  },
  {
    title: 'close settles',
    async check(lab) {
      mustSettle(lab, 'connected', await (await lab.connect()).close());
    },
  },
  {
    title: 'close settles when it is called twice',
    async check(lab) {
      const attempt = await lab.connect();
      const both = await Promise.all([attempt.close(), attempt.close()]);
      for (const outcome of both) mustSettle(lab, 'called twice', outcome);
      mustSettle(lab, 'called again on a closed link', await attempt.close());
    },
  },
  {
    title: 'close settles while the link opens',
    async check(lab) {
      mustSettle(lab, 'right after open', await (await lab.open()).close());
      const attempt = await lab.open();
      await lab.wait(1);
      mustSettle(lab, 'while opening', await attempt.close());
    },
  },
  {
    title: 'close settles after the link has ended by itself',
    needsOneOf: ['badToken', 'loseLink'],
    async check(lab) {
      if (lab.has('badToken')) {
        const refused = lab.openWith(await lab.badToken());
        await lab.until(() => refused.all('error').length > 0);
        mustSettle(lab, 'after a refused token', await refused.close());
      }
      if (lab.has('loseLink')) {
        const lost = await lab.connect();
        await lab.world.loseLink?.();
        await lab.until(() => lost.all('error').length + lost.all('interrupted').length > 0);
        mustSettle(lab, 'after the link was lost', await lost.close());
      }
    },
  },
  {
    title: 'close settles when the server is silent',
    needs: ['silenceServer'],
    async check(lab) {
      const connected = await lab.connect();
      await lab.world.silenceServer?.();
      mustSettle(lab, 'connected to a silent server', await connected.close());
      const opening = await lab.open();
      await lab.quiet();
      mustSettle(lab, 'waiting for a silent server', await opening.close());
    },
  },
  {
    title: 'close settles when the server is out of reach',
    needs: ['refuseConnections'],
    async check(lab) {
      await lab.world.refuseConnections?.();
      mustSettle(lab, 'right after open', await (await lab.open()).close());
      const attempt = await lab.open();
      await lab.quiet();
      mustSettle(lab, 'a while after open', await attempt.close());
    },
  },
  {
    title: 'signing out settles, with a link and without one',
    async check(lab) {
      mustSettle(lab, 'signing out ({ logout: true })', await (await lab.connect()).close({ logout: true }));
      const outcome = await lab.outcomeOf('what logout rejected with', () => lab.transport.logout?.());
      if (outcome.is !== 'resolved')
        lab.fail(
          `transport.logout() is ${outcome.is} after ${lab.timeLimit} ms`,
          'resolve when it is done, also when there is nothing to stop',
        );
    },
  },
  {
    title: 'when every link is closed the server counts none',
    needs: ['connections'],
    async check(lab) {
      await (await lab.connect()).close();
      await (await lab.open()).close();
      const aborted = await lab.open();
      await lab.wait(1);
      aborted.abort();
      await aborted.close();
      await mustCountNone(lab);
    },
  },
];

export async function mustCountNone(lab: Lab): Promise<void> {
  const gone = await lab.until(() => lab.world.connections?.() === 0);
  if (gone === undefined) {
    lab.fail(
      `${lab.world.connections?.()} connections, ${lab.timeLimit} ms after the last close`,
      'close the socket, also one that is still being opened',
    );
  }
}
