import { failureProblem } from './failureProblem.ts';
import { isFinal } from './openingRules.ts';
import type { Rule } from './Rule.ts';
import { lackOf } from './TransportWorld.ts';

export const livingRules: readonly Rule[] = [
  {
    title: 'a lost link is one error, or an interruption that ends in success or error',
    needs: ['loseLink'],
    async check(lab) {
      const attempt = await lab.connect();
      const before = attempt.reports.length;
      const since = () => attempt.reports.slice(before);
      const has = (type: string) => since().some((report) => report.type === type);
      await lab.world.loseLink?.();
      await lab.until(() => has('error') || has('interrupted'));
      if (has('interrupted')) await lab.until(() => has('error') || has('success'));
      await lab.quiet();
      const told = lab.told(attempt, since());
      if (!has('error') && !has('interrupted')) {
        lab.fail(
          `the link was lost, and ${since().length > 0 ? told : 'nothing was reported'}`,
          'report.error({ kind: "network" }), or report.interrupted() when the SDK reconnects by itself',
        );
      }
      if (!has('error') && !has('success')) lab.fail(told, 'after report.interrupted comes success, or error when the SDK gives up');
      const errors = since().filter(({ type }) => type === 'error');
      if (errors.length > 1) lab.fail(told, 'report.error once: it is the end of the link');
      if (since()[since().length - 1]?.type !== 'error' && errors.length > 0) lab.fail(told, 'report nothing after report.error');
      if (isFinal(errors[0]?.value))
        lab.fail(told, 'report kind network, timeout, server or unknown: after this one the brain would not come back');
    },
  },
  {
    title: 'verify resolves on a link that lives',
    needs: ['verify'],
    async check(lab) {
      const { link } = await lab.connect();
      if (!link.verify) return lab.notChecked(lackOf('verify'));
      const outcome = await lab.outcomeOf('what verify rejected with', () => link.verify?.(new AbortController().signal));
      if (outcome.is !== 'resolved')
        lab.fail(`verify is ${outcome.is} after ${lab.timeLimit} ms`, 'resolve at the first sign of life from the server');
    },
  },
  {
    title: 'verify rejects when the link is dead, at the latest when its signal is aborted',
    needs: ['verify'],
    needsOneOf: ['silenceServer', 'loseLink'],
    async check(lab) {
      for (const ability of ['loseLink', 'silenceServer'] as const) {
        if (!lab.has(ability)) continue;
        const attempt = await lab.connect();
        const { link } = attempt;
        if (!link.verify) return lab.notChecked(lackOf('verify'));
        await lab.world[ability]?.();
        if (ability === 'loseLink') await lab.until(() => attempt.all('error').length + attempt.all('interrupted').length > 0);
        if (attempt.all('interrupted').length > 0) {
          // the brain asks no link that is making itself anew
          await attempt.close();
          continue;
        }
        const giveUp = new AbortController();
        const asked = lab.outcomeOf('what verify rejected with', () => link.verify?.(giveUp.signal));
        await lab.quiet();
        giveUp.abort();
        const outcome = await asked;
        const when = ability === 'loseLink' ? 'the link was lost' : 'the server is silent';
        if (outcome.is === 'pending')
          lab.fail(
            `${when}, and verify was still waiting ${lab.timeLimit} ms after its signal was aborted`,
            'reject when the signal is aborted',
          );
        if (outcome.is === 'resolved')
          lab.fail(`${when}, and verify resolved`, 'resolve only when the server has answered this very question');
        await attempt.close();
      }
    },
  },
  {
    title: 'renew resolves with a good token, and the link lives on',
    needs: ['renew'],
    async check(lab) {
      const attempt = await lab.connect();
      const { link } = attempt;
      if (!link.renew) return lab.notChecked(lackOf('renew'));
      const token = await lab.otherGoodToken();
      const outcome = await lab.outcomeOf('what renew rejected with', () => link.renew?.(token));
      if (outcome.is !== 'resolved')
        lab.fail(`renew is ${outcome.is} after ${lab.timeLimit} ms`, 'resolve when the server has taken the new token');
      await lab.quiet();
      if (attempt.all('error').length > 0)
        lab.fail(lab.told(attempt), 'a renewal leaves the link as it is; where the SDK cannot do that, have no renew');
    },
  },
  {
    title: 'renew with a refused token rejects with a failure of a known kind',
    needs: ['renew', 'badToken'],
    async check(lab) {
      const { link } = await lab.connect();
      if (!link.renew) return lab.notChecked(lackOf('renew'));
      const token = await lab.badToken();
      const outcome = await lab.outcomeOf('what renew rejected with', () => link.renew?.(token));
      if (outcome.is !== 'rejected')
        return lab.fail(`renew with a refused token is ${outcome.is}`, 'reject with failure({ kind: "tokenIncorrect" })');
      const problem = failureProblem(outcome.value);
      if (problem) lab.fail(`renew rejected: ${problem}`, "reject with failure({ kind: 'tokenIncorrect' }) of 'connection-machine'");
    },
  },
];
