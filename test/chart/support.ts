/** A chart as plain data, as `machine.config` holds it: any chart, so that the lint can be shown a bad one. */
export interface ChartNode {
  readonly id?: string;
  readonly description?: string;
  readonly initial?: unknown;
  readonly type?: string;
  readonly states?: Record<string, ChartNode>;
  readonly on?: Record<string, unknown>;
  readonly after?: Record<string, unknown>;
  readonly always?: unknown;
  readonly invoke?: unknown;
  readonly entry?: unknown;
  readonly exit?: unknown;
}

/** What a chart may refer to by name. */
export interface Vocabulary {
  readonly guards: readonly string[];
  readonly actions: readonly string[];
  readonly actors: readonly string[];
  readonly delays: readonly string[];
}

interface Place {
  readonly path: readonly string[];
  readonly node: ChartNode;
}
type Arrow = { target?: unknown; description?: string; guard?: unknown; actions?: unknown };

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : value === undefined ? [] : [value]);
const asArrow = (value: unknown): Arrow => (typeof value === 'string' ? { target: value } : (value as Arrow));

function walk(node: ChartNode, path: readonly string[] = []): Place[] {
  return [{ path, node }, ...Object.entries(node.states ?? {}).flatMap(([name, child]) => walk(child, [...path, name]))];
}

/** XState names a guard, an action or an actor by a string, by `{ type }`, or nested in `and`, `or`, `not`. */
function namesIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'function') return list((value as { guards?: unknown }).guards).flatMap(namesIn);
  const { type } = (value ?? {}) as { type?: unknown };
  return typeof type === 'string' ? [type] : [];
}

/** Does this target lead anywhere? */
function resolves(target: string, from: Place, places: readonly Place[]): boolean {
  const named = (path: readonly string[]) => places.some((place) => place.path.join('.') === path.join('.'));
  if (target.startsWith('#')) return places.some(({ node }) => node.id === target.slice(1));
  if (target.startsWith('.')) return named([...from.path, ...target.slice(1).split('.')]);
  return named([...from.path.slice(0, -1), ...target.split('.')]);
}

/**
 * What XState itself does not check, or checks too late: a misspelt delay fires at once and in silence, a missing `onError` ends
 * the actor, a wrong `initial` shows only when it is started.
 */
export function lintChart(chart: ChartNode, vocabulary: Vocabulary): string[] {
  const places = walk(chart);
  const problems: string[] = [];
  const ids = places.flatMap(({ node }) => (node.id === undefined ? [] : [node.id]));
  for (const id of new Set(ids)) if (ids.indexOf(id) !== ids.lastIndexOf(id)) problems.push(`the id ${id} is taken twice`);

  for (const place of places) {
    const { node, path } = place;
    const where = path.join('.') || '(root)';
    const complain = (what: string) => void problems.push(`${where}: ${what}`);
    const known = (kind: keyof Vocabulary, value: unknown) => {
      for (const name of namesIn(value))
        if (!name.startsWith('xstate.') && !vocabulary[kind].includes(name)) complain(`no ${kind.slice(0, -1)} is called ${name}`);
    };

    if (!node.description) complain('has no description');
    const children = Object.keys(node.states ?? {});
    if (children.length > 0 && node.type !== 'parallel' && !children.includes(String(node.initial)))
      complain(`its initial state ${String(node.initial)} does not exist`);
    for (const name of Object.keys(node.after ?? {}))
      if (!vocabulary.delays.includes(name) && !/^\d+$/.test(name)) complain(`no delay is called ${name}`);
    for (const action of [...list(node.entry), ...list(node.exit)]) known('actions', action);

    const arrows: [string, unknown][] = [
      ...Object.entries(node.on ?? {}),
      ...Object.entries(node.after ?? {}),
      ...list(node.always).map((arrow): [string, unknown] => ['always', arrow]),
    ];
    for (const invoked of list(node.invoke) as { src?: unknown; onError?: unknown; onDone?: unknown }[]) {
      known('actors', invoked.src);
      if (invoked.onError === undefined) complain(`invokes ${String(invoked.src)} without onError`);
      arrows.push(['onError', invoked.onError], ['onDone', invoked.onDone]);
    }
    for (const [event, group] of arrows) {
      const ways = list(group).map(asArrow);
      ways.forEach((arrow, index) => {
        const { target, guard, actions, description } = arrow;
        for (const to of list(target))
          if (!resolves(String(to), place, places)) complain(`${event} leads to ${String(to)}, which does not exist`);
        known('guards', guard);
        for (const action of list(actions)) known('actions', action);
        // an arrow that does nothing must say that it means it
        if (target === undefined && list(actions).length === 0 && !description) complain(`${event} is ignored without a word`);
        if (guard === undefined && index < ways.length - 1) complain(`${event} can never take its way ${index + 2}`);
      });
    }
  }
  return problems;
}
