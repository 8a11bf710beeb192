import { anywhereWidth, type Layout, type PlacedArrow, type PlacedState, type Point } from './layOut.ts';
import { firstSentence, lineHeight, nameOf, padding, rowGap, sizes } from './boxOf.ts';
import { moodOf, type Theme } from './themes.ts';
import type { ChartState } from '../chart/InspectedChart.ts';

export interface Panel {
  readonly region: ChartState;
  readonly layout: Layout;
}

const margin = 24;
const gap = 24;
const inset = 18;
const headHeight = 46;

/**
 * Rows of columns of panels, as one SVG. States carry a `data-id`, arrows and what is written of them a `data-source` and a `data-target`.
 * With a theme it stands alone; without one it is coloured by the page's own style (`styleOf`).
 */
export function drawSvg(rows: readonly (readonly Panel[][])[], theme: Theme | undefined, title: string): string {
  const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0) + (numbers.length - 1) * gap;
  const widthOf = ({ layout }: Panel) => layout.width + 2 * inset;
  const heightOf = ({ layout }: Panel) => layout.height + headHeight + inset;
  const columnWidth = (column: readonly Panel[]) => Math.max(...column.map(widthOf));
  const rowWidth = (row: readonly Panel[][]) => sum(row.map(columnWidth));
  const inner = Math.max(...rows.map(rowWidth));
  const parts: string[] = [];
  let y = margin;
  for (const row of rows) {
    const rowHeight = Math.max(...row.map((column) => sum(column.map(heightOf))));
    let x = margin;
    for (const column of row) {
      // what is left over is shared, so that the edges are flush
      const width = columnWidth(column) + (inner - rowWidth(row)) / row.length;
      const spare = (rowHeight - sum(column.map(heightOf))) / column.length;
      let top = y;
      for (const panel of column) {
        const height = heightOf(panel) + spare;
        parts.push(drawPanel(panel, { x, y: top, width, height }, theme !== undefined));
        top += height + gap;
      }
      x += width + gap;
    }
    y += rowHeight + gap;
  }
  const width = Math.ceil(inner + 2 * margin);
  const height = Math.ceil(y - gap + margin);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escape(title)}">
${theme ? `<title>${escape(title)}</title>\n<style>${styleOf(theme)}</style>\n` : ''}<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto-start-reverse"><path class="tip" d="M0.5 0.8 7.2 4 0.5 7.2z"/></marker></defs>
<rect class="page" width="${width}" height="${height}" rx="10"/>
${parts.join('\n')}
</svg>
`;
}

function drawPanel({ region, layout }: Panel, at: Point & { width: number; height: number }, standsAlone: boolean): string {
  const { x, y, width, height } = at;
  const left = x + (width - layout.width) / 2;
  const top = y + headHeight + (height - headHeight - inset - layout.height) / 2;
  const outer = layout.states.filter(({ state }) => state.states.length > 0);
  const inner = layout.states.filter(({ state }) => state.states.length === 0);
  return `<g data-id="${escape(region.path)}">
<rect class="panel" ${rect({ x, y, width, height })} rx="10"/>
<text class="region" x="${r(x + inset)}" y="${r(y + 25)}">${escape(region.key)}</text>
<text class="text" x="${r(x + inset + region.key.length * 9.6 + 12)}" y="${r(y + 24.5)}">${escape(firstSentence(region.description))}</text>
${width > 900 ? drawLegend(x + width - inset, y) : ''}
<g transform="translate(${r(left)} ${r(top)})">
${outer.map((placed) => drawBox(placed, standsAlone)).join('\n')}
${layout.arrows.map(drawArrow).join('\n')}
${layout.dots.map(drawDot).join('\n')}
${outer.map(drawWords).join('\n')}
${inner.map((placed) => drawBox(placed, standsAlone) + drawWords(placed)).join('\n')}
${layout.arrows
  .map((arrow) => drawLabel(arrow, outer))
  .filter(Boolean)
  .join('\n')}
</g></g>`;
}

function drawLegend(right: number, y: number): string {
  const lines = ['◇ a crossroad: left in the same step, never seen', 'event [guard] → state: an arrow, written instead of drawn'];
  return lines
    .map((text, index) => `<text class="text" text-anchor="end" x="${r(right)}" y="${r(y + 24 + index * 15)}">${text}</text>`)
    .join('');
}

function drawBox({ state, x, y, width, height }: PlacedState, standsAlone: boolean): string {
  const kind = state.isCrossroad ? 'crossroad' : state.states.length > 0 ? 'outer' : 'state';
  const corner = state.isCrossroad ? 16 : 8;
  return `<g class="${kind} ${moodOf(state)}" data-id="${escape(state.path)}">${standsAlone ? `<title>${escape(state.description)}</title>` : ''}<rect ${rect({ x, y, width, height })} rx="${corner}"/></g>`;
}

/** What stands in a box, with the colour of the box around the letters: an arrow that passes behind leaves them legible. */
function drawWords({ state, box, x, y }: PlacedState): string {
  const left = r(x + padding.x);
  let line = y + padding.y + 11;
  const words = [`<text class="title" x="${left}" y="${r(line)}">${state.isCrossroad ? '◇ ' : ''}${escape(box.title)}</text>`];
  line += 2;
  for (const text of box.description) {
    line += lineHeight.text;
    words.push(`<text class="text" x="${left}" y="${r(line)}">${escape(text)}</text>`);
  }
  line += rowGap;
  for (const { label, to } of box.rows) {
    line += lineHeight.row;
    const goal = `<tspan class="goal">→ ${escape(nameOf(to))}</tspan>`;
    words.push(
      `<text class="row" data-source="${escape(state.path)}" data-target="${escape(to)}" x="${left}" y="${r(line)}">${escape(label)} ${goal}</text>`,
    );
  }
  return `<g class="words on-${moodOf(state)}">${words.join('')}</g>`;
}

function drawArrow({ from, to, points }: PlacedArrow): string {
  return `<path class="arrow" data-source="${escape(from)}" data-target="${escape(to)}" d="${pathOf(points)}" marker-end="url(#tip)"/>`;
}

function drawLabel({ from, to, label }: PlacedArrow, outer: readonly PlacedState[]): string {
  if (!label) return '';
  // the innermost box that it stands in
  const ground = [...outer]
    .reverse()
    .find(({ x, y, width, height }) => label.x > x && label.x < x + width && label.y > y && label.y < y + height);
  const lines = label.lines.map(
    (text, index) => `<text class="label" x="${r(label.x + 3)}" y="${r(label.y + 10.5 + index * lineHeight.label)}">${escape(text)}</text>`,
  );
  return `<g class="words${ground ? ` on-${moodOf(ground.state)}` : ''}" data-source="${escape(from)}" data-target="${escape(to)}">${lines.join('')}</g>`;
}

function drawDot({ kind, x, y }: Layout['dots'][number]): string {
  if (kind === 'initial') return `<circle class="dot" cx="${r(x)}" cy="${r(y)}" r="4.5"/>`;
  return `<g class="anywhere"><rect ${rect({ x, y, width: anywhereWidth, height: 22 })} rx="11"/><text class="label" x="${r(x + anywhereWidth / 2)}" y="${r(y + 14.5)}" text-anchor="middle">from any state</text></g>`;
}

/** Straight lines with soft corners. */
function pathOf(points: readonly Point[]): string {
  const radius = 6;
  return points
    .map((point, index) => {
      const before = points[index - 1];
      const after = points[index + 1];
      if (!before) return `M${r(point.x)} ${r(point.y)}`;
      if (!after) return `L${r(point.x)} ${r(point.y)}`;
      const into = towards(point, before, radius);
      const out = towards(point, after, radius);
      return `L${r(into.x)} ${r(into.y)}Q${r(point.x)} ${r(point.y)} ${r(out.x)} ${r(out.y)}`;
    })
    .join('');
}

function towards(from: Point, to: Point, distance: number): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const part = length === 0 ? 0 : Math.min(distance, length / 2) / length;
  return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
}

function rect({ x, y, width, height }: Point & { width: number; height: number }): string {
  return `x="${r(x)}" y="${r(y)}" width="${r(width)}" height="${r(height)}"`;
}

const r = (value: number) => String(Math.round(value * 10) / 10);

const escape = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

/** @param scope what stands before each selector, when the drawing shares a page with others */
export function styleOf(theme: Theme, scope = ''): string {
  const mono = `ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono','Liberation Mono',monospace`;
  const sans = `-apple-system,BlinkMacSystemFont,'Segoe UI','Noto Sans',Helvetica,Arial,sans-serif`;
  const moods = Object.entries(theme.moods).map(
    ([mood, { fill, line, ink }]) =>
      `.${mood}>rect{fill:${fill};stroke:${line}}.on-${mood}>text{stroke:${fill}}.on-${mood}>.title{fill:${ink}}`,
  );
  const rules = [
    `.page{fill:${theme.page}}.panel{fill:${theme.panel};stroke:${theme.border}}`,
    `text{font-family:${mono};fill:${theme.ink}}`,
    `.region{font-size:16px;font-weight:700}`,
    `.title{font-size:${sizes.title}px;font-weight:700}`,
    `.text{font-family:${sans};font-size:${sizes.text}px;fill:${theme.soft}}`,
    `.row{font-size:${sizes.row}px}.goal{fill:${theme.goal}}`,
    `.label{font-size:${sizes.label}px}`,
    `.words>text{paint-order:stroke;stroke:${theme.panel};stroke-width:3px;stroke-linejoin:round}`,
    `.anywhere>rect{fill:${theme.panel};stroke:${theme.arrow};stroke-dasharray:3 3}`,
    `.arrow{fill:none;stroke:${theme.arrow};stroke-width:1.4}.tip,.dot{fill:${theme.arrow}}`,
    `.outer>rect{stroke-width:1.3}.crossroad>rect{stroke-dasharray:4 3}`,
    ...moods,
  ];
  if (scope === '') return rules.join('');
  return rules.join('').replace(
    /([^{}]+)\{/g,
    (_, selectors: string) =>
      `${selectors
        .split(',')
        .map((one) => `${scope} ${one}`)
        .join(',')}{`,
  );
}
