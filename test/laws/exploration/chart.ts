import { createActor, type SnapshotFrom } from 'xstate';
import { type SecretToken, type ConnectionInput, type connectionMachine, type PersistedConnection } from 'connection-machine/machine';

export type Chart = typeof connectionMachine;
export type ChartSnapshot = SnapshotFrom<Chart>;

/** What the chart asks of its surroundings in one step, in the chart's own order. Nothing of it is carried out. */
export interface Effects {
  /** Services that were started, with what they were given. */
  readonly started: readonly { readonly id: string; readonly src: string; readonly input: { readonly token?: SecretToken } | undefined }[];
  readonly stopped: readonly string[];
  /** Timers set (with their ticks) and cancelled (without). */
  readonly timers: readonly { readonly id: string; readonly ticks: number | undefined }[];
  /** The token that a live link was asked to hand over. */
  readonly handed: SecretToken | undefined;
  readonly announced: readonly string[];
  readonly store: 'stored' | 'forgotten' | undefined;
}

export interface Step {
  readonly snapshot: ChartSnapshot;
  readonly effects: Effects;
  /** Did the chart throw dice? Then there is another step for every other throw. */
  readonly hasDice: boolean;
}

/** The moment at which every step happens: a configuration holds the times that are left, not the times of day. */
export const now = 1_700_000_000_000;

/** ms. Coarse, so that the configurations are few, and a divisor of every limit that is used here. */
export const tick = 5_000;

/** A throw of 1 is not in [0, 1); this is as good as 1, once rounded up to ticks. */
export const dice = { low: 0, high: 0.999 } as const;
export type Die = keyof typeof dice;

interface Recorded {
  readonly type: string;
  readonly params?: {
    readonly id?: string;
    readonly src?: string;
    readonly sendId?: string;
    readonly delay?: number;
    readonly event?: { readonly type: string; readonly token?: SecretToken };
    readonly input?: Effects['started'][number]['input'];
  };
}

export const toTicks = (ms: number): number => Math.max(0, Math.ceil(ms / tick));

/**
 * The real chart as a function from a snapshot and an event to a snapshot and effects. One inert scope serves every step, which is
 * several times faster than XState's own `transition()`: that builds an actor for each.
 */
export function pureChart(machine: Chart, given: Omit<ConnectionInput, 'now' | 'random'>, time: () => number = () => now) {
  let throws = 0;
  let die: Die = 'low';
  const input: ConnectionInput = { ...given, now: time, random: () => (throws++, dice[die]) };
  const self = createActor(machine, { input });
  let recorded: Recorded[] = [];
  const nothing = () => undefined;
  const scope = {
    self,
    id: '',
    sessionId: '',
    system: self.system,
    defer: nothing,
    logger: nothing,
    stopChild: nothing,
    emit: nothing,
    actionExecutor: (action: Recorded) => void recorded.push(action),
  };
  const inside = machine as unknown as {
    transition(snapshot: ChartSnapshot, event: { type: string }, scope: unknown): ChartSnapshot;
    getInitialSnapshot(scope: unknown, input: ConnectionInput): ChartSnapshot;
  };

  function watched(go: () => ChartSnapshot, thrown: Die): Step {
    recorded = [];
    throws = 0;
    die = thrown;
    const snapshot = go();
    return { snapshot, effects: effectsOf(recorded), hasDice: throws > 0 };
  }

  return {
    begin: (thrown: Die): Step => watched(() => inside.getInitialSnapshot(scope, input), thrown),
    /** A chart that begins with what a reload has left: without a store the kept token is gone. */
    beginAgain: (restore: PersistedConnection | undefined, thrown: Die): Step =>
      watched(() => {
        const { token: _, ...rest } = input;
        return inside.getInitialSnapshot(scope, { ...rest, ...(restore && { restore }) });
      }, thrown),
    step: (snapshot: ChartSnapshot, event: { type: string }, thrown: Die): Step =>
      watched(() => inside.transition(snapshot, event, scope), thrown),
  };
}

function effectsOf(recorded: readonly Recorded[]): Effects {
  const started: Effects['started'][number][] = [];
  const stopped: string[] = [];
  const timers: Effects['timers'][number][] = [];
  const announced: string[] = [];
  let handed: SecretToken | undefined;
  let store: Effects['store'];
  for (const { type, params = {} } of recorded) {
    const { id = '', src = '', sendId = '', delay, event } = params;
    if (type === 'xstate.spawnChild') started.push({ id, src, input: params.input });
    else if (type === 'xstate.stopChild') stopped.push(id);
    else if (type === 'xstate.raise' && delay !== undefined) timers.push({ id, ticks: toTicks(delay) });
    else if (type === 'xstate.cancel') timers.push({ id: sendId, ticks: undefined });
    else if (type === 'xstate.emit') announced.push(event!.type);
    else if (type === 'xstate.sendTo' && event!.type === 'link.renew') handed = event!.token;
    else if (type === 'storeToken') store = 'stored';
    else if (type === 'forgetStoredToken') store = 'forgotten';
  }
  return { started, stopped, timers, handed, announced, store };
}

/** The session's state in one word, innermost but for `connected`: `idle`, `connecting`, `backoff`, … */
export function whereIs({ value }: ChartSnapshot): string {
  let where: unknown = value.session;
  while (typeof where === 'object' && where !== null) {
    const [[name, inner]] = Object.entries(where) as [[string, unknown]];
    if (name === 'connected') return name;
    where = inner;
  }
  return String(where);
}
