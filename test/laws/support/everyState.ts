import { initialTransition, transition, type SnapshotFrom } from 'xstate';
import { connectionMachine, SecretToken, type ConnectionEvent } from 'connection-machine/machine';
import type { EventType } from '../../../scripts/totality/eventMeanings.ts';

type Snapshot = SnapshotFrom<typeof connectionMachine>;

/** A state of the whole chart, and the events that lead there. */
export interface Place {
  readonly snapshot: Snapshot;
  readonly story: readonly string[];
}

const token = (name: string, expiresAt?: number) => new SecretToken(name, expiresAt);
const now = 1_700_000_000_000;

/** At least one event of each type; more where what it says makes a difference. */
export const samples: { readonly [Type in EventType]: readonly ConnectionEvent[] } = {
  'user.connect': [
    { type: 'user.connect', userWaiting: true },
    { type: 'user.connect', userWaiting: false },
  ],
  'user.disconnect': [
    { type: 'user.disconnect', logout: true },
    { type: 'user.disconnect', logout: false },
  ],
  'user.retry': [{ type: 'user.retry' }],
  'user.cancel': [{ type: 'user.cancel' }],
  'token.pushed': [
    { type: 'token.pushed', token: token('pushed') },
    { type: 'token.pushed', token: token('another', now + 60_000) },
  ],
  'link.succeeded': [
    { type: 'link.succeeded', userId: 'alice', canVerify: true, canRenew: true },
    { type: 'link.succeeded', userId: 'alice', canVerify: false, canRenew: false },
    { type: 'link.succeeded', userId: 'mallory', canVerify: true, canRenew: true },
  ],
  'link.interrupted': [{ type: 'link.interrupted', failure: undefined }],
  'link.failed': (['tokenIncorrect', 'timeout', 'network', 'kicked', 'blocked', 'forbidden'] as const).map((kind) => ({
    type: 'link.failed' as const,
    failure: { kind },
  })),
  'link.verified': [{ type: 'link.verified' }],
  'link.renewed': [{ type: 'link.renewed', token: token('pushed') }],
  'link.renewalFailed': [
    { type: 'link.renewalFailed', token: token('pushed'), failure: { kind: 'tokenIncorrect' } },
    { type: 'link.renewalFailed', token: token('pushed'), failure: { kind: 'network' } },
  ],
  'database.opened': [{ type: 'database.opened', code: undefined }],
  'database.failed': [{ type: 'database.failed', code: 33_002 }],
  'network.online': [{ type: 'network.online' }],
  'network.offline': [{ type: 'network.offline' }],
  'app.foregrounded': [{ type: 'app.foregrounded' }],
  'app.backgrounded': [{ type: 'app.backgrounded' }],
  'app.woke': [{ type: 'app.woke', sleptMs: 60_000 }],
  'timeLimit.passed': [{ type: 'timeLimit.passed' }],
  'link.outdated': [{ type: 'link.outdated' }],
  'login.ended': [{ type: 'login.ended', failure: { kind: 'forbidden' } }],
};

/** All that may happen next: the events above, the timers that run, and what the services may answer. */
function chartEvents(snapshot: Snapshot): ConnectionEvent[] {
  const inner = snapshot._nodes.flatMap((node) => [
    ...node.after.map(({ eventType }) => ({ type: eventType })),
    ...node.invoke.flatMap(({ id }) => [
      { type: `xstate.done.actor.${id}`, output: token('fetched', now + 600_000), actorId: id },
      ...[{ kind: 'forbidden' }, { kind: 'server', retryAfter: 1_000 }, new Error('thrown'), undefined].map((error) => ({
        type: `xstate.error.actor.${id}`,
        error,
        actorId: id,
      })),
    ]),
  ]);
  return [...Object.values(samples).flat(), ...(inner as unknown as ConnectionEvent[])];
}

/** Two places are the same when nothing that a guard asks for differs. */
function keyOf({ value, context }: Snapshot): string {
  const { token: kept, linkToken, canVerify, canRenew, renewals, policy } = context;
  const tokens = [kept === undefined, kept?.equals(linkToken), kept?.expiresAt === undefined];
  return JSON.stringify([value, tokens, canVerify, canRenew, renewals < policy.maxTokenRenewals]);
}

/** Every state that can be reached, each by a shortest story; and every event, in every one of them, that threw or ended the chart. */
export function everyState(): { places: Place[]; problems: string[] } {
  let moment = now;
  const input = { token: token('kept'), expectedUserId: 'alice', now: () => moment, random: () => 0.5, policy: { maxTokenRenewals: 1 } };
  const [first] = initialTransition(connectionMachine, input);
  const places: Place[] = [{ snapshot: first, story: [] }];
  const problems: string[] = [];
  const seen = new Set([keyOf(first)]);
  for (const { snapshot, story } of places) {
    for (const event of chartEvents(snapshot)) {
      const told = [...story, event.type];
      // a timer that is set by the clock ends when its moment has come
      moment = event.type.includes('untilRenewal') ? now + 595_000 : now;
      try {
        const [next] = transition(connectionMachine, snapshot, event);
        if (next.status !== 'active') problems.push(`${next.status} after ${told.join(', ')}`);
        const key = keyOf(next);
        if (seen.has(key)) continue;
        seen.add(key);
        places.push({ snapshot: next, story: told });
      } catch (problem) {
        problems.push(`${String(problem)} after ${told.join(', ')}`);
      }
    }
  }
  return { places, problems };
}
