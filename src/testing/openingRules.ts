import { resolvePolicy } from '../../machines/connection/policy.ts';
import { failureProblem } from './failureProblem.ts';
import type { Attempt, Lab } from './lab.ts';
import type { Rule } from './Rule.ts';

/** Ends for which the brain has an answer of its own, and none of them is "try again". */
const final = ['tokenIncorrect', 'tokenExpired', 'kicked', 'blocked', 'forbidden', 'configuration', 'wrongUser'];

function kindOf(value: unknown): unknown {
  return (Object(value) as { kind?: unknown }).kind;
}

export function isFinal(value: unknown): boolean {
  return final.includes(kindOf(value) as string);
}

/** Waits for the first answer, and then for those that must not follow. */
export async function answered(lab: Lab, attempt: Attempt): Promise<void> {
  await lab.until(() => attempt.thrown !== undefined || attempt.all('success').length + attempt.all('error').length > 0);
  await lab.quiet();
}

export const openingRules: readonly Rule[] = [
  {
    title: 'nothing is opened before open is called',
    needs: ['connections'],
    async check(lab) {
      await lab.quiet();
      const count = lab.world.connections?.();
      if (count !== 0) lab.fail(`${count} connections before any call of open`, 'connect in open, not when the transport is made');
    },
  },
  {
    title: 'open returns a link with a close function, at once',
    async check(lab) {
      const attempt = await lab.open();
      if (!attempt.link) {
        lab.fail(
          lab.told(attempt),
          'return { close } from open itself: while the link is still being made, the brain must be able to end it',
        );
      }
    },
  },
  {
    title: 'a good token is a success, reported once, with the id of the user',
    async check(lab) {
      const attempt = await lab.open();
      await answered(lab, attempt);
      const users = attempt.all('success').map(({ value }) => (Object(value) as { userId?: unknown }).userId);
      const mayRepeat = attempt.all('interrupted').length > 0;
      if (users.length === 0 || attempt.all('error').length > 0) {
        lab.fail(lab.told(attempt), 'report.success({ userId }) when the server has accepted the token, and no error');
      }
      if (users.length > 1 && !mayRepeat) lab.fail(`${users.length} successes`, 'report.success once; again only after report.interrupted');
      if (users.some((userId) => userId !== lab.world.userId)) {
        lab.fail(
          `success for ${JSON.stringify(users)}, not for world.userId`,
          "pass on the server's word for who is in: success({ userId })",
        );
      }
    },
  },
  {
    title: 'a refused token is one error, of kind tokenIncorrect or tokenExpired',
    needs: ['badToken'],
    async check(lab) {
      const attempt = lab.openWith(await lab.badToken());
      await answered(lab, attempt);
      const errors = attempt.all('error');
      if (attempt.all('success').length > 0) lab.fail(lab.told(attempt), 'report no success before the server has accepted the token');
      if (errors.length !== 1) lab.fail(lab.told(attempt), 'report.error once: the first error is the end of the link');
      if (!['tokenIncorrect', 'tokenExpired'].includes(kindOf(errors[0]?.value) as string)) {
        lab.fail(lab.told(attempt), "translate the server's code: only these two kinds make the brain fetch a new token");
      }
    },
  },
  {
    title: 'a server out of reach is one error that is worth another try',
    needs: ['refuseConnections'],
    async check(lab) {
      await lab.world.refuseConnections?.();
      const attempt = await lab.open();
      await answered(lab, attempt);
      const errors = attempt.all('error');
      if (attempt.all('success').length > 0) lab.fail(lab.told(attempt), 'report no success without a server');
      if (errors.length > 1 || (errors.length === 0 && !lab.world.selfHealing)) {
        lab.fail(
          lab.told(attempt),
          "report.error({ kind: 'network' }) once; a transport whose SDK goes on trying says so: world.selfHealing",
        );
      }
      if (isFinal(errors[0]?.value))
        lab.fail(lab.told(attempt), 'report kind network, timeout or server: after this one the brain would give up');
    },
  },
  {
    title: 'open never throws: what goes wrong is reported',
    async check(lab) {
      const mustNotThrow = async (attempt: Attempt) => {
        if (attempt.thrown) {
          lab.fail(
            lab.told(attempt),
            'catch it in open, report.error(…) and return a link: after a throw there is nothing that could be closed',
          );
        }
        await attempt.close();
      };
      await mustNotThrow(await lab.open());
      await mustNotThrow(await lab.open({ aborted: true }));
      if (lab.has('badToken')) await mustNotThrow(lab.openWith(await lab.badToken()));
      if (!lab.has('refuseConnections')) return;
      await lab.world.refuseConnections?.();
      await mustNotThrow(await lab.open());
    },
  },
  {
    title: 'every error is plain data with a known kind',
    needsOneOf: ['badToken', 'loseLink', 'refuseConnections'],
    async check(lab) {
      let count = 0;
      const look = async (attempt: Attempt) => {
        await attempt.close();
        for (const { type, value } of attempt.reports) {
          if (type !== 'error' && !(type === 'interrupted' && value !== undefined)) continue;
          count += 1;
          const problem = failureProblem(value);
          if (!problem) continue;
          lab.fail(
            `report.${type}: ${problem}`,
            "report failure({ kind: … }) of 'connection-machine'; without a better word the kind is 'unknown'",
          );
        }
      };
      if (lab.has('badToken')) {
        const refused = lab.openWith(await lab.badToken());
        await answered(lab, refused);
        await look(refused);
      }
      if (lab.has('loseLink')) {
        const lost = await lab.connect();
        await lab.world.loseLink?.();
        await lab.until(() => lost.all('error').length + lost.all('interrupted').length > 0);
        await look(lost);
      }
      if (lab.has('refuseConnections')) {
        await lab.world.refuseConnections?.();
        const outside = await lab.open();
        if (lab.world.selfHealing) await lab.quiet();
        else await answered(lab, outside);
        await look(outside);
      }
      if (count === 0 && !lab.world.selfHealing) lab.fail('no error at all', 'report.error when a link cannot be made, or is lost');
    },
  },
  {
    title: 'its defaults, if it has any, are limits that the brain knows',
    async check(lab) {
      try {
        resolvePolicy({ 'transport.defaults': lab.transport.defaults });
      } catch (problem) {
        lab.fail((problem as Error).message, 'see ConnectionPolicy; every limit is in ms');
      }
    },
  },
];
