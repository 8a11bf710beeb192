import type { ScenarioName } from './ScenarioName.ts';
import type { Stage } from './Stage.ts';

/** One column: a script for server, token provider, clock and user, and what was counted. */
export interface Scenario {
  readonly name: ScenarioName;
  /** The column's head. */
  readonly head: string;
  /** What is played and what is counted, for the page. */
  readonly meaning: string;
  /** Are the client's own logs listened to? They are not in the other scenarios: a logger may change what a client does. */
  readonly listensToLogs?: true;
  play(stage: Stage): Promise<Cell>;
}

export interface Cell {
  /** What the table shows. */
  readonly text: string;
  /** The counts behind it. */
  readonly counted: Readonly<Record<string, number | boolean>>;
}
