import { describeValue } from './describeValue.ts';
import { everyScenario } from './everyScenario.ts';
import type { Rule } from './Rule.ts';
import { watchRejections } from './unhandledRejections.ts';

export const cleanlinessRules: readonly Rule[] = [
  {
    title: 'no token stands in anything that is reported, thrown or rejected',
    async check(lab) {
      await everyScenario(lab);
      for (const { where, value } of lab.said) {
        const path = lab.leakIn(value, where);
        if (path)
          lab.fail(`a token in clear: ${path}`, 'take it out of messages, codes and causes; URLs and answers of servers may quote it');
      }
    },
  },
  {
    title: 'no promise is rejected without a handler',
    async check(lab) {
      const watch = watchRejections();
      if (!watch) return lab.notChecked('this platform does not tell of unhandled rejections');
      try {
        await everyScenario(lab);
      } finally {
        watch.stop();
      }
      const [first] = watch.reasons;
      if (watch.reasons.length > 0) {
        lab.fail(
          `${watch.reasons.length} unhandled: ${describeValue(first)}`,
          'put a catch behind every promise that nobody waits for any more, above all when a link is closed',
        );
      }
    },
  },
];
