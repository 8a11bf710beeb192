import { readFileSync } from 'node:fs';
import { markdownTable } from '../../scripts/markdownTable.ts';
import type { Ailment } from './Ailment.ts';
import type { Play } from './plays.ts';
import type { SdkName } from './pages.ts';

const packages: Readonly<Record<SdkName, string>> = { v5: 'imlib-next', v4: 'imlib-v4', v2: 'imlib-v2' };

/** The table of what one run has seen, one row a defect. What several SDKs did alike is said once. */
export function healingTable(ailments: readonly Ailment[], seen: ReadonlyMap<string, string>): string {
  const rows = ailments.map((ailment) => {
    const said = (how: Play['how']) => {
      const texts = ailment.sdks.map((sdk) => seen.get(keyOf({ ailment, sdk, how })) ?? 'not seen');
      const same = new Set(texts).size === 1;
      return same ? (texts[0] ?? '') : texts.map((text, index) => `${versionOf(ailment.sdks[index] as SdkName)}: ${text}`).join('<br>');
    };
    return [ailment.title, ailment.sdks.map(versionOf).join(', '), said('bare'), said('healed')];
  });
  return markdownTable(['the defect', 'shown with', 'the SDK alone', 'the same SDK behind the connection'], rows);
}

export function keyOf({ ailment, sdk, how }: Play): string {
  return `${sdk} ${how}: ${ailment.title}`;
}

/** What npm has installed. */
function versionOf(sdk: SdkName): string {
  const path = new URL(`../../node_modules/@rongcloud/${packages[sdk]}/package.json`, import.meta.url);
  return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version;
}
