import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ailments } from '../../../bench/healing/ailments/index.ts';
import { healingTable, keyOf } from '../../../bench/healing/healingTable.ts';
import { openNodePage } from '../../../bench/healing/pages.ts';
import { playsOf } from '../../../bench/healing/plays.ts';
import { playScene } from '../../../bench/healing/Scene.ts';

const seen = new Map<string, string>();

describe('with the unmodified SDKs, over real sockets', () => {
  describe.concurrent.each(ailments.map((ailment) => ({ title: ailment.title, plays: playsOf([ailment]) })))('$title', ({ plays }) => {
    it.concurrent.each(plays.map((play) => ({ ...play, name: play.how === 'bare' ? 'the SDK alone is ill' : 'the connection heals it' })))(
      '$sdk: $name',
      async (play) => {
        const { ailment, sdk, how } = play;
        const text = await playScene(sdk, openNodePage, (scene) => ailment[how](scene));
        expect(text).not.toBe('');
        seen.set(keyOf(play), text);
      },
    );
  });
});

it('docs/rongcloud.md says what was seen just now (npm run bench:healing writes it)', () => {
  expect(seen.size).toBe(playsOf(ailments).length);
  expect(readFileSync(new URL('../../../docs/rongcloud.md', import.meta.url), 'utf8')).toContain(healingTable(ailments, seen));
});
