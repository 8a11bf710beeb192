import type { ConnectionEvent, SecretToken } from 'connection-machine/machine';
import type { Bounds } from './Bounds.ts';
import { hasOpenLink, hasService, type Configuration } from './Configuration.ts';
import { tokenNamed } from './standStill.ts';

/** Something that may happen next. The label tells it in words, and is its name in a counterexample. */
export interface Move {
  readonly label: string;
  readonly event: Happening | 'tick' | 'closed' | 'reload';
}

/** What the chart is told: its own events, what its services answer, and the ends of its timers. */
type Happening = ConnectionEvent | { readonly type: `xstate.${string}`; readonly output?: unknown; readonly error?: unknown };

const done = (id: string, output?: SecretToken) => ({ type: `xstate.done.actor.${id}`, output, actorId: id }) as const;
const failed = (id: string, error: unknown) => ({ type: `xstate.error.actor.${id}`, error, actorId: id }) as const;

/** The moves that are the same in every world. */
export const common = {
  connect: { label: 'connect, and a person waits', event: { type: 'user.connect', userWaiting: true } },
  retry: { label: 'retry', event: { type: 'user.retry' } },
  disconnect: { label: 'disconnect', event: { type: 'user.disconnect', logout: false } },
  logout: { label: 'log out', event: { type: 'user.disconnect', logout: true } },
  online: { label: 'online', event: { type: 'network.online' } },
  /** The transport is done with a link that was given up. */
  closed: { label: 'the old link has closed', event: 'closed' },
  /** The chart hears of it. */
  settled: { label: 'closed for good', event: done('settleLink') },
  tick: { label: 'a tick', event: 'tick' },
} as const satisfies Record<string, Move>;

const timers = new Map<string, Move>();

/** The end of a timer, by XState's name for it: `xstate.after.attemptTimeLimit.connection.session.link.connecting`. */
export function timerMove(id: string): Move {
  const [name, ...path] = id.replace('xstate.after.', '').split('.');
  const known = timers.get(id) ?? { label: `timer ${name} of ${path.at(-1)}`, event: { type: id as `xstate.${string}` } };
  timers.set(id, known);
  return known;
}

/** The moves of each kind, made once for each world: thousands of configurations share them. */
export function movesIn(bounds: Bounds) {
  const on = (label: string, event: ConnectionEvent): Move => ({ label, event });
  const lasting = bounds.tokens.flatMap((name) =>
    bounds.lifetimes.map((ticks) => ({ label: ticks === undefined ? name : `${name} for ${ticks}`, token: tokenNamed(name, ticks) })),
  );
  const pushable = bounds.tokens.map((name) => ({ label: name, token: tokenNamed(name) }));
  const asked = (id: string, who: string): Move[] => [
    ...lasting.map(({ label, token }) => ({
      label: `${who} is answered: ${label}`,
      event: done(id, token),
    })),
    ...bounds.tokenFailures.map((failure) => ({
      label: `${who} fails: ${failure.kind}${failure.retryAfter === undefined ? '' : ` with a hint`}`,
      event: failed(id, failure),
    })),
  ];

  const always = [
    common.connect,
    ...(bounds.hasSilentConnects ? [on('connect, silently', { type: 'user.connect', userWaiting: false })] : []),
    common.disconnect,
    common.logout,
    common.retry,
    on('cancel', { type: 'user.cancel' }),
    ...(bounds.hasPushes ? pushable.map(({ label, token }) => on(`set token ${label}`, { type: 'token.pushed', token })) : []),
    ...(bounds.hasReloads ? [{ label: 'reload', event: 'reload' } satisfies Move] : []),
  ];
  const platform = [
    ...(bounds.hasNetwork ? [on('offline', { type: 'network.offline' }), common.online] : []),
    ...(bounds.hasWaking ? [on('foreground', { type: 'app.foregrounded' }), on('woke', { type: 'app.woke', sleptMs: 60_000 })] : []),
  ];
  const link: Move[] = [
    ...bounds.users.flatMap((userId) =>
      bounds.abilities.map(({ canVerify, canRenew }) =>
        on(`link: success for ${userId}${canVerify ? ', can be verified' : ''}${canRenew ? ', can be renewed' : ''}`, {
          type: 'link.succeeded',
          userId,
          canVerify,
          canRenew,
        }),
      ),
    ),
    ...bounds.linkFailures.map((failure) =>
      on(`link: error ${failure.kind}${failure.retryAfter === undefined ? '' : ' with a hint'}`, { type: 'link.failed', failure }),
    ),
    { label: 'link: throws', event: failed('link', new Error('thrown')) },
    ...(bounds.hasInterruptions ? [on('link: interrupted', { type: 'link.interrupted', failure: undefined })] : []),
    ...(bounds.abilities.some(({ canVerify }) => canVerify) ? [on('link: verified', { type: 'link.verified' })] : []),
    ...(bounds.hasDatabase
      ? [
          on('link: database opened', { type: 'database.opened', code: undefined }),
          on('link: database failed', { type: 'database.failed', code: undefined }),
        ]
      : []),
  ];
  const handedOver = new Map(
    bounds.tokens.map((name, index): [number, Move[]] => {
      const token = tokenNamed(name);
      return [
        index,
        [
          on(`link: ${name} renewed`, { type: 'link.renewed', token }),
          ...bounds.renewalFailures.map((kind) =>
            on(`link: ${name} not renewed, ${kind}`, { type: 'link.renewalFailed', token, failure: { kind } }),
          ),
        ],
      ];
    }),
  );
  const fetching = asked('fetchToken', 'token request');
  const renewing = asked('renewToken', 'renewal request');

  /** All that may happen next, in any order and at any moment. */
  return function movesOf(configuration: Configuration): Move[] {
    const moves = [...always];
    if (hasService(configuration, 'platform')) moves.push(...platform);
    if (hasService(configuration, 'fetchToken')) moves.push(...fetching);
    if (hasService(configuration, 'renewToken')) moves.push(...renewing);
    if (hasOpenLink(configuration)) {
      moves.push(...link);
      const { handedToken } = configuration.chart.snapshot.context;
      if (handedToken) moves.push(...(handedOver.get(bounds.tokens.indexOf(handedToken.reveal())) ?? []));
    }
    if (configuration.closing !== undefined) moves.push(common.closed);
    else if (hasService(configuration, 'settleLink')) moves.push(common.settled);
    let isUrgent = configuration.closing === 0;
    for (const [id, ticks] of configuration.timers) {
      if (ticks > 0) continue;
      moves.push(timerMove(id));
      isUrgent = true;
    }
    // time does not pass over a timer that is due
    if (!isUrgent) moves.push(common.tick);
    return moves;
  };
}
