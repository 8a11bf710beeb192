import { transition, type AnyActorRef, type SnapshotFrom } from 'xstate';
import { createContext, type ConnectionContext } from '../../../machines/connection/context.ts';
import { defaultPolicy } from '../../../machines/connection/policy.ts';
import { SecretToken } from '../../../machines/connection/SecretToken.ts';
import { pathOf } from '../chart/readChart.ts';
import { stateValue } from '../chart/stateValue.ts';
import { createDiscloser } from '../discloser.ts';
import { timerOf } from '../timerOf.ts';
import type { connectionMachine } from '../../../machines/connection/connectionMachine.ts';
import type { InspectedActor, InspectedEvent, InspectedState, InspectedStep, InspectedTimer, Plain } from '../InspectMessage.ts';

type Chart = typeof connectionMachine;
type Snapshot = SnapshotFrom<Chart>;

interface PureTimer extends InspectedTimer {
  /** Of the event that it will send. */
  readonly type: string;
}

/** The chart between two events, without anything that runs. */
export interface Moment {
  readonly snapshot: Snapshot;
  readonly state: Pick<InspectedState, 'active' | 'memory'>;
  readonly emitted: readonly InspectedEvent[];
  readonly timers: readonly PureTimer[];
}

/** Moments that the chart keeps; they are taken from the record, so that replaying does not drift. */
const moments = ['promptAt', 'retryAt', 'renewAt', 'hintedAt', 'notBefore', 'offlineSince', 'renewedAt'] as const;

/** The greatest that a die can show. */
const almostOne = 1 - 2 ** -53;

/** The real chart as a function from a moment and an event to the next moment. No service, no timer and no clock runs. */
export function pureChart(machine: Chart, policy: InspectedActor['policy']) {
  let today = 0;
  let die = 0;
  let throws = 0;
  const known = Object.entries(policy).filter(([name]) => name in defaultPolicy);
  const input = {
    policy: Object.fromEntries(known),
    now: () => today,
    random: () => {
      throws += 1;
      return die;
    },
  };
  const discloser = createDiscloser(true);
  const tokens = new Map<number, SecretToken>();

  /** What stands for a token in a report: the same number is the same token. */
  const toToken = ({ secret, expiresAt }: { secret: number; expiresAt?: number }): SecretToken => {
    const one = tokens.get(secret);
    if (one && one.expiresAt === expiresAt) return one;
    const made = new SecretToken(`replayed token ${secret}`, expiresAt);
    tokens.set(secret, made);
    return made;
  };
  const isToken = (value: unknown): value is { secret: number; expiresAt?: number } =>
    typeof (value as { secret?: unknown } | null)?.secret === 'number';
  const revive = (fields: { readonly [name: string]: Plain }): Record<string, unknown> =>
    Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, isToken(value) ? toToken(value) : value]));

  const toContext = (memory: InspectedState['memory']): ConnectionContext => {
    const { refusedTokens = [] } = memory;
    const refused = (refusedTokens as readonly number[]).map((secret) => toToken({ secret }));
    return { ...createContext({ input }), ...revive(memory), refusedTokens: refused };
  };

  /** A snapshot of these states, in which every service that lives there can be spoken to, and hears nothing. */
  const restAt = (value: Snapshot['value'], context: ConnectionContext): Snapshot => {
    const snapshot = machine.resolveState({ value, context });
    const children = snapshot._nodes.flatMap(({ invoke }) => invoke.map(({ id }) => [id, {} as AnyActorRef]));
    return Object.assign(snapshot, { children: { platform: {}, ...Object.fromEntries(children) } });
  };

  const stateOf = ({ _nodes: nodes, context }: Snapshot) => ({
    active: nodes
      .filter(({ path }) => path.length > 0)
      .sort((one, other) => one.order - other.order)
      .map(pathOf),
    memory: discloser.memory(context),
  });

  const take = ({ snapshot, timers }: Moment, { at, event }: InspectedStep, thrown: number): Moment => {
    today = at;
    die = thrown;
    const [next, actions] = transition(machine, snapshot, revive(event) as never);
    const running = new Map(timers.filter(({ type }) => type !== event.type).map((timer) => [timer.type, timer]));
    const emitted: InspectedEvent[] = [];
    for (const { type, params } of actions as readonly { type: string; params?: Record<string, unknown> }[]) {
      const { delay, event: said, sendId, id } = params ?? {};
      if (type === 'xstate.emit') emitted.push(discloser.event(said as { type: string }));
      if (type === 'xstate.cancel') running.delete(String(sendId));
      if (type === 'xstate.raise' && typeof delay === 'number') {
        const name = String(id);
        running.set(name, { ...timerOf(name, next._nodes), type: name, startedAt: at, dueAt: at + delay });
      }
    }
    return { snapshot: next, state: stateOf(next), emitted, timers: [...running.values()] };
  };

  return {
    begin({ at, chart, state }: InspectedActor): Moment {
      today = at;
      const snapshot = restAt(stateValue(chart, state.active) as Snapshot['value'], toContext(state.memory));
      const typeOf = ({ name }: InspectedTimer) =>
        snapshot._nodes.flatMap(({ after }) => after).find(({ eventType }) => eventType.startsWith(`xstate.after.${name}.`))?.eventType ??
        name;
      const timers = state.timers.map((timer) => ({ ...timer, type: typeOf(timer) }));
      return { snapshot, state: stateOf(snapshot), emitted: [], timers };
    },

    /** The next moment; where dice were thrown, with the throw that makes the wait the recorded one, if there is any. */
    next(moment: Moment, step: InspectedStep): Moment {
      throws = 0;
      const lowest = take(moment, step, 0);
      if (throws === 0) return lowest;
      const highest = take(moment, step, almostOne);
      const drawn = (['retryAt', 'renewAt'] as const).find((field) => lowest.state.memory[field] !== highest.state.memory[field]);
      return drawn ? throwFor(step.state.memory[drawn], (thrown) => take(moment, step, thrown), drawn) : lowest;
    },

    /** The same moment, by the recorded clock. */
    adopt({ snapshot, timers, ...rest }: Moment, { state: { memory, timers: recorded } }: InspectedStep): Moment {
      const times = Object.fromEntries(moments.map((name) => [name, memory[name]]));
      const dueAt = ({ name, state }: InspectedTimer) => recorded.find((one) => one.name === name && one.state === state);
      return {
        ...rest,
        snapshot: restAt(snapshot.value, { ...snapshot.context, ...times }),
        timers: timers.map((timer) => ({ ...timer, ...dueAt(timer) })),
      };
    },
  };
}

/** The moment whose wait ends when the recorded one did: the more is thrown, the later (or, for a renewal, the sooner) it ends. */
function throwFor(recorded: Plain | undefined, take: (thrown: number) => Moment, field: 'retryAt' | 'renewAt'): Moment {
  const endOf = ({ state }: Moment) => Number(state.memory[field]);
  let [low, high] = endOf(take(0)) < endOf(take(almostOne)) ? [0, almostOne] : [almostOne, 0];
  let found = take(low);
  for (let tries = 0; tries < 50 && endOf(found) !== recorded; tries += 1) {
    const middle = (low + high) / 2;
    found = take(middle);
    if (endOf(found) < Number(recorded)) low = middle;
    else high = middle;
  }
  return found;
}
