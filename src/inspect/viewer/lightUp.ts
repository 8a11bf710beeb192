import type { InspectedState, InspectedTransition } from '../InspectMessage.ts';

/** Shows on a drawing where things stand and how they came there. Only classes are toggled: nothing is laid out anew. */
export function createLights(drawing: Element) {
  const states = new Map<string, Element[]>();
  const ways = new Map<string, Element[]>();
  const add = (map: Map<string, Element[]>, key: string, element: Element) => map.set(key, [...(map.get(key) ?? []), element]);
  for (const element of drawing.querySelectorAll('[data-id]')) add(states, element.getAttribute('data-id') ?? '', element);
  for (const element of drawing.querySelectorAll('[data-source]')) {
    add(ways, `${element.getAttribute('data-source')} ${element.getAttribute('data-target')}`, element);
  }
  let lit: { readonly element: Element; readonly light: string }[] = [];
  const light = (element: Element, name: string) => {
    element.classList.add(name);
    lit.push({ element, light: name });
  };

  return {
    /** @returns the innermost active state of the first region, to be kept in sight */
    show({ active }: InspectedState, transitions: readonly InspectedTransition[]): Element | undefined {
      for (const { element, light: name } of lit) element.classList.remove(name);
      lit = [];
      const isInner = (path: string) => !active.some((other) => other.startsWith(`${path}.`));
      let here: Element | undefined;
      for (const path of active) {
        for (const element of states.get(path) ?? []) {
          light(element, isInner(path) ? 'is-here' : 'is-around');
          if (isInner(path)) here ??= element;
        }
      }
      for (const transition of transitions) {
        const { from, to } = transition;
        // an event that is answered where it came
        if (to === undefined) states.get(from)?.forEach((element) => light(element, 'is-noted'));
        else {
          ways.get(`${from} ${to}`)?.forEach((element) => lightWay(element, transition));
          // a crossroad is left at once: what was passed is seen by it
          if (!active.includes(to)) states.get(to)?.forEach((element) => light(element, 'is-passed'));
        }
      }
      return here;
    },
  };

  function lightWay(element: Element, { event, guard }: InspectedTransition): void {
    const words = [`${event} [${guard}]`.trim(), event === '' ? 'otherwise' : event];
    const says = (text: string | null) => words.some((one) => text === one || text?.startsWith(`${one} →`));
    if (element.localName === 'path') light(element, 'is-taken');
    // a written arrow
    else if (element.localName === 'text') says(element.textContent) && light(element, 'is-taken');
    // a label of several lines
    else {
      const lines = [...element.children];
      const mine = lines.filter((line) => says(line.textContent));
      (mine.length > 0 ? mine : lines).forEach((line) => light(line, 'is-taken'));
    }
  }
}

export type Lights = ReturnType<typeof createLights>;
