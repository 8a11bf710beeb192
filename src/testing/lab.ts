import { SecretToken } from '../../machines/connection/SecretToken.ts';
import { createRedactor } from '../token/redactor.ts';
import type { OpenLink } from '../transport/Transport.ts';
import { describeValue } from './describeValue.ts';
import { findLeak } from './findLeak.ts';
import { lackOf, type Ability, type TokenSource, type TransportWorld } from './TransportWorld.ts';
import { NotChecked, TransportRuleError } from './TransportRuleError.ts';

export interface Report {
  readonly type: 'dbOpened' | 'success' | 'interrupted' | 'error';
  readonly value: unknown;
}

/** How a call ended, or that it did not within the limit. */
export type Outcome = { readonly is: 'resolved' | 'rejected'; readonly value: unknown } | { readonly is: 'pending' };

/** One link, opened as the brain opens it, and all that it has reported. */
export interface Attempt {
  /** `undefined` when `open` threw, or returned nothing that can be closed. */
  readonly link: OpenLink | undefined;
  /** What `open` returned. */
  readonly opened: unknown;
  /** What `open` threw, if anything. */
  readonly thrown: { readonly value: unknown } | undefined;
  readonly reports: readonly Report[];
  /** Those of one type. */
  all(type: Report['type']): readonly Report[];
  /** Aborts the request's signal. */
  abort(): void;
  /** Calls `close` and waits for it, within the limit. */
  close(how?: { logout: boolean }): Promise<Outcome>;
  readonly isClosed: boolean;
  /** What was reported since the first `close`. */
  readonly late: readonly Report[];
}

export type Lab = ReturnType<typeof createLab>;

/** Where one rule is checked: opens links, watches them, and complains without quoting a token. */
export function createLab(world: TransportWorld, rule: string) {
  const { transport, timeLimit = 5_000, quietTime = 50 } = world;
  const redactor = createRedactor();
  const attempts: Attempt[] = [];
  /** Everything that came out of the transport, with a name for each: the place to look for tokens. */
  const said: { readonly where: string; readonly value: unknown }[] = [];
  const wait = (ms: number) => (world.wait ? world.wait(ms) : new Promise<void>((resolve) => void setTimeout(resolve, ms)));

  const secretOf = async (source: TokenSource): Promise<SecretToken> => {
    const token = new SecretToken(typeof source === 'function' ? await source() : source);
    redactor.learn(token);
    return token;
  };

  /** Waits until it is so: how many ms it took, or `undefined` when it did not come about within the limit. */
  const until = async (isSo: () => boolean, limit = timeLimit): Promise<number | undefined> => {
    for (let waited = 0, step = 1; ; waited += step, step = Math.min(step + 1, 20)) {
      if (isSo()) return waited;
      if (waited >= limit) return undefined;
      await wait(step);
    }
  };

  const outcomeOf = async (where: string, call: () => unknown, limit?: number): Promise<Outcome> => {
    let outcome: Outcome = { is: 'pending' };
    const end = (is: 'resolved' | 'rejected') => (value: unknown) => {
      outcome = { is, value };
      if (is === 'rejected') said.push({ where, value });
    };
    // called now, not a microtask later, as the brain does
    void new Promise((resolve) => resolve(call())).then(end('resolved'), end('rejected'));
    await until(() => outcome.is !== 'pending', limit);
    return outcome;
  };

  const openWith = (token: SecretToken, { aborted = false } = {}): Attempt => {
    const controller = new AbortController();
    if (aborted) controller.abort();
    const reports: Report[] = [];
    let closedAt: number | undefined;
    const note = (type: Report['type']) => (value?: unknown) => {
      reports.push({ type, value });
      said.push({ where: `report.${type}(…)`, value });
    };
    let opened: unknown;
    let thrown: Attempt['thrown'];
    try {
      opened = transport.open(
        { token, signal: controller.signal, login: {} },
        { dbOpened: note('dbOpened'), success: note('success'), interrupted: note('interrupted'), error: note('error') },
      );
    } catch (value) {
      thrown = { value };
      said.push({ where: 'what open threw', value });
    }
    const link = typeof (opened as Partial<OpenLink> | undefined)?.close === 'function' ? (opened as OpenLink) : undefined;
    const attempt: Attempt = {
      link,
      opened,
      thrown,
      reports,
      all: (type) => reports.filter((report) => report.type === type),
      abort: () => controller.abort(),
      close(how) {
        closedAt ??= reports.length;
        return outcomeOf('what close rejected with', () => link?.close(how ?? { logout: false }));
      },
      get isClosed() {
        return closedAt !== undefined;
      },
      get late() {
        return closedAt === undefined ? [] : reports.slice(closedAt);
      },
    };
    attempts.push(attempt);
    return attempt;
  };

  const lab = {
    world,
    transport,
    wait,
    until,
    outcomeOf,
    said: said as readonly { readonly where: string; readonly value: unknown }[],

    /** The rule is broken. */
    fail(seen: string, advice: string): never {
      throw new TransportRuleError(rule, redactor.text(seen), advice);
    },
    notChecked(reason: string): never {
      throw new NotChecked(reason);
    },
    has: (ability: Exclude<Ability, 'verify' | 'renew'>) => world[ability] !== undefined,
    /** Where a token of this test stands in clear in `value`. */
    leakIn: (value: unknown, where: string) => findLeak(value, (text) => redactor.text(text) !== text, where),

    goodToken: () => secretOf(world.goodToken),
    otherGoodToken: () => secretOf(world.otherGoodToken ?? world.goodToken),
    badToken: () => secretOf(world.badToken ?? lab.notChecked(lackOf('badToken'))),
    openWith,
    /** Opens a link with a good token, and does not wait. */
    open: async (how?: { aborted?: boolean }) => openWith(await lab.goodToken(), how),

    /** Opens a link that succeeds. */
    async connect(): Promise<Attempt & { readonly link: OpenLink; readonly took: number }> {
      const attempt = await lab.open();
      const took = await until(() => attempt.all('success').length + attempt.all('error').length > 0);
      const { link } = attempt;
      if (took === undefined || link === undefined || attempt.all('success').length === 0) {
        return lab.fail(
          `a good token, and ${lab.told(attempt)}`,
          'report.success({ userId }) when the server has accepted the token, and return a link with close() from open',
        );
      }
      return Object.assign(Object.create(attempt) as Attempt, { link, took });
    },

    /** How long an opening takes here, for choosing moments within it. ms */
    async openingTime(): Promise<number> {
      const attempt = await lab.connect();
      await attempt.close();
      return attempt.took;
    },

    /** Lets enough time pass for a report that must not come: in small steps, as `until` does, so that a busy machine slows both down alike. */
    async quiet(atLeast = 0): Promise<void> {
      await until(() => false, Math.max(quietTime, atLeast));
    },
    timeLimit,

    /** What a link has reported, for a message. */
    told({ reports, thrown, opened, link }: Attempt, since: readonly Report[] = reports): string {
      const words = since.map(({ type, value }) =>
        `${type} ${type === 'success' || value === undefined ? '' : describeValue(value)}`.trim(),
      );
      if (thrown) words.unshift(`open threw ${describeValue(thrown.value)}`);
      else if (!link) words.unshift(`open returned ${opened instanceof Promise ? 'a promise' : describeValue(opened)}, no link`);
      return words.length > 0 ? words.join(', then ') : `no report within ${timeLimit} ms`;
    },

    /** Closes what a rule has left open. What goes wrong with it is for the rules about closing to say. */
    async cleanUp(): Promise<void> {
      const left = attempts.filter(({ link, isClosed }) => link !== undefined && !isClosed);
      for (const { abort } of left) abort();
      await Promise.all(left.map((attempt) => attempt.close()));
    },
  };
  return lab;
}
