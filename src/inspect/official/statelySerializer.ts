import { connectionChart } from '../chart/describedChart.ts';
import { createDiscloser } from '../discloser.ts';
import { statelyDefinition } from './statelyDefinition.ts';
import type { StateValue } from '../chart/stateValue.ts';

/** The option `serialize` of `@statelyai/inspect`: what it returns is sent. */
export type StatelySerialize = <Message extends object>(message: Message) => Message;

/** No chart is deeper. */
const deepest = 20;

/**
 * For those who give `@statelyai/inspect` to a connection themselves, without `statelySink`: each message is made anew from what is
 * known to be harmless. Its own options are not enough: what services answer passes by `sanitizeContext` and `sanitizeEvent`.
 *
 * ```ts
 * const { inspect } = createBrowserInspector({ url, serialize: statelySerializer() });
 * createConnection({ …, inspect });
 * ```
 *
 * Tokens are gone, our chart is told in the author's order; of services and of other machines there is the id, the status and the states.
 * Each call makes a serializer of its own, which keeps in mind what it has to look for: one for each inspector.
 */
export function statelySerializer(): StatelySerialize {
  const discloser = createDiscloser(true);
  /** Messages that wait for a viewer come by a second time. */
  const made = new WeakSet();

  const text = (value: unknown) => (typeof value === 'string' ? discloser.text(value) : undefined);
  const valueOf = (value: unknown, depth = 0): StateValue | undefined => {
    if (typeof value !== 'object' || value === null || depth > deepest) return text(value);
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, inner]) => {
        const told = valueOf(inner, depth + 1);
        return told === undefined ? [] : [[discloser.text(key), told]];
      }),
    );
  };
  const eventOf = (event: unknown) =>
    discloser.event(typeof (Object(event) as { type?: unknown }).type === 'string' ? (event as { type: string }) : { type: '' });
  const snapshotOf = (snapshot: unknown) => {
    const { status, value, context } = Object(snapshot) as Record<string, unknown>;
    return plain({ status: text(status), value: valueOf(value), context: discloser.memory(context) });
  };
  const definitionOf = (definition: unknown) => {
    const { id, states } = parsed(definition);
    const chart = connectionChart();
    const isOurs = id === chart.id && chart.states.every(({ key }) => key in Object(states));
    return isOurs ? statelyDefinition(chart) : JSON.stringify({ id: text(id) });
  };

  return <Message extends object>(message: Message): Message => {
    if (made.has(message)) return message;
    const { type, name, event, snapshot, definition, ...rest } = message as Record<string, unknown>;
    const one = plain({
      type: text(type),
      ...Object.fromEntries(
        ['sessionId', 'rootId', 'parentId', 'sourceId', 'createdAt', 'id', '_version'].map((field) => [field, text(rest[field])]),
      ),
      // tokens are met in events first, and looked for in all texts that follow
      event: event === undefined ? undefined : eventOf(event),
      snapshot: snapshot === undefined ? undefined : snapshotOf(snapshot),
      name: text(name),
      definition: definition === undefined ? undefined : definitionOf(definition),
    });
    made.add(one);
    return one as Message;
  };
}

/** Without fields that are undefined, and with nothing that could not be cloned. */
const plain = (value: object) => JSON.parse(JSON.stringify(value)) as object;

function parsed(json: unknown): Record<string, unknown> {
  try {
    return Object(JSON.parse(String(json))) as Record<string, unknown>;
  } catch {
    return {};
  }
}
