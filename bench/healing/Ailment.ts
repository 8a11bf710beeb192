import type { SdkName } from './pages.ts';
import type { Scene } from './Scene.ts';

/** A defect of the SDK, shown with the SDK alone, and its cure, shown with the same SDK behind the brain. */
export interface Ailment {
  readonly title: string;
  readonly sdks: readonly SdkName[];
  /** Resolves to what the SDK alone did. Throws when the defect does not show: then there is nothing to heal. */
  bare(scene: Scene): Promise<string>;
  /** Resolves to what happened behind the brain. Throws when it is not healed. */
  healed(scene: Scene): Promise<string>;
}

/** What has to be so for the row to be true. */
export function must(isSo: boolean, what: string, seen?: unknown): void {
  if (!isSo) throw new Error(`not so: ${what}${seen === undefined ? '' : `\nseen: ${JSON.stringify(seen, undefined, 2)}`}`);
}
