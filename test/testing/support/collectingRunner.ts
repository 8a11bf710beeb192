import { describeTransport, type Ability, type TransportWorld } from 'connection-machine/testing';

export interface Verdict {
  readonly title: string;
  readonly is: 'kept' | 'broken' | 'skipped';
  /** The message of the error, or why it was skipped. */
  readonly said: string;
}

interface Options {
  readonly without?: readonly Ability[];
  /** How a test that has begun skips itself: by its context (vitest, node:test), by its `this` (mocha), or not at all (jest). @default 'context' */
  readonly skipsBy?: 'context' | 'this' | 'nothing';
}

/** Runs the suite with a test runner of ten lines, and says what became of each rule. */
export async function judgeTransport(makeWorld: () => TransportWorld | Promise<TransportWorld>, options: Options = {}): Promise<Verdict[]> {
  const { without = [], skipsBy = 'context' } = options;
  const tests: { title: string; body: (this: object, context?: object) => Promise<void>; isSkipped: boolean }[] = [];
  const it = Object.assign((title: string, body: () => Promise<void>) => void tests.push({ title, body, isSkipped: false }), {
    skip: (title: string, body: () => Promise<void>) => void tests.push({ title, body, isSkipped: true }),
  });
  describeTransport('a transport', makeWorld, { describe: (_, body) => body(), it, without });

  const verdicts: Verdict[] = [];
  for (const { title, body, isSkipped } of tests) {
    let skipped = isSkipped ? title : undefined;
    let broken: unknown;
    try {
      const context = { skip: (reason: string) => void (skipped = reason) };
      if (!isSkipped) await body.call(skipsBy === 'this' ? context : {}, skipsBy === 'context' ? context : undefined);
    } catch (problem) {
      broken = problem;
    }
    const said = broken === undefined ? (skipped ?? '') : String(broken);
    verdicts.push({ title, is: broken === undefined ? (skipped === undefined ? 'kept' : 'skipped') : 'broken', said });
  }
  return verdicts;
}

export function titlesOf(verdicts: readonly Verdict[], is: Verdict['is']): string[] {
  return verdicts.filter((verdict) => verdict.is === is).map(({ title }) => title);
}
