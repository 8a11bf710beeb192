import type { AnyStateMachine } from 'xstate';
import { firstSentence } from '../src/inspect/drawing/boxOf.ts';
import { statesOf } from '../src/inspect/chart/readChart.ts';
import { markdownTable } from './markdownTable.ts';
import { eventMeanings, eventTypes } from './totality/eventMeanings.ts';
import { passing } from './totality/neverHere.ts';
import { atOnce, readTotality, type Cell, type StateCells, type Totality, type Way } from './totality/readTotality.ts';

/** Columns of a matrix that a page has room for. */
const columns = 5;

/**
 * The tables of docs/events.md, by the name of their marker: every state with every event.
 *
 * @throws when an event is ignored in a state and nobody has said why, or a reason is left over.
 */
export function totalityTables(machine: AnyStateMachine): Record<string, string> {
  const totality = readTotality(machine);
  if (totality.problems.length > 0) throw new Error(`the chart and its table of events differ:\n${totality.problems.join('\n')}`);
  return {
    'what the events say': markdownTable(
      ['event', 'who says what'],
      eventTypes.map((type) => [code(type), eventMeanings[type]]),
    ),
    'every event in every state': tellRegions(totality),
  };
}

function tellRegions({ regions }: Totality): string {
  const descriptions = new Map(regions.flatMap(({ region }) => statesOf(region)).map(({ path, description }) => [path, description]));
  const crossroads = new Set(
    regions.flatMap(({ states }) => states.filter(({ kind }) => kind === 'passing').map(({ state }) => state.path)),
  );
  const answering = new Map(
    eventTypes.map((type) => [
      type,
      regions.filter(({ states }) => states.some(({ cells }) => cells.some(({ event, ways }) => event === type && ways.length > 0))),
    ]),
  );

  return regions
    .map(({ region, states }) => {
      const leaves = states.filter(({ kind }) => kind === 'leaf');
      const heard = eventTypes.filter((type) => answering.get(type)?.some((other) => other.region === region));
      const besides = (type: (typeof eventTypes)[number]) => (answering.get(type) ?? []).filter((other) => other.region !== region);
      const matrices = inLots(leaves, columns).map((lot) =>
        markdownTable(
          ['', ...lot.map(({ state }) => `[${state.key}](#${anchorOf(state.path)})`), 'heard by'],
          heard.map((type) => [
            code(type),
            ...lot.map(({ cells }) =>
              symbolOf(
                cells.find(({ event }) => event === type),
                crossroads,
              ),
            ),
            besides(type)
              .map((other) => other.region.key)
              .join('<br>'),
          ]),
        ),
      );
      return [
        `## ${region.key}`,
        region.description,
        ...matrices,
        tellIgnoredEverywhere(leaves, heard),
        ...states.filter(({ state }) => state !== region || state.arrows.length > 0).map((each) => tellState(each, heard, descriptions)),
      ].join('\n\n');
    })
    .join('\n\n');
}

/** What the whole region has no answer to, told once. */
function tellIgnoredEverywhere(leaves: readonly StateCells[], heard: readonly string[]): string {
  const rows = new Map<string, string[]>();
  for (const type of eventTypes.filter((each) => !heard.includes(each))) {
    for (const because of new Set(leaves.map(({ cells }) => cells.find(({ event }) => event === type)?.ignored ?? ''))) {
      const states = leaves.filter(({ cells }) => cells.some(({ event, ignored }) => event === type && ignored === because));
      const where = states.length === leaves.length ? 'all' : states.map(({ state }) => code(state.key)).join(', ');
      const key = `${where}\n${because}`;
      rows.set(key, [...(rows.get(key) ?? []), code(type)]);
    }
  }
  const cells = [...rows].map(([key, events]) => [events.join(', '), ...key.split('\n')]);
  return `Ignored in every state of \`${leaves[0]?.state.path.split('.')[0]}\`:\n\n${markdownTable(['event', 'in', 'why'], cells)}`;
}

function tellState({ state, kind, cells }: StateCells, heard: readonly string[], descriptions: ReadonlyMap<string, string>): string {
  const rows = cells.flatMap((cell) =>
    cell.ways
      .map((way, index) => [
        index === 0 ? nameOf(cell.event) : '',
        way.guard === '' ? (index === 0 ? '' : 'otherwise') : `\`${way.guard}\`?`,
        `${goalOf(way)}${way.from === state.path ? '' : ` ↑ ${code(lastOf(way.from))}`}`,
        way.never === undefined ? reasonOf(way, descriptions) : `Never here: ${way.never}`,
      ])
      .concat(cell.ways.length > 0 && cell.ignored !== undefined ? [['', 'otherwise', '· ignored', cell.ignored]] : []),
  );
  const silent = new Map<string, string[]>();
  for (const { event, ways, ignored } of cells) {
    const isToldBefore = eventTypes.includes(event as never) && !heard.includes(event);
    if (ways.length > 0 || ignored === undefined || isToldBefore) continue;
    silent.set(ignored, [...(silent.get(ignored) ?? []), nameOf(event)]);
  }
  for (const [because, events] of silent) rows.push([events.join(', '), '', '· ignored', because]);
  return [
    `### \`${state.path}\``,
    `${state.description}${noteOf({ state, kind })}`,
    markdownTable(['event', 'if', 'what happens', 'why'], rows),
  ].join('\n\n');
}

function noteOf({ state, kind }: Pick<StateCells, 'state' | 'kind'>): string {
  if (kind === 'leaf') return '';
  const inside = state.states.map(({ key }) => code(key)).join(', ');
  if (kind === 'outer') return ` *What it answers counts in ${inside}, unless they have an answer of their own.*`;
  const why = passing[state.path];
  return ` *No event arrives here: it is left in the step in which it is entered${why === undefined ? '' : `; ${why}`}.*`;
}

function goalOf({ from, to, actions }: Way): string {
  const does = actions.map(code).join(', ');
  if (to === undefined) return actions.length > 0 ? `stays: ${does}` : '· ignored';
  const goal = `→ ${code(lastOf(to))}${to === from ? ' (again)' : ''}`;
  return actions.length > 0 ? `${goal}: ${does}` : goal;
}

/** The chart's own words; where it has none, what the state is for that comes next. */
function reasonOf({ to, description }: Way, descriptions: ReadonlyMap<string, string>): string {
  if (description !== '') return description.replace(/^Ignored: (.)/, (_, letter: string) => letter.toUpperCase());
  return to === undefined ? '' : `*${code(lastOf(to))}: ${firstSentence(descriptions.get(to) ?? '')}*`;
}

function symbolOf(cell: Cell | undefined, crossroads: ReadonlySet<string>): string {
  const ways = cell?.ways.filter(({ never }) => never === undefined) ?? [];
  const symbols = ways.map(({ to, actions }) =>
    to === undefined ? (actions.length > 0 ? 'stays' : '·') : `→&nbsp;${crossroads.has(to) ? '◇&nbsp;' : ''}${lastOf(to)}`,
  );
  return [...new Set([...symbols, ...(cell?.ignored === undefined ? [] : ['·'])])].join('<br>');
}

const lastOf = (path: string) => path.split('.').at(-1) ?? path;
const code = (text: string) => `\`${text}\``;
const nameOf = (event: string) => {
  if (event === atOnce) return '*at once*';
  return event === 'xstate.error.actor.*' ? `${code('error …')} of any other service` : code(event);
};
/** As GitHub makes it of a heading. */
const anchorOf = (path: string) => path.replaceAll('.', '').toLowerCase();

function inLots<T>(all: readonly T[], most: number): T[][] {
  const lots = Math.ceil(all.length / most);
  const size = Math.ceil(all.length / lots);
  return Array.from({ length: lots }, (_, index) => all.slice(index * size, (index + 1) * size));
}
