import type { Lab } from './lab.ts';
import type { Ability } from './TransportWorld.ts';

/** One rule of the Transport contract. */
export interface Rule {
  /** A sentence: the title of its test. */
  readonly title: string;
  /** All of these. */
  readonly needs?: readonly Ability[];
  /** One of these at least. */
  readonly needsOneOf?: readonly Ability[];
  /** @throws TransportRuleError when the rule is broken */
  check(lab: Lab): Promise<void>;
}
