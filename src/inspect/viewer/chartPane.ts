import { statesOf } from '../chart/readChart.ts';
import { make, makeButton, setText } from './dom.ts';
import { createDrawings, type LoadElk } from './drawings.ts';
import { createLights, type Lights } from './lightUp.ts';
import { nestedBoxes } from './nestedBoxes.ts';
import { stateCard } from './stateCard.ts';
import type { InspectedChart } from '../chart/InspectedChart.ts';
import type { Model } from './createModel.ts';

/** Below this, letters cannot be read: a narrow window shows a part of the chart. */
const legible = 0.62;
const scales = { least: 0.15, most: 3, step: 1.25 };

/** The chart, with where things stand. It can be moved, zoomed, and asked what a state is for. */
export function createChartPane(loadElk: LoadElk | undefined) {
  const drawings = createDrawings(loadElk);
  let drawing:
    | { readonly key: string; readonly chart: InspectedChart; readonly width: number; readonly element: Element; readonly lights: Lights }
    | undefined;
  let wanted = '';
  let latest: Model | undefined;
  /** `undefined`: as wide as there is room, and still legible. */
  let scale: number | undefined;
  let isFollowing = true;

  const canvas = make('div', {
    class: 'canvas',
    tabindex: '0',
    role: 'group',
    'aria-label': 'The chart. Plus and minus zoom, 0 fits, arrows move it.',
  });
  const note = make('p', { class: 'chart-note', hidden: true });
  const card = make('div', { class: 'card-place' });
  const follow = makeButton('Follow', () => setFollowing(!isFollowing), {
    'aria-pressed': 'true',
    title: 'Keep the active state in sight',
  });
  const tools = make(
    'div',
    { class: 'chart-tools', role: 'toolbar', 'aria-label': 'The chart' },
    makeButton('−', () => zoom(1 / scales.step), { 'aria-label': 'Zoom out', title: 'Zoom out (−)' }),
    makeButton('Fit', () => fit(), { title: 'Fit the width (0)' }),
    makeButton('All', () => overview(), { title: 'See the whole chart' }),
    makeButton('+', () => zoom(scales.step), { 'aria-label': 'Zoom in', title: 'Zoom in (+)' }),
    follow,
  );
  const element = make('section', { class: 'chart-pane', 'aria-label': 'Chart' }, canvas, note, tools, card);

  function setFollowing(wish: boolean): void {
    isFollowing = wish;
    follow.setAttribute('aria-pressed', String(wish));
    if (wish && latest) show(latest);
  }
  const widthScale = () => Math.min(1.15, Math.max(scales.least, (canvas.clientWidth - 2) / (drawing?.width ?? 1)));
  const scaleNow = () => scale ?? Math.max(legible, widthScale());
  const size = () => {
    if (drawing?.element instanceof SVGElement) drawing.element.style.width = `${Math.floor(drawing.width * scaleNow())}px`;
  };
  function zoom(factor: number): void {
    const before = scaleNow();
    scale = Math.min(scales.most, Math.max(scales.least, before * factor));
    const middle = { x: canvas.scrollLeft + canvas.clientWidth / 2, y: canvas.scrollTop + canvas.clientHeight / 2 };
    size();
    const grown = scale / before;
    canvas.scrollTo(middle.x * grown - canvas.clientWidth / 2, middle.y * grown - canvas.clientHeight / 2);
  }
  function fit(): void {
    scale = widthScale();
    size();
    if (latest) show(latest);
  }
  function overview(): void {
    const height = Number((drawing?.element as SVGSVGElement | undefined)?.viewBox?.baseVal?.height ?? 0);
    if (!drawing || height === 0) return;
    scale = Math.max(scales.least, Math.min(canvas.clientWidth / drawing.width, canvas.clientHeight / height));
    size();
  }

  const keepInSight = (target: Element) => {
    const [box, view] = [target.getBoundingClientRect(), canvas.getBoundingClientRect()];
    const margin = 24;
    const isSeen = box.top >= view.top + margin && box.bottom <= view.bottom - margin && box.left >= view.left && box.right <= view.right;
    if (isSeen || view.height === 0) return;
    const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    canvas.scrollTo({
      top: canvas.scrollTop + (box.top + box.bottom - view.top - view.bottom) / 2,
      left: canvas.scrollLeft + (box.left + box.right - view.left - view.right) / 2,
      behavior: isCalm ? 'auto' : 'smooth',
    });
  };

  const adopt = (key: string, chart: InspectedChart, svg: SVGSVGElement | undefined) => {
    const drawn = svg ?? nestedBoxes(chart);
    drawing = { key, chart, element: drawn, width: svg?.viewBox.baseVal.width ?? 0, lights: createLights(drawn) };
    scale = undefined;
    svg?.removeAttribute('height');
    svg?.classList.add('chart');
    canvas.replaceChildren(drawn);
    note.hidden = svg !== undefined;
    setText(note, 'Arrows are drawn when your project has elkjs: npm i -D elkjs');
    size();
  };

  const show = ({ moment, selected }: Model) => {
    if (!moment || !selected || drawing?.key !== selected.drawing) return;
    const here = drawing.lights.show(moment.state, moment.step?.transitions ?? []);
    if (here && isFollowing) keepInSight(here);
  };

  canvas.addEventListener('keydown', ({ key }) => {
    if (key === '+' || key === '=') zoom(scales.step);
    else if (key === '-') zoom(1 / scales.step);
    else if (key === '0') fit();
    else if (key === 'Escape') closeCard();
  });
  canvas.addEventListener(
    'wheel',
    (event) => {
      // as everywhere: with Ctrl, or by pinching a touchpad
      if (!event.ctrlKey && !event.metaKey) return setFollowing(false);
      event.preventDefault();
      zoom(Math.exp(-event.deltaY / 400));
    },
    { passive: false },
  );
  canvas.addEventListener('pointerdown', (event) => {
    if (event.pointerType !== 'mouse' || event.button !== 0) return;
    const from = { x: event.clientX + canvas.scrollLeft, y: event.clientY + canvas.scrollTop };
    const move = ({ clientX, clientY }: PointerEvent) => {
      if (Math.hypot(clientX - event.clientX, clientY - event.clientY) > 4) setFollowing(false);
      canvas.scrollTo(from.x - clientX, from.y - clientY);
    };
    canvas.setPointerCapture(event.pointerId);
    canvas.addEventListener('pointermove', move);
    canvas.addEventListener('pointerup', () => canvas.removeEventListener('pointermove', move), { once: true });
    canvas.addEventListener('pointercancel', () => canvas.removeEventListener('pointermove', move), { once: true });
  });
  const closeCard = () => card.replaceChildren();
  canvas.addEventListener('click', (event) => {
    const target = (event.composedPath() as Element[]).find(
      (one) => one instanceof Element && one.hasAttribute('data-id') && one.getAttribute('data-id') !== '',
    );
    // a word stands on its box, and belongs to it
    const path = target?.getAttribute('data-id') ?? stateUnder(event);
    const state = drawing?.chart.states.flatMap(statesOf).find((one) => one.path === path);
    if (state) card.replaceChildren(stateCard(state, closeCard));
    else closeCard();
  });
  const stateUnder = ({ clientX, clientY }: MouseEvent): string | undefined => {
    const boxes = [...canvas.querySelectorAll('[data-id]')].filter((one) => {
      const { left, right, top, bottom } = (one.querySelector(':scope > rect') ?? one).getBoundingClientRect();
      return clientX >= left && clientX <= right && clientY >= top && clientY <= bottom;
    });
    return boxes[boxes.length - 1]?.getAttribute('data-id') ?? undefined;
  };
  const resized = new ResizeObserver(() => {
    if (scale === undefined) size();
    if (latest) show(latest);
  });
  resized.observe(canvas);

  return {
    element,
    render(model: Model) {
      latest = model;
      const { selected } = model;
      if (!selected) {
        canvas.replaceChildren();
        drawing = undefined;
        wanted = '';
        return;
      }
      if (drawing?.key === selected.drawing) return show(model);
      if (wanted === selected.drawing) return;
      wanted = selected.drawing;
      const { chart } = selected;
      closeCard();
      void drawings(wanted, chart).then((svg) => {
        if (wanted !== selected.drawing) return;
        adopt(selected.drawing, chart, svg);
        if (latest) show(latest);
      });
    },
    close: () => resized.disconnect(),
  };
}
