import { drawSvg } from '../drawing/drawSvg.ts';
import { layOut, type Layouter } from '../drawing/layOut.ts';
import { pictureOf } from '../drawing/pictureOf.ts';
import { drawnChart, drawnFingerprint } from './drawnChart.ts';
import { parseSvg } from './dom.ts';
import type { ChartState, InspectedChart } from '../chart/InspectedChart.ts';

/** Brings elkjs, for charts that were not drawn when this viewer was built; rejects where there is none. */
export type LoadElk = () => Promise<Layouter>;

/** Draws charts: ours from what was drawn at build time, others when they are met. */
export function createDrawings(loadElk: LoadElk | undefined) {
  const known = new Map<string, Promise<string | undefined>>([[drawnFingerprint, Promise.resolve(drawnChart)]]);

  const draw = async (chart: InspectedChart): Promise<string | undefined> => {
    try {
      if (!loadElk) return undefined;
      const elk = await loadElk();
      const panels = [];
      for (const region of regionsOf(chart)) panels.push({ region, layout: await layOut(pictureOf(region), elk, 'names') });
      return drawSvg(
        panels.map((panel) => [[panel]]),
        undefined,
        `The chart of ${chart.id}`,
      );
    } catch {
      return undefined;
    }
  };

  /** The drawing of a chart as a new element; `undefined` when it cannot be laid out here. */
  return async (drawing: string, chart: InspectedChart): Promise<SVGSVGElement | undefined> => {
    if (!known.has(drawing)) known.set(drawing, draw(chart));
    const drawn = await known.get(drawing);
    return drawn === undefined ? undefined : parseSvg(drawn);
  };
}

/** The regions of a parallel machine; a machine that is not is one region itself. */
function regionsOf({ id, description, type, states }: InspectedChart): readonly ChartState[] {
  if (type === 'parallel') return states;
  const whole = { path: '', key: id, id, type, description, isCrossroad: false, isInitial: true, invokes: [], arrows: [] } as const;
  return [{ ...whole, states }];
}
