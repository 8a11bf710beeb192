import type { ChartState, InspectedChart } from './InspectedChart.ts';

/** Which state each level is in, as XState 4 and 5 both write it. */
export type StateValue = string | { readonly [key: string]: StateValue };

/** XState's value of the active paths: `{ session: { link: { connected: 'fresh' } }, person: 'away' }`. */
export function stateValue(chart: InspectedChart, active: readonly string[]): StateValue {
  const valueOf = ({ type, states }: Pick<ChartState, 'type' | 'states'>): StateValue => {
    if (type === 'parallel') return Object.fromEntries(states.map((region) => [region.key, valueOf(region)]));
    const inside = states.find(({ path }) => active.includes(path));
    if (!inside) return {};
    return inside.states.length === 0 ? inside.key : { [inside.key]: valueOf(inside) };
  };
  return valueOf(chart);
}
