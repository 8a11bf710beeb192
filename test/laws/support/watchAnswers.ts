import { createActor, type InspectionEvent, type SnapshotFrom, type StateNode } from 'xstate';
import {
  connectionMachine,
  type ConnectionEvent,
  type ConnectionInput,
  type PersistedConnection,
  SecretToken,
} from 'connection-machine/machine';
import { readChart, statesOf } from '../../../src/inspect/chart/readChart.ts';
import type { ChartArrow } from '../../../src/inspect/chart/InspectedChart.ts';
import { samples } from './everyState.ts';

type Snapshot = SnapshotFrom<typeof connectionMachine>;
type Transition = ReturnType<typeof connectionMachine.getTransitionData>[number];

/** What the real chart was seen to answer. */
export interface Answers {
  /** The ways taken, by `cellOf` the state and the event. */
  readonly taken: ReadonlyMap<string, ReadonlySet<string>>;
  /** The cells in which an event came and no way was taken. */
  readonly silent: ReadonlySet<string>;
  /** The states in which it rests between two events. */
  readonly rests: ReadonlySet<string>;
  /** What an event changed that every region ignored, and every event that ended the chart. */
  readonly problems: readonly string[];
  readonly configurations: number;
  readonly edges: number;
}

export const cellOf = (state: string, event: string): string => `${state}: ${event || 'at once'}`;
export const wayOf = ({ from, guard, to, actions }: ChartArrow): string => `${from} [${guard}] → ${to ?? 'stays'}: ${actions.join()}`;

const now = 1_700_000_000_000;
/** The end of a token, the moment at which it is due for renewal, and an end that no timer reaches. */
const soon = now + 600_000;
const due = soon - 5_000;
const farAway = now + 9_000_000_000;
/** The token that comes again and again, also when it was refused. */
const first = new SecretToken('kept');
const token = (name: string, expiresAt?: number) => new SecretToken(name, expiresAt);

const restored = (status: PersistedConnection['status']): Partial<ConnectionInput> => ({
  restore: { version: 1, savedAt: now, status, attempt: 1, renewals: 0, renewedAt: [], retryAt: now + 5_000, failure: { kind: 'network' } },
});
const beginnings: readonly Partial<ConnectionInput>[] = [
  { token: first, expectedUserId: 'alice' },
  { token: token('passed', now - 1) },
  ...(['kicked', 'failed', 'waiting'] as const).map(restored),
];

const more: readonly ConnectionEvent[] = [
  { type: 'token.pushed', token: first },
  { type: 'link.renewalFailed', token: token('pushed'), failure: { kind: 'kicked' } },
];

/** All that may happen next, and when. */
function happenings(snapshot: Snapshot): [event: { type: string }, at: number][] {
  const timers = snapshot._nodes.flatMap((node) => node.after.map(({ eventType }) => ({ type: eventType as string })));
  const ends = snapshot._nodes.flatMap((node) =>
    node.invoke.flatMap(({ id }) => [
      ...[token('fetched', soon), first, token('fetched', farAway)].map((output) => ({ type: `xstate.done.actor.${id}`, output })),
      ...[{ kind: 'forbidden' }, { kind: 'server', retryAfter: 1_000 }].map((error) => ({ type: `xstate.error.actor.${id}`, error })),
    ]),
  );
  const sent = [...Object.values(samples).flat(), ...more];
  // the platform's, which is no invoked service, and the last words of services that are gone
  const stray = { type: 'xstate.error.actor.platform', error: new Error('thrown') };
  return [
    ...[...sent, ...ends, stray, ...timers].map((event): [{ type: string }, number] => [event, now]),
    ...[...timers, { type: 'app.woke', sleptMs: 60_000 }].map((event): [{ type: string }, number] => [event, due]),
  ];
}

/**
 * What the chart's questions are about, one by one. A configuration is walked on from when it shows one of these for the first time: all
 * combinations would be hundreds of thousands, and show no other answers.
 */
function featuresOf({ value, context }: Snapshot): string[] {
  const { token: kept, linkToken, policy, refusedTokens } = context;
  const isRefused = (one: SecretToken | undefined) => refusedTokens.some((refused) => refused.equals(one));
  const features = [
    [kept === undefined, kept?.equals(linkToken), kept?.expiresAt, isRefused(kept), isRefused(first)],
    [context.tokenReason],
    [context.renewals < policy.maxTokenRenewals, context.notBefore > now],
    [Math.min(context.hurries, 3), context.isHurried],
    [context.canVerify, context.canRenew],
    [context.userId, context.expectedUserId, context.databaseReport?.ok, value.database],
  ];
  return [JSON.stringify(value), ...features.map((feature, index) => JSON.stringify([value.session, value.renewal, index, feature]))];
}

const nameOf = (type: string) =>
  type
    .replace('xstate.error.actor.platform', 'xstate.error.actor.*')
    .replace(/^xstate\.(done|error)\.actor\.(\w+)$/, '$1 $2')
    .replace(/^xstate\.after\.(\w+)\..*$/, 'after $1');
const leavesOf = ({ _nodes }: Snapshot) => _nodes.filter(({ type }) => type === 'atomic').map(({ path }) => path.join('.'));

/** The chart's transitions as the table names them. */
function arrowsOf(): Map<unknown, ChartArrow> {
  const found = new Map<unknown, ChartArrow>();
  const arrows = new Map(
    readChart(connectionMachine)
      .states.flatMap(statesOf)
      .map((state) => [state.path, state.arrows]),
  );
  const walk = (node: StateNode<never, never>): void => {
    const transitions = [...node.transitions.values()].flat().concat(node.always ?? []);
    transitions.forEach((transition, index) => {
      const arrow = arrows.get(node.path.join('.'))?.[index];
      if (arrow) found.set(transition, arrow);
    });
    Object.values(node.states).forEach(walk);
  };
  walk(connectionMachine.root as never);
  return found;
}

/** Walks the real chart through all that may happen and notes, microstep by microstep, which ways each state takes. */
export function watchAnswers(): Answers {
  const arrows = arrowsOf();
  const taken = new Map<string, Set<string>>();
  const silent = new Set<string>();
  const rests = new Set<string>();
  const problems: string[] = [];
  const places: Snapshot[] = [];
  const known = new Set<string>();
  let edges = 0;

  let moment = now;
  let actions = 0;
  let steps: { readonly snapshot: Snapshot; readonly transitions: readonly Transition[] }[] = [];
  const given = { now: () => moment, random: () => 0.5, policy: { maxTokenRenewals: 1 } };
  const self = createActor(connectionMachine, {
    input: given,
    inspect(event: InspectionEvent) {
      if (event.type === '@xstate.microstep')
        steps.push({ snapshot: event.snapshot as Snapshot, transitions: event._transitions as never });
    },
  });
  const nothing = () => undefined;
  // one scope that carries nothing out serves every step; XState's own transition() would make an actor for each
  const scope = {
    ...{ self, id: '', sessionId: '', system: self.system, defer: nothing, logger: nothing, stopChild: nothing, emit: nothing },
    actionExecutor: () => void (actions += 1),
  };
  const chart = connectionMachine as unknown as {
    transition(snapshot: Snapshot, event: { type: string }, inside: typeof scope): Snapshot;
    getInitialSnapshot(inside: typeof scope, input: Partial<ConnectionInput>): Snapshot;
  };

  function note(before: Snapshot | undefined, transitions: readonly Transition[]): void {
    for (const transition of transitions) {
      const arrow = arrows.get(transition);
      if (!arrow) continue;
      for (const leaf of before ? leavesOf(before) : [arrow.from]) {
        if (leaf !== arrow.from && !leaf.startsWith(`${arrow.from}.`)) continue;
        const cell = cellOf(leaf, arrow.event);
        taken.set(cell, (taken.get(cell) ?? new Set()).add(wayOf(arrow)));
      }
    }
  }
  function visit(snapshot: Snapshot): void {
    const fresh = featuresOf(snapshot).filter((feature) => !known.has(feature));
    if (fresh.length === 0) return;
    for (const feature of fresh) known.add(feature);
    places.push(snapshot);
    for (const leaf of leavesOf(snapshot)) rests.add(leaf);
  }

  for (const beginning of beginnings) {
    steps = [];
    visit(chart.getInitialSnapshot(scope, { ...given, ...beginning }));
    steps.forEach(({ transitions }, index) => note(steps[index - 1]?.snapshot, transitions));
  }
  for (const snapshot of places) {
    for (const [event, at] of happenings(snapshot)) {
      [moment, steps, actions, edges] = [at, [], 0, edges + 1];
      const next = chart.transition(snapshot, event, scope);
      moment = now;
      steps.forEach(({ transitions }, index) => note(steps[index - 1]?.snapshot ?? snapshot, transitions));
      // the first step is the event's own; what follows is what the chart tells itself
      const own = steps[0]?.transitions ?? [];
      const answered = own.map(({ source }) => source.path.join('.'));
      for (const leaf of leavesOf(snapshot)) {
        if (!answered.some((from) => leaf === from || leaf.startsWith(`${from}.`))) silent.add(cellOf(leaf, nameOf(event.type)));
      }
      const told = `${JSON.stringify(snapshot.value)}: ${event.type}`;
      const isIgnored = own.every(({ target, actions: does }) => target === undefined && does.length === 0);
      const isSame = next.context === snapshot.context && JSON.stringify(next.value) === JSON.stringify(snapshot.value) && actions === 0;
      if (isIgnored && !isSame) problems.push(`${told} is ignored and changes something`);
      if (next.status === 'active') visit(next);
      else problems.push(`${told} ends the chart`);
    }
  }
  return { taken, silent, rests, problems, configurations: places.length, edges };
}
