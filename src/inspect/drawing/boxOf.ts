import type { WrittenArrow } from './pictureOf.ts';
import type { ChartState } from '../chart/InspectedChart.ts';

/** What stands in a state's box, and the room it takes. */
export interface Box {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly description: readonly string[];
  readonly rows: readonly WrittenArrow[];
}

export const sizes = { title: 13, text: 11, row: 10.5, label: 10.5 };
export const lineHeight = { title: 17, text: 14, row: 14, label: 13 };
/** Between what a state is for and its written arrows. */
export const rowGap = 7;
export const padding = { x: 12, y: 9 };

/** Every common monospaced font is about this wide; no font has to be measured, so every machine draws the same picture. */
const monoWidth = 0.605;

const monoTextWidth = (text: string, size: number) => text.length * size * monoWidth;

/** How much is said in a picture: everything, or only names, where descriptions are a click away. */
export type Wording = 'full' | 'names';

export function boxOf(state: ChartState, rows: readonly WrittenArrow[], wording: Wording = 'full'): Box {
  const isOuter = state.states.length > 0;
  const description = wording === 'full' ? wrap(firstSentence(state.description), isOuter ? 60 : 42) : [];
  const width = Math.max(
    monoTextWidth(state.key, sizes.title) + (state.isCrossroad ? 20 : 0),
    ...description.map((line) => textWidth(line, sizes.text)),
    ...rows.map((row) => monoTextWidth(rowText(row), sizes.row)),
  );
  const height =
    lineHeight.title + description.length * lineHeight.text + (rows.length > 0 ? rowGap : 0) + rows.length * lineHeight.row + 2 * padding.y;
  return { width: Math.ceil(width + 2 * padding.x), height: Math.ceil(height), title: state.key, description, rows };
}

const rowText = ({ label, to }: WrittenArrow) => `${label} → ${nameOf(to)}`;

export const nameOf = (path: string) => path.slice(path.lastIndexOf('.') + 1);

export function labelSize(lines: readonly string[]): { width: number; height: number } {
  return {
    width: Math.ceil(Math.max(...lines.map((line) => monoTextWidth(line, sizes.label))) + 6),
    height: lines.length * lineHeight.label + 2,
  };
}

/** Of the system's sans-serif fonts, measured on the safe side. */
function textWidth(text: string, size: number): number {
  let ems = 0;
  for (const letter of text) ems += "iljtfrI.,:;'|! ".includes(letter) ? 0.33 : 'mwMW'.includes(letter) ? 0.86 : 0.57;
  return ems * size;
}

export function firstSentence(text: string): string {
  return /^.*?[.?!](?= |$)/.exec(text)?.[0] ?? text;
}

function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines[lines.length - 1];
    if (last !== undefined && `${last} ${word}`.length <= columns) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
