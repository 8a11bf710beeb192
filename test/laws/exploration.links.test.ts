import { expect, test } from 'vitest';
import { explore } from './exploration/explore.ts';
import { expectedRow } from './exploration/lawsPage.ts';
import { describeBroken, explorationRow } from './exploration/report.ts';
import { linkWorlds } from './exploration/worlds.ts';

test.each(linkWorlds)('in every configuration every law holds, and there is a way out: $name', (bounds) => {
  const exploration = explore(bounds);
  console.log(explorationRow(exploration));
  expect(exploration.broken.map((one) => describeBroken(one, bounds.name))).toEqual([]);
  expect(exploration.isComplete).toBe(true);
  // npm run explore -- --write
  expect(expectedRow(bounds.name), 'the row in docs/laws.md').toBe(explorationRow(exploration));
});
