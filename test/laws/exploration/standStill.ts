import { SecretToken, type ConnectionContext } from 'connection-machine/machine';
import { now, tick, toTicks, whereIs, type ChartSnapshot } from './chart.ts';

/** How far the counters matter to the chart. Above, one more changes nothing, so such configurations are the same. */
export interface Caps {
  /** Failures in a row: from here on the wait does not grow. */
  readonly attempt: number;
  /** Hurried attempts in a row: from here on nothing is reopened at once, and the wait does not grow. */
  readonly hurries: number;
  /** Failed renewals of a live link's token in a row: from here on the wait does not grow. */
  readonly renewalFailures: number;
  /** Renewals within the hour. An hour lasts for ever here: 0 leaves them uncounted. */
  readonly renewedAt: number;
  /** Ticks offline: from here on it was a calm time. */
  readonly offline: number;
}

const tokens = new Map<string, SecretToken>();

/** One object for each token and the ticks that it has left. */
export function tokenNamed(name: string, ticksLeft?: number): SecretToken {
  const key = `${name} ${ticksLeft}`;
  const token = tokens.get(key) ?? new SecretToken(name, ticksLeft === undefined ? undefined : now + ticksLeft * tick);
  tokens.set(key, token);
  return token;
}

const left = (moment: number): number => toTicks(moment - now);
const soon = (moment: number | undefined): number | undefined => (moment === undefined ? undefined : now + left(moment) * tick);

function fresh(token: SecretToken | undefined): SecretToken | undefined {
  return token && tokenNamed(token.reveal(), token.expiresAt === undefined ? undefined : left(token.expiresAt));
}

const nameOf = (token: SecretToken | undefined): string =>
  token ? `${token.reveal()}${token.expiresAt === undefined ? '' : left(token.expiresAt)}` : '-';

/**
 * The context with everything in it that the chart cannot tell apart made equal: past moments, texts, counters above their cap, the
 * order of refused tokens, and what nobody will read any more where the chart is. A property test walks both side by side and sees no
 * difference: `test/laws/exploration.test.ts`.
 */
function equalized({ context, value }: ChartSnapshot, where: string, caps: Caps): ConnectionContext {
  const { databaseReport, notBefore, offlineSince, refusedTokens } = context;
  const hasLink = where === 'connecting' || where === 'connected' || where === 'recovering';
  const isWaiting = where === 'backoff' || where === 'offline';
  return {
    ...context,
    token: fresh(context.token),
    handedToken: fresh(context.handedToken),
    // opening a link sets these anew
    linkToken: hasLink ? fresh(context.linkToken) : undefined,
    canVerify: hasLink && context.canVerify,
    canRenew: hasLink && context.canRenew,
    databaseReport: hasLink && databaseReport ? { ok: databaseReport.ok, code: undefined } : undefined,
    renewalFailures: hasLink ? Math.min(context.renewalFailures, caps.renewalFailures) : 0,
    renewAt: value.renewal === 'scheduled' ? soon(context.renewAt) : undefined,
    refusedTokens: [...new Set(refusedTokens.map((token) => token.reveal()))].sort().map((name) => tokenNamed(name)),
    renewedAt: context.renewedAt.slice(0, caps.renewedAt).map(() => now),
    attempt: Math.min(context.attempt, caps.attempt),
    hurries: Math.min(context.hurries, caps.hurries),
    retryAt: isWaiting ? soon(context.retryAt) : undefined,
    hintedAt: 0,
    notBefore: left(notBefore) > 0 ? (soon(notBefore) as number) : 0,
    // only the transport is told of it
    promptAt: context.promptAt === undefined ? undefined : now,
    offlineSince: offlineSince === 0 ? 0 : now - Math.min(toTicks(now - offlineSince), caps.offline) * tick,
    // it is judged in the step in which it happens, and only shown afterwards
    failure: undefined,
    login: 0,
    restore: context.restore && { ...context.restore, savedAt: now },
  };
}

function keyOf({ value, context, children }: ChartSnapshot): string {
  const { token, linkToken, handedToken, refusedTokens, tokenReason, renewals, renewedAt, renewAt, renewalFailures } = context;
  const { attempt, hurries, isHurried, retryAt, notBefore, promptAt, offlineSince, userId, databaseReport } = context;
  return [
    JSON.stringify(value),
    [token, linkToken, handedToken, ...refusedTokens].map(nameOf).join(','),
    [tokenReason, renewals, renewedAt.length, renewAt && left(renewAt), renewalFailures].join(','),
    [attempt, hurries, isHurried, retryAt && left(retryAt), notBefore && left(notBefore), promptAt !== undefined].join(','),
    [offlineSince && now - offlineSince, userId, databaseReport?.ok].join(','),
    [context.canVerify, context.canRenew, context.wasFlapping, context.restore?.status].join(','),
    Object.keys(children).sort().join(','),
  ].join('|');
}

/** The snapshot as it is kept: two that cannot be told apart have one key. */
export function standStill(snapshot: ChartSnapshot, caps: Caps): { snapshot: ChartSnapshot; key: string; where: string } {
  const where = whereIs(snapshot);
  const still = { ...snapshot, context: equalized(snapshot, where, caps) };
  return { snapshot: still, key: keyOf(still), where };
}

/** The same snapshot one tick later: all that lies ahead has come nearer. */
export function oneTickLater(snapshot: ChartSnapshot): ChartSnapshot {
  const { context } = snapshot;
  const sooner = <Moment extends number | undefined>(moment: Moment): Moment => (moment ? moment - tick : moment) as Moment;
  const older = (token: SecretToken | undefined) =>
    token?.expiresAt === undefined ? token : new SecretToken(token.reveal(), token.expiresAt - tick);
  return {
    ...snapshot,
    context: {
      ...context,
      token: older(context.token),
      linkToken: older(context.linkToken),
      handedToken: older(context.handedToken),
      renewAt: sooner(context.renewAt),
      retryAt: sooner(context.retryAt),
      notBefore: sooner(context.notBefore),
      offlineSince: sooner(context.offlineSince),
    },
  };
}
