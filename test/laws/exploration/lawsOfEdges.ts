import type { ConnectionEvent } from 'connection-machine/machine';
import { tick, toTicks, now } from './chart.ts';
import type { Configuration } from './Configuration.ts';
import { hasService } from './Configuration.ts';
import { bitOf, type Bounds } from './Bounds.ts';
import type { Edge } from './product.ts';
import { refusedBy, settled, wasStable } from './remember.ts';

/** Says how an arrow breaks a law, in words; `undefined` when it does not. */
export type EdgeLaw = (edge: Edge, bounds: Bounds) => string | undefined;

const started = ({ effects }: Edge, id: string) => effects.started.filter((service) => service.id === id);

/** Attempts: a link, or a request for a token without which there is none. */
const attempts = (edge: Edge) => [...started(edge, 'link'), ...started(edge, 'fetchToken')];

const isEvent = ({ move }: Edge, ...types: readonly string[]) => typeof move.event === 'object' && types.includes(move.event.type);

/** What must be alive where, and nothing else: the services of each state of the session. */
const servicesOf = ({ chart }: Configuration): string[] => {
  const { where, snapshot } = chart;
  // whoever leaves after cancel() comes from idle, where nobody listens to the platform
  const isListening = where === 'closing' ? snapshot.children['platform'] !== undefined : where !== 'idle';
  const alive = isListening ? ['platform'] : [];
  if (where === 'fetchingToken') alive.push('fetchToken');
  if (where === 'connecting' || where === 'connected' || where === 'recovering') alive.push('link');
  if (where === 'closing') alive.push('settleLink');
  if (snapshot.value.renewal === 'fetching') alive.push('renewToken');
  return alive.sort();
};

const alive = ({ chart }: Configuration): string[] => Object.keys(chart.snapshot.children).sort();

/** The laws that can be seen to break in a single step, by their number. What breaks them is said as a user would see it. */
export const lawsOfEdges: Readonly<Record<number, EdgeLaw>> = {
  1: ({ after }) => {
    const links = Object.values(after.chart.snapshot.children).filter((child) => child?.src === 'openLink');
    return links.length > 1 ? `${links.length} links are open or opening` : undefined;
  },

  2: ({ after }) => {
    if (after.chart.where !== 'idle') return undefined;
    if (alive(after).length > 0) return `idle, and running: ${alive(after).join(', ')}`;
    return after.timers.size > 0 ? `idle, with timers: ${[...after.timers.keys()].join(', ')}` : undefined;
  },

  3: (edge) => {
    const { before, move, after, effects } = edge;
    const expected = servicesOf(after);
    if (alive(after).join() !== expected.join())
      return `${after.chart.where}: alive are ${alive(after).join(', ')}, not ${expected.join(', ')}`;
    // a service that was started anew is another one: the old one must not speak for it
    const replaced = move.event !== 'reload' && effects.started.find(({ id }) => hasService(before, id) && !effects.stopped.includes(id));
    return replaced ? `${replaced.id} is started beside the old one, which can still speak` : undefined;
  },

  4: (edge, bounds) => {
    const { before, after, effects } = edge;
    const refused = before.memory.refused | (refusedBy(edge, bounds) ?? 0);
    for (const { input } of started(edge, 'link'))
      if (bitOf(bounds, input?.token) & refused) return `token ${input?.token?.reveal()} was refused and is sent again`;
    if (bitOf(bounds, effects.handed) & refused) return `token ${effects.handed?.reveal()} was refused and is handed to a live link`;
    // and the other way round: nobody else's token is condemned
    const condemned = after.chart.snapshot.context.refusedTokens.find((token) => !(bitOf(bounds, token) & after.memory.refused));
    if (condemned) return `token ${condemned.reveal()} counts as refused, and nobody has refused it`;
    const { stored } = after.memory;
    return stored > 0 && (1 << (stored - 1)) & refused ? `token ${bounds.tokens[stored - 1]} was refused and is in the store` : undefined;
  },

  5: ({ before, after }, { policy }) => {
    const { refusals, renewalsInAll } = after.memory;
    const isTooMany = refusals > policy.maxTokenRenewals && refusals > before.memory.refusals;
    const hourly = policy.maxTokenRenewalsPerHour ?? Infinity;
    const isTooManyInAll = renewalsInAll > hourly && renewalsInAll > before.memory.renewalsInAll;
    if ((isTooMany || isTooManyInAll) && after.chart.where !== 'failed')
      return `${refusals} refused tokens in a row, ${renewalsInAll} renewals within the hour, and ${after.chart.where}`;
    return undefined;
  },

  6: (edge) => {
    const { before, after } = edge;
    if (!after.memory.isForbidden) return undefined;
    if (!before.memory.isForbidden && after.chart.where !== 'failed') return `the login is over, and the session is ${after.chart.where}`;
    const tried = [...attempts(edge), ...started(edge, 'renewToken')][0];
    return tried && `the login is over, and ${tried.id} is started`;
  },

  7: ({ after }) => {
    const requests = ['fetchToken', 'renewToken'].filter((id) => hasService(after, id));
    if (requests.length > 1) return 'two token requests at a time';
    const isLimited = [...after.timers.keys()].some((id) => id.startsWith('xstate.after.tokenTimeLimit'));
    return requests.length === 1 && !isLimited ? 'a token request without a limit' : undefined;
  },

  8: ({ before, move, after }) =>
    move.event === 'tick' && before.memory.promise === 0 && !settled.has(after.chart.where)
      ? `the person who waits has waited longer than timeLimit: ${after.chart.where}`
      : undefined,

  9: ({ before, after }) =>
    after.chart.where === 'prompting' && before.chart.where !== 'prompting' && before.memory.promise === undefined
      ? 'nobody waits, and somebody is prompted'
      : undefined,

  11: (edge) => {
    const { before, after, counted } = edge;
    if (before.memory.isOffline && after.memory.isOffline) {
      const [tried] = attempts(edge);
      if (tried) return `offline, and ${tried.id} is started`;
      // a live link that has proved the platform wrong may lose its token: that was the server's word, and counts
      const isServersWord = isEvent(edge, 'link.failed', 'link.renewalFailed');
      if (!isServersWord && counted.attempt > before.chart.snapshot.context.attempt) return 'offline, and a failed attempt is counted';
    }
    if (isEvent(edge, 'network.online') && before.chart.where === 'offline') {
      const { retryAt = Infinity, notBefore, hurries, policy } = after.chart.snapshot.context;
      const latest = Math.max(0, notBefore - now) + policy.backoffMin * 2 ** Math.max(0, hurries - 1);
      if (after.chart.where !== 'backoff' || retryAt - now > latest)
        return `online again, and the next attempt is ${toTicks(retryAt - now)} ticks away`;
    }
    return undefined;
  },

  12: (edge, bounds) => {
    const { before, move, counted } = edge;
    const { attempt, renewals } = before.chart.snapshot.context;
    if (counted.attempt >= attempt && counted.renewals >= renewals) return undefined;
    const isUsersWish = isEvent(edge, 'user.connect', 'user.retry', 'user.disconnect');
    return isUsersWish || wasStable(edge, bounds) ? undefined : `"${move.label}" makes the counters begin anew`;
  },

  13: (edge) => {
    const { before, after } = edge;
    const { where } = before.chart;
    if ((where !== 'kicked' && where !== 'failed') || isEvent(edge, 'user.connect', 'user.disconnect')) return undefined;
    if (after.chart.where !== where) return `${where} becomes ${after.chart.where} by itself`;
    const [tried] = [...attempts(edge), ...started(edge, 'renewToken')];
    return tried && `${where}, and ${tried.id} is started`;
  },

  17: ({ before, move, after, effects }) => {
    const announced = effects.announced.filter((name) => name === 'databaseOpened').length;
    const event = move.event as ConnectionEvent;
    const isAnotherUser =
      typeof event === 'object' &&
      event.type === 'link.succeeded' &&
      after.chart.snapshot.context.userId !== before.chart.snapshot.context.userId;
    if (announced > 1 || (announced === 1 && before.memory.isDatabaseOpen && !isAnotherUser))
      return 'databaseOpened is announced twice in a login';
    const { database } = after.chart.snapshot.value;
    if (after.memory.isDatabaseOpen && database !== 'opened') return `the database is open, and shown as ${database}`;
    return undefined;
  },

  18: (edge) => {
    const { before, move, after } = edge;
    if (move.event !== 'reload') return undefined;
    const [tried] = attempts(edge);
    if (tried) return `after a reload ${tried.id} is started at once`;
    // nothing but what was persisted could have brought one
    if (after.chart.snapshot.context.token) return 'a reload has brought a token back';
    const { where } = before.chart;
    const expected = where === 'kicked' || where === 'failed' || where === 'backoff' ? where : 'idle';
    if (after.chart.where !== expected) return `reloaded in ${where}, restored to ${after.chart.where}`;
    const wait = (configuration: Configuration) => configuration.chart.snapshot.context.retryAt;
    return where === 'backoff' && wait(after) !== wait(before)
      ? `a reload has changed a wait by ${(wait(after)! - wait(before)!) / tick} ticks`
      : undefined;
  },
};
