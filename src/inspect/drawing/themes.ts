import type { ChartState } from '../chart/InspectedChart.ts';

/** What a state means to the person, as a colour. */
export type Mood = 'calm' | 'busy' | 'good' | 'doubtful' | 'asking' | 'bad' | 'crossroads' | 'group';

export interface Theme {
  readonly page: string;
  readonly panel: string;
  readonly border: string;
  readonly ink: string;
  readonly soft: string;
  readonly goal: string;
  readonly arrow: string;
  readonly moods: { readonly [mood in Mood]: { readonly fill: string; readonly line: string; readonly ink: string } };
}

const moods: { readonly [path: string]: Mood } = {
  'session.fetchingToken': 'busy',
  'session.link.connecting': 'busy',
  'session.link.connected': 'good',
  'session.link.connected.fresh': 'good',
  'session.link.connected.stable': 'good',
  'session.link.connected.verifying': 'doubtful',
  'session.link.recovering': 'doubtful',
  'session.waiting.backoff': 'doubtful',
  'session.waiting.offline': 'doubtful',
  'session.prompting': 'asking',
  'session.kicked': 'bad',
  'session.failed': 'bad',
  'renewal.fetching': 'busy',
  'renewal.delivering': 'busy',
  'renewal.replacing': 'busy',
  'database.opened': 'good',
  'database.failed': 'bad',
  'network.online': 'good',
  'network.offline': 'doubtful',
  'person.waiting': 'asking',
};

export function moodOf(state: ChartState): Mood {
  return moods[state.path] ?? (state.isCrossroad ? 'crossroads' : state.states.length > 0 ? 'group' : 'calm');
}

export const light: Theme = {
  page: '#ffffff',
  panel: '#f6f8fa',
  border: '#d1d9e0',
  ink: '#1f2328',
  soft: '#59636e',
  goal: '#0969da',
  arrow: '#59636e',
  moods: {
    calm: { fill: '#ffffff', line: '#8c959f', ink: '#1f2328' },
    busy: { fill: '#ddf4ff', line: '#54aeff', ink: '#0550ae' },
    good: { fill: '#dafbe1', line: '#4ac26b', ink: '#116329' },
    doubtful: { fill: '#fff8c5', line: '#d4a72c', ink: '#7d4e00' },
    asking: { fill: '#fbefff', line: '#c297ff', ink: '#6639ba' },
    bad: { fill: '#ffebe9', line: '#ff8182', ink: '#a40e26' },
    crossroads: { fill: '#ffffff', line: '#59636e', ink: '#1f2328' },
    group: { fill: '#eef1f4', line: '#afb8c1', ink: '#1f2328' },
  },
};

export const dark: Theme = {
  page: '#0d1117',
  panel: '#151b23',
  border: '#3d444d',
  ink: '#e6edf3',
  soft: '#9da7b3',
  goal: '#79c0ff',
  arrow: '#9198a1',
  moods: {
    calm: { fill: '#212830', line: '#656c76', ink: '#f0f6fc' },
    busy: { fill: '#0c2d4e', line: '#388bfd', ink: '#a5d6ff' },
    good: { fill: '#0f3320', line: '#2ea043', ink: '#7ee787' },
    doubtful: { fill: '#3a2c06', line: '#bb8009', ink: '#f2cc60' },
    asking: { fill: '#2f2150', line: '#8957e5', ink: '#d2a8ff' },
    bad: { fill: '#4a1a1c', line: '#da3633', ink: '#ffb1a8' },
    crossroads: { fill: '#0d1117', line: '#9198a1', ink: '#f0f6fc' },
    group: { fill: '#1c232c', line: '#4d5560', ink: '#f0f6fc' },
  },
};

/** The same names, as CSS custom properties: one drawing for both themes. */
export const byVariables: Theme = mapTheme(light, (_, name) => `var(--${name})`);

/** What gives the custom properties their colours. */
export function variablesOf(theme: Theme): string {
  const declarations: string[] = [];
  mapTheme(theme, (colour, name) => {
    declarations.push(`--${name}:${colour}`);
    return colour;
  });
  return declarations.join(';');
}

function mapTheme({ moods: all, ...rest }: Theme, change: (colour: string, name: string) => string): Theme {
  const entriesOf = (colours: object, prefix: string) =>
    Object.entries(colours).map(([name, colour]: [string, string]) => [name, change(colour, `chart-${prefix}${name}`)]);
  return {
    ...(Object.fromEntries(entriesOf(rest, '')) as Omit<Theme, 'moods'>),
    moods: Object.fromEntries(
      Object.entries(all).map(([mood, colours]) => [mood, Object.fromEntries(entriesOf(colours, `${mood}-`))]),
    ) as unknown as Theme['moods'],
  };
}
