import type { Ailment } from './Ailment.ts';
import type { SdkName } from './pages.ts';

/** One half of a row, with one SDK. */
export interface Play {
  readonly ailment: Ailment;
  readonly sdk: SdkName;
  /** The SDK alone, or behind the connection. */
  readonly how: 'bare' | 'healed';
}

/** Every row with every SDK that it names, both ways. */
export function playsOf(ailments: readonly Ailment[]): readonly Play[] {
  return ailments.flatMap((ailment) =>
    ailment.sdks.flatMap((sdk) => (['bare', 'healed'] as const).map((how): Play => ({ ailment, sdk, how }))),
  );
}
