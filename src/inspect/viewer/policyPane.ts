import { defaultPolicy, type ConnectionPolicy } from '../../../machines/connection/policy.ts';
import { make } from './dom.ts';
import { durationOf } from '../durationOf.ts';

import type { Model } from './createModel.ts';

/** Those that are counts, and no durations. */
const counts: readonly string[] = ['maxTokenRenewals', 'maxTokenRenewalsPerHour'] satisfies (keyof ConnectionPolicy)[];

/** The policy in force; what differs from the library's own defaults stands out. */
export function createPolicyPane() {
  const element = make('section', { class: 'policy-pane', 'aria-label': 'Policy' });
  let rendered: unknown;

  return {
    element,
    render({ selected }: Model) {
      if (rendered === selected?.policy) return;
      rendered = selected?.policy;
      const rows = Object.entries(selected?.policy ?? {}).map(([name, value]) => {
        const usual = defaultPolicy[name as keyof ConnectionPolicy] as number | undefined;
        const say = (amount: number) => (counts.includes(name) ? String(amount) : durationOf(amount));
        const isUsual = usual === value;
        return make(
          'tr',
          { class: isUsual ? '' : 'is-unusual' },
          make('th', { scope: 'row' }, make('code', {}, name)),
          make('td', {}, say(value)),
          make('td', { class: 'soft' }, isUsual || usual === undefined ? '' : `usually ${say(usual)}`),
        );
      });
      const note = rows.length === 0 ? 'This machine has no policy.' : '';
      element.replaceChildren(note ? make('p', { class: 'soft empty-list' }, note) : make('table', {}, make('tbody', {}, ...rows)));
    },
  };
}
