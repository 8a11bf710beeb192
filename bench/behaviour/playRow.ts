import { bundleClient } from './bundleClient.ts';
import type { ClientAdapter } from './ClientAdapter.ts';
import type { Cell, Scenario } from './Scenario.ts';
import type { ScenarioName } from './ScenarioName.ts';
import { scenarios } from './scenarios/index.ts';
import { createStage } from './Stage.ts';

export interface PlayOptions {
  readonly seed: number;
  /** ms that every timer of the page fires late: a browser's are never early, and rarely on the dot. */
  readonly late: number;
}

export type Row = Readonly<Record<ScenarioName, Cell>>;

/** Plays every scenario with one client, each in a page of its own. */
export async function playRow(adapter: ClientAdapter, options: PlayOptions): Promise<Row> {
  const bundle = await bundleClient(adapter);
  const row: Partial<Record<ScenarioName, Cell>> = {};
  for (const scenario of scenarios) {
    const reason = adapter.notApplicable?.[scenario.name];
    row[scenario.name] =
      reason === undefined ? await playCell(adapter, bundle, scenario, options) : { text: `n/a: ${reason}`, counted: {} };
  }
  return row as Row;
}

/** Plays one scenario. */
export async function playCell(adapter: ClientAdapter, bundle: string, scenario: Scenario, { seed, late }: PlayOptions): Promise<Cell> {
  let unhandled = 0;
  const count = () => void unhandled++;
  process.on('unhandledRejection', count);
  try {
    const stage = createStage({ adapter, bundle, seed, late, listensToLogs: scenario.listensToLogs ?? false });
    const cell = await scenario.play(stage);
    const text = unhandled > 0 ? `${cell.text}, unhandled rejection` : cell.text;
    return { text, counted: { ...cell.counted, unhandled, thrown: stage.errors.length } };
  } finally {
    process.off('unhandledRejection', count);
  }
}
