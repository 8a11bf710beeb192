import { ConnectionOptionError, mustBe } from '../../machines/connection/ConnectionOptionError.ts';
import { abortingRules } from './abortingRules.ts';
import { cleanlinessRules } from './cleanlinessRules.ts';
import { closingRules } from './closingRules.ts';
import { createLab } from './lab.ts';
import { livingRules } from './livingRules.ts';
import { openingRules } from './openingRules.ts';
import type { Rule } from './Rule.ts';
import { successionRules } from './successionRules.ts';
import { NotChecked } from './TransportRuleError.ts';
import { lackOf, type Ability, type TransportWorld } from './TransportWorld.ts';

/** What a test runner has. `it.skip` and a third argument with ms are used where the runner knows them. */
export interface TestRunner {
  readonly describe: (name: string, body: () => void) => unknown;
  readonly it: ((name: string, body: () => Promise<void>, timeLimit?: number) => unknown) & {
    readonly skip?: (name: string, body: () => Promise<void>) => unknown;
  };
}

export interface DescribeTransportOptions extends Partial<TestRunner> {
  /**
   * What your world or your links cannot do: the rules that need it are shown as skipped, and their titles say why. Needed only where the
   * runner cannot skip a test that has begun (jest, bun): there a rule that cannot be checked fails. @default none
   */
  readonly without?: readonly Ability[];
}

const rules: readonly Rule[] = [
  ...openingRules,
  ...closingRules,
  ...successionRules,
  ...abortingRules,
  ...livingRules,
  ...cleanlinessRules,
];

/** ms for one test. A rule waits several times `world.timeLimit`, and says better than a runner what it has waited for. */
const testTimeLimit = 60_000;

/**
 * The rules of the `Transport` contract as tests, one for each rule, for the author of an adapter.
 *
 * @param name of the suite
 * @param makeWorld makes the transport and a server behind it, anew for each test
 * @param options `{ describe, it }` of your test runner. @default the globals of these names
 * @throws ConnectionOptionError when there is neither
 * @example
 * import { describe, it } from 'vitest';
 * import { describeTransport } from 'connection-machine/testing';
 *
 * describeTransport('myTransport', makeWorld, { describe, it });
 */
export function describeTransport(
  name: string,
  makeWorld: () => TransportWorld | Promise<TransportWorld>,
  options: DescribeTransportOptions = {},
): void {
  mustBe(typeof makeWorld === 'function', 'describeTransport: makeWorld', 'a function that makes a TransportWorld', makeWorld);
  const { describe, it } = runnerOf(options);
  const without = options.without ?? [];

  describe(name, () => {
    for (const rule of rules) {
      const lack = lackIn(rule, (ability) => !without.includes(ability));
      if (lack === undefined) {
        it(
          rule.title,
          // no arrow and no parameters: mocha hands over its context as `this`, and takes a parameter for a callback
          async function (this: unknown) {
            giveTime(this);
            await checkRule(rule, makeWorld, without, skipOf([this, arguments[0]]));
          },
          testTimeLimit,
        );
        continue;
      }
      const skip = it.skip ?? it;
      skip(`${rule.title} (not checked: ${lack})`, async () => undefined);
    }
  });
}

async function checkRule(
  rule: Rule,
  makeWorld: () => TransportWorld | Promise<TransportWorld>,
  without: readonly Ability[],
  skip: ((reason: string) => void) | undefined,
): Promise<void> {
  const world = mustBeWorld(await makeWorld());
  let lack: string | undefined;
  try {
    for (const ability of without) {
      const has = ability !== 'verify' && ability !== 'renew' && world[ability] !== undefined;
      mustBe(!has, 'describeTransport: without', `free of '${ability}', which this world can do`, without);
    }
    lack = lackIn(rule, (ability) => ability === 'verify' || ability === 'renew' || world[ability] !== undefined);
    if (lack === undefined) {
      const lab = createLab(world, rule.title);
      try {
        await rule.check(lab);
      } finally {
        await lab.cleanUp();
      }
    }
  } catch (problem) {
    if (!(problem instanceof NotChecked)) throw problem;
    lack = problem.reason;
  } finally {
    await world.close();
  }
  if (lack === undefined) return;
  if (!skip) {
    throw new NotChecked(
      `${lack}. This test runner cannot skip a test that has begun: name it beforehand, describeTransport(…, { without: […] })`,
    );
  }
  // runners show it as skipped; most of them do that by throwing
  skip(`not checked: ${lack}`);
}

/** What a rule would need and there is not. */
function lackIn({ needs = [], needsOneOf = [] }: Rule, has: (ability: Ability) => boolean): string | undefined {
  const missing = needs.find((ability) => !has(ability));
  if (missing !== undefined) return lackOf(missing);
  return needsOneOf.length > 0 && !needsOneOf.some(has) ? `the world has none of ${needsOneOf.join(', ')}` : undefined;
}

function runnerOf(options: DescribeTransportOptions): TestRunner {
  const globals = globalThis as Partial<TestRunner>;
  const { describe = globals.describe, it = globals.it } = options;
  if (typeof describe === 'function' && typeof it === 'function') return { describe, it };
  throw new ConnectionOptionError(
    'describeTransport: options',
    '{ describe, it } of your test runner, as describeTransport(name, makeWorld, { describe, it }), or its globals switched on',
    `${typeof describe === 'function' ? 'no it' : 'no describe'}, and there is no global one`,
  );
}

/** mocha takes no third argument. */
function giveTime(context: unknown): void {
  const { timeout } = Object(context) as { timeout?: unknown };
  if (typeof timeout === 'function') timeout.call(context, testTimeLimit);
}

/** vitest and node:test pass a context with `skip`, mocha binds it as `this`. */
function skipOf(contexts: readonly unknown[]): ((reason: string) => void) | undefined {
  for (const context of contexts) {
    const { skip } = Object(context) as { skip?: unknown };
    if (typeof skip === 'function') return (reason) => void skip.call(context, reason);
  }
  return undefined;
}

function mustBeWorld(world: TransportWorld): TransportWorld {
  const at = 'describeTransport: makeWorld()';
  mustBe(typeof world === 'object' && world !== null, at, 'a TransportWorld', world);
  mustBe(typeof world.transport?.open === 'function', `${at}.transport`, 'a Transport', world.transport);
  mustBe(typeof world.userId === 'string' && world.userId !== '', `${at}.userId`, 'the id of the user of goodToken', world.userId);
  mustBe(/string|function/.test(typeof world.goodToken), `${at}.goodToken`, 'a token, or a function that gives one', world.goodToken);
  mustBe(typeof world.close === 'function', `${at}.close`, 'a function', world.close);
  return world;
}
