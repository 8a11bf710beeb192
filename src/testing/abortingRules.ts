import { mustCountNone } from './closingRules.ts';
import { momentsOf } from './momentsOf.ts';
import type { Rule } from './Rule.ts';

const advice = 'look at request.signal: it is aborted when the brain gives the link up, and nothing may come of it any more';

export const abortingRules: readonly Rule[] = [
  {
    title: 'a signal that was aborted before open lets nobody in',
    async check(lab) {
      const took = await lab.openingTime();
      const attempt = await lab.open({ aborted: true });
      await lab.quiet(3 * took);
      if (attempt.all('success').length > 0) lab.fail(lab.told(attempt), advice);
    },
  },
  {
    title: 'a signal that is aborted while the link opens lets nobody in, at whatever moment',
    async check(lab) {
      const took = await lab.openingTime();
      for (const moment of momentsOf(took)) {
        const attempt = await lab.open();
        await moment.comes(lab.wait);
        const before = attempt.all('success').length;
        attempt.abort();
        await lab.quiet(3 * took);
        if (attempt.all('success').length > before) lab.fail(`aborted ${moment.name}: ${lab.told(attempt)}`, advice);
        await attempt.close();
      }
    },
  },
  {
    title: 'a link that was given up is released',
    needs: ['connections'],
    async check(lab) {
      const attempts = [await lab.open({ aborted: true })];
      for (const attempt of attempts) await attempt.close();
      for (const moment of momentsOf(await lab.openingTime())) {
        const attempt = await lab.open();
        await moment.comes(lab.wait);
        // in this order, as the brain does
        attempt.abort();
        await attempt.close();
      }
      await mustCountNone(lab);
    },
  },
];
