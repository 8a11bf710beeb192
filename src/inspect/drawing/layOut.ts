import type { ElkExtendedEdge, ElkLabel, ElkNode } from 'elkjs/lib/elk-api.js';
import { boxOf, labelSize, type Box, type Wording } from './boxOf.ts';
import type { DrawnArrow, Picture } from './pictureOf.ts';
import { statesOf } from '../chart/readChart.ts';
import type { ChartState } from '../chart/InspectedChart.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface PlacedState extends Point {
  readonly state: ChartState;
  readonly box: Box;
  readonly width: number;
  readonly height: number;
}

export interface PlacedArrow {
  readonly from: string;
  readonly to: string;
  readonly points: readonly Point[];
  readonly label: (Point & { readonly lines: readonly string[] }) | undefined;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  /** Outer ones first. */
  readonly states: readonly PlacedState[];
  readonly arrows: readonly PlacedArrow[];
  /** Where a region or a state begins, and where arrows from anywhere begin. */
  readonly dots: readonly (Point & { readonly kind: 'initial' | 'anywhere' })[];
}

const dotSize = 10;
const anywhereHeight = 22;

/** Of elkjs, what is needed. */
export interface Layouter {
  layout(graph: ElkNode): Promise<ElkNode>;
}

/** Places a region's states and routes its arrows. elkjs, which the caller brings along, does the work, and does it the same way each time. */
export async function layOut(picture: Picture, elk: Layouter, wording: Wording = 'full'): Promise<Layout> {
  const boxes = new Map<string, Box>();
  const states = new Map<string, ChartState>();
  const { region } = picture;
  // as the chart is written, from top to bottom
  const order = statesOf(region).map(({ path }) => path);
  const goesUp = (from: string, to: string) => order.indexOf(from) > order.indexOf(to);
  const fromAnywhere = picture.drawn.filter(({ from }) => from === region.path);

  const toElk = (state: ChartState): ElkNode => {
    const box = boxOf(state, picture.written.get(state.path) ?? [], wording);
    boxes.set(state.path, box);
    states.set(state.path, state);
    if (state.states.length === 0) return { id: state.path, width: box.width, height: box.height };
    return {
      id: state.path,
      layoutOptions: {
        'elk.padding': `[top=${box.height + 6},left=18,bottom=18,right=18]`,
        'elk.nodeSize.constraints': 'MINIMUM_SIZE',
        'elk.nodeSize.minimum': `(${box.width},${box.height})`,
        ...layered,
      },
      children: inner(state),
      edges: begin(state),
    };
  };
  const inner = (state: ChartState): ElkNode[] => [
    { id: `${state.path}:begin`, width: dotSize, height: dotSize },
    ...state.states.map(toElk),
  ];
  const toEdge = ({ from, to, lines }: DrawnArrow): ElkExtendedEdge => {
    const source = from === region.path ? `${to}:anywhere` : from;
    // elkjs is given no cycle to break: an arrow that goes up is laid out as one that comes down, and turned round afterwards
    const ends = goesUp(from, to) ? { sources: [to], targets: [source] } : { sources: [source], targets: [to] };
    return { id: `${from} ${to}`, ...ends, labels: [{ text: lines.join('\n'), ...labelSize(lines) }] };
  };
  const begin = (state: ChartState): ElkExtendedEdge[] =>
    state.states
      .filter(({ isInitial }) => isInitial)
      .map(({ path }) => ({ id: `${state.path}:begin ${path}`, sources: [`${state.path}:begin`], targets: [path] }));

  const graph: ElkNode = {
    id: region.path,
    layoutOptions: {
      'elk.algorithm': 'layered',
      'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
      'json.shapeCoords': 'ROOT',
      'json.edgeCoords': 'ROOT',
      'elk.padding': '[top=0,left=0,bottom=0,right=0]',
      ...layered,
    },
    children: [...fromAnywhere.map(({ to }) => ({ id: `${to}:anywhere`, width: anywhereWidth, height: anywhereHeight })), ...inner(region)],
    edges: [...begin(region), ...picture.drawn.map(toEdge)],
  };
  const placed = await elk.layout(graph);

  const dots: (Point & { kind: 'initial' | 'anywhere' })[] = [];
  const placedStates: PlacedState[] = [];
  const arrows: PlacedArrow[] = [];
  const collect = (node: ElkNode) => {
    const { id, x = 0, y = 0, width = 0, height = 0 } = node;
    const state = states.get(id);
    const box = boxes.get(id);
    if (state && box) placedStates.push({ state, box, x, y, width, height });
    else if (id.endsWith(':begin')) dots.push({ kind: 'initial', x: x + width / 2, y: y + height / 2 });
    else if (id.endsWith(':anywhere')) dots.push({ kind: 'anywhere', x, y });
    for (const edge of node.edges ?? []) arrows.push(placeArrow(edge));
    for (const child of node.children ?? []) collect(child);
  };
  collect(placed);
  return { width: placed.width ?? 0, height: placed.height ?? 0, states: placedStates, arrows, dots };
}

export const anywhereWidth = 118;

const layered = {
  'elk.direction': 'DOWN',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.randomSeed': '1',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  'elk.layered.layering.strategy': 'LONGEST_PATH_SOURCE',
  'elk.layered.spacing.nodeNodeBetweenLayers': '18',
  'elk.layered.spacing.edgeNodeBetweenLayers': '15',
  'elk.layered.spacing.edgeEdgeBetweenLayers': '10',
  'elk.spacing.nodeNode': '22',
  'elk.spacing.edgeNode': '14',
  'elk.spacing.edgeEdge': '12',
  'elk.spacing.edgeLabel': '4',
};

function placeArrow(edge: ElkExtendedEdge): PlacedArrow {
  const section = edge.sections?.[0];
  if (!section) throw new Error(`elkjs has not routed ${edge.id}`);
  const points = [section.startPoint, ...(section.bendPoints ?? []), section.endPoint];
  const [from = '', to = ''] = edge.id.split(' ');
  const [label] = (edge.labels ?? []) as (ElkLabel & { x: number; y: number })[];
  return {
    from,
    to,
    points: edge.sources[0] === to ? points.reverse() : points,
    label: label?.text ? { x: label.x, y: label.y, lines: label.text.split('\n') } : undefined,
  };
}
