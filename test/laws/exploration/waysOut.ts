import type { Die } from './chart.ts';
import { hasOpenLink, hasService, keyOf, type Configuration } from './Configuration.ts';
import { common, timerMove, type Move } from './movesOf.ts';
import { tokenNamed } from './standStill.ts';
import type { Product } from './product.ts';

interface Missing {
  readonly law: number;
  readonly how: string;
  /** What was done from the configuration on, before it was stuck or wrong. */
  readonly after: readonly string[];
}

/** Longer than any chain of limits in a world that has turned good. */
const patience = 200;

/** Law 15: from here `disconnect()` reaches idle, and in a good world `connect()` reaches connected. Law 21: twice is once. */
export function waysOut(product: Product) {
  const { bounds } = product;
  /** A token that nobody has refused, from a token server that has recovered. */
  const good = tokenNamed('good');
  const userId = bounds.expectedUserId ?? bounds.users[0]!;
  const ability = bounds.abilities[0]!;
  const answered: Move = { label: 'token request is answered: good', event: { type: 'xstate.done.actor.fetchToken', output: good } };
  const success: Move = { label: `link: success for ${userId}`, event: { type: 'link.succeeded', userId, ...ability } };
  const laws = new Set([15, 21]);

  const dueTimer = ({ timers }: Configuration): Move | undefined => {
    for (const [id, ticks] of timers) if (ticks === 0) return timerMove(id);
    return undefined;
  };

  /** Nobody does or says anything: only time passes. */
  const inSilence = (configuration: Configuration): Move => {
    if (configuration.closing === 0) return common.closed;
    return dueTimer(configuration) ?? common.tick;
  };

  /** Everybody does what they should: the token server, the server, the network, the person. */
  const inGoodWorld = (configuration: Configuration): Move => {
    if (configuration.memory.isOffline) return common.online;
    if (configuration.closing !== undefined) return common.closed;
    if (hasService(configuration, 'settleLink')) return common.settled;
    if (hasService(configuration, 'fetchToken')) return answered;
    if (hasOpenLink(configuration)) return success;
    if (configuration.chart.where === 'prompting') return common.retry;
    return dueTimer(configuration) ?? common.tick;
  };

  /** Configurations from which a walk is known to arrive. */
  const arriving = { silence: new Set<string>(), good: new Set<string>() };

  function arrives(
    from: Configuration,
    how: keyof typeof arriving,
    goal: (configuration: Configuration) => boolean,
    die: Die,
  ): string | undefined {
    const next = how === 'silence' ? inSilence : inGoodWorld;
    const met: string[] = [];
    let here = from;
    for (let step = 0; step < patience; step += 1) {
      const key = `${die}${keyOf(here)}`;
      if (goal(here) || arriving[how].has(key)) {
        for (const one of met) arriving[how].add(one);
        return undefined;
      }
      met.push(key);
      here = product.follow(here, next(here), die).after;
    }
    return `after ${patience} steps it is ${here.chart.where}`;
  }

  const isIdle = ({ chart, timers }: Configuration) => chart.where === 'idle' && timers.size === 0;
  const isIn = ({ chart }: Configuration) =>
    chart.where === 'connected' && Object.keys(chart.snapshot.children).filter((id) => id === 'link').length === 1;

  const seenCalls = new Set<string>();

  function* missing(configuration: Configuration): Generator<Missing> {
    const die: Die = 'high';
    for (const leave of [common.disconnect, common.logout]) {
      const left = product.follow(configuration, leave, die).after;
      const stuck = arrives(left, 'silence', isIdle, die);
      if (stuck && laws.has(15)) yield { law: 15, how: `disconnect() does not reach idle in silence: ${stuck}`, after: [leave.label] };
      if (laws.has(21) && keyOf(product.follow(left, leave, die).after) !== keyOf(left)) {
        yield { law: 21, how: 'leaving twice is not leaving once', after: [leave.label, leave.label] };
      }
    }
    const connected = product.follow(configuration, common.connect, die).after;
    const stuck = arrives(connected, 'good', isIn, die);
    if (stuck && laws.has(15))
      yield { law: 15, how: `connect() does not reach connected in a good world: ${stuck}`, after: [common.connect.label] };
    if (laws.has(21) && keyOf(product.follow(connected, common.connect, die).after) !== keyOf(connected)) {
      yield { law: 21, how: 'connecting twice is not connecting once', after: [common.connect.label, common.connect.label] };
    }
    const leftAndBack = product.follow(product.follow(connected, common.disconnect, die).after, common.connect, die).after;
    const lost = arrives(leftAndBack, 'good', isIn, die);
    if (lost && laws.has(21)) {
      yield {
        law: 21,
        how: `connect, disconnect, connect does not end in one link: ${lost}`,
        after: [common.connect.label, common.disconnect.label, common.connect.label],
      };
    }
  }

  return {
    /** The ways that are not there, from this configuration on. */
    missing: (configuration: Configuration): Missing[] => {
      const key = keyOf(configuration);
      if (laws.size === 0 || seenCalls.has(key)) return [];
      seenCalls.add(key);
      return [...missing(configuration)];
    },
    /** A law that is known to be broken is not looked at any more. */
    given: (law: number) => void laws.delete(law),
  };
}
