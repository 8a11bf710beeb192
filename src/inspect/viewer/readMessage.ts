import { count, dictionary, flag, later, list, number, oneOf, plain, record, text, type Check } from '../checks.ts';
import { inspectVersion, type InspectMessage } from '../InspectMessage.ts';

/** What became of something that came over a channel. */
export type ReadMessage =
  | { readonly is: 'message'; readonly message: InspectMessage }
  /** An inspector of another version talks here. */
  | { readonly is: 'foreign'; readonly version: number }
  | { readonly is: 'noise' };

/** Messages come from apps that may be broken, or not ours: each is looked at in all its parts before anything of it is shown. */
export function readMessage(given: unknown): ReadMessage {
  const { version, type } = Object(given) as { version?: unknown; type?: unknown };
  if (typeof version !== 'number' || typeof type !== 'string') return { is: 'noise' };
  if (version !== inspectVersion) return { is: 'foreign', version };
  const check = Object.keys(messages).includes(type) ? messages[type] : undefined;
  if (!check) return { is: 'noise' };
  try {
    check(given, type);
    return { is: 'message', message: given as InspectMessage };
  } catch {
    return { is: 'noise' };
  }
}

const optionalText: Check = (value, where) => void (value === undefined || value === null || text(value, where));
const event: Check = (value, where) => {
  dictionary(plain(5))(value, where);
  text((value as { type?: unknown }).type, `${where}.type`);
};
const timer = record({ name: text, state: text, startedAt: number, dueAt: number });
const state = record({ active: list(text), memory: dictionary(plain(5)), timers: list(timer) });
const arrow = { from: text, event: text, guard: text, actions: list(text) };
const transition = record({ ...arrow, why: text }, { to: optionalText });
const chartState: Check = record({
  path: text,
  key: text,
  id: text,
  type: oneOf('atomic', 'compound', 'parallel', 'final', 'history'),
  description: text,
  isCrossroad: flag,
  isInitial: flag,
  invokes: list(text),
  states: list(later(() => chartState)),
  arrows: list(record({ ...arrow, description: text }, { to: optionalText })),
});
const chart = record({ id: text, description: text, type: oneOf('compound', 'parallel', 'atomic'), states: list(chartState) });

const messages: Readonly<Record<string, Check>> = {
  actor: record({ connection: text, name: text, at: number, chart, policy: dictionary(number), state, now: number, allowEvents: flag }),
  step: record({ connection: text, seq: count, at: number, event, transitions: list(transition), emitted: list(event), state }),
  end: record({ connection: text, at: number }),
};
