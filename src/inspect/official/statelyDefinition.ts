import type { ChartArrow, ChartState, InspectedChart } from '../chart/InspectedChart.ts';

/** A machine's config for XState 5, as plain data: `createMachine` takes it. */
interface StatelyConfig {
  readonly id?: string;
  readonly type?: ChartState['type'];
  readonly description?: string;
  readonly initial?: string;
  readonly invoke?: readonly StatelyInvoke[];
  readonly on?: Arrows;
  readonly always?: readonly StatelyArrow[];
  readonly after?: Arrows;
  readonly onDone?: readonly StatelyArrow[];
  readonly states?: { readonly [key: string]: StatelyConfig };
}

interface StatelyInvoke {
  readonly id: string;
  readonly src: string;
  readonly onDone?: readonly StatelyArrow[];
  readonly onError?: readonly StatelyArrow[];
}

interface StatelyArrow {
  readonly target?: string;
  readonly guard?: string;
  readonly actions?: readonly string[];
  readonly description?: string;
}

type Arrows = { readonly [event: string]: readonly StatelyArrow[] };

/**
 * The chart as the JSON of a machine's config, states and arrows in the author's order: `createMachine(JSON.parse(definition))` is the
 * chart again. What a machine does is not in it, only what its guards, actions and services are called.
 */
export function statelyDefinition(chart: InspectedChart): string {
  const ids = new Map<string, string>();
  const learn = ({ path, id, states }: ChartState) => {
    ids.set(path, id);
    states.forEach(learn);
  };
  chart.states.forEach(learn);

  const arrowOf = ({ to, guard, actions, description }: ChartArrow): StatelyArrow => ({
    ...(to !== undefined && { target: `#${ids.get(to)}` }),
    ...(guard !== '' && { guard }),
    ...(actions.length > 0 && { actions }),
    ...(description !== '' && { description }),
  });

  const configOf = ({ id, type, description, invokes, states, arrows }: Omit<ChartState, 'key' | 'path'>): StatelyConfig => {
    const left = [...arrows];
    /** Each arrow goes to one place: what is taken here is not left for `on`. */
    const take = (event: string) => {
      const taken = left.filter((arrow) => arrow.event === event);
      for (const arrow of taken) left.splice(left.indexOf(arrow), 1);
      return taken.map(arrowOf);
    };
    const invoke = invokes.map((service) => ({
      id: service,
      src: service,
      ...some('onDone', take(`done ${service}`)),
      ...some('onError', take(`error ${service}`)),
    }));
    const always = take('');
    const onDone = take(`xstate.done.state.${id}`);
    const delayed = left.flatMap(({ event }) => (event.startsWith('after ') ? [event] : []));
    const after = Object.fromEntries([...new Set(delayed)].map((event) => [event.slice('after '.length), take(event)]));
    const on = Object.fromEntries([...new Set(left.map(({ event }) => event))].map((event) => [event, take(event)]));
    const initial = states.find(({ isInitial }) => isInitial);
    return {
      id,
      ...(type !== 'atomic' && { type }),
      ...(description !== '' && { description }),
      ...(initial && { initial: initial.key }),
      ...some('invoke', invoke),
      ...some('on', on),
      ...some('always', always),
      ...some('after', after),
      ...some('onDone', onDone),
      ...some('states', Object.fromEntries(states.map((inner) => [inner.key, configOf(inner)]))),
    };
  };
  return JSON.stringify(configOf({ ...chart, isCrossroad: false, isInitial: false, invokes: [], arrows: [] }));
}

/** The field, unless there is nothing to say in it. */
function some<Name extends string, Value extends object>(name: Name, value: Value): { readonly [name in Name]?: Value } {
  return Object.keys(value).length === 0 ? {} : ({ [name]: value } as { [name in Name]: Value });
}
