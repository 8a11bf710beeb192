import type { Rule } from './Rule.ts';

export const successionRules: readonly Rule[] = [
  {
    title: 'after close another link can be opened',
    async check(lab) {
      const first = await lab.connect();
      // as the brain does: one that does not settle is not waited for any longer
      await first.close();
      const second = await lab.open();
      await lab.until(() => second.all('success').length + second.all('error').length > 0);
      if (second.all('success').length === 0) {
        lab.fail(`the second link: ${lab.told(second)}`, 'keep the state of a link in the call of open, not in the transport');
      }
      if (second.opened === first.opened)
        lab.fail('open returned the same link twice', 'return a new object from each open: the brain closes each one once');
    },
  },
  {
    title: 'links that were opened one after the other do not interfere',
    async check(lab) {
      const first = await lab.connect();
      await first.close();
      await lab.quiet();
      const before = first.reports.length;
      const second = await lab.connect();
      first.abort();
      await lab.quiet();
      if (first.reports.length > before) {
        lab.fail(
          `the first link was told of the second one's: ${lab.told(first, first.reports.slice(before))}`,
          'use the report of the same call of open',
        );
      }
      const trouble = [...second.all('error'), ...second.all('interrupted')];
      if (trouble.length > 0)
        lab.fail(
          `the second link: ${lab.told(second)}`,
          'what belongs to the first link (its signal, its timers) must not touch the second',
        );
      if (lab.world.connections?.() === 0)
        lab.fail('the server counts no connection while the second link is open', 'close only the own socket');
    },
  },
];
