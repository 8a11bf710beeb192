import fc from 'fast-check';
import { expect } from 'vitest';
import type { ConnectionOptions } from 'connection-machine';
import { anyStory, type Step, type Story } from './steps.ts';
import { wildWorld, type WildWorld } from './wildWorld.ts';

/** A law as something that watches a world: each function throws when the law is broken. */
export interface Watch {
  before?(step: Step): void | Promise<void>;
  after?(step: Step): void | Promise<void>;
  end?(): void | Promise<void>;
}

interface WalkOptions {
  runs?: number;
  without?: readonly Step['do'][];
  /** What the law is about should happen often. */
  spice?: fc.Arbitrary<Step>;
  maxSteps?: number;
  options?: () => Partial<ConnectionOptions>;
  /**
   * Throws until all that the law is about has been reached: then it walks on, five times as long at most. A case that random worlds
   * seldom reach is not left to luck; one that is out of reach, or has become very rare, is still a failure.
   */
  reaching?: () => void;
}

/** So many times `runs`, before a case counts as out of reach. */
const usualPatience = 5;

/** More runs for a long night: LAWS=20 runs each property twenty times as often; SEED repeats one. */
const zeal = Number(process.env['LAWS'] ?? 1);
const seed = process.env['SEED'];

export function often(runs: number): { numRuns: number; seed?: number } {
  return { numRuns: Math.ceil(runs * zeal), ...(seed !== undefined && { seed: Number(seed) }) };
}

/** Checks that a law holds in every world, whatever happens in it. */
export async function inEveryWorld(
  watch: (world: WildWorld) => Watch,
  { runs = 150, options, reaching, ...limits }: WalkOptions = {},
): Promise<void> {
  const law = fc.asyncProperty(anyStory(limits), async (story) => void (await live(story, watch, options?.())));
  await untilReached(() => fc.assert(law, often(runs)), reaching);
}

/** Walks, and walks on until `reaching` throws no more: `patience` times at most. */
export async function untilReached(walk: () => Promise<void>, reaching?: () => void, patience = usualPatience): Promise<void> {
  for (let walksLeft = patience; walksLeft > 0; walksLeft -= 1) {
    await walk();
    try {
      return reaching?.();
    } catch (missing) {
      if (walksLeft === 1) throw missing;
    }
  }
}

export async function live(
  { beginning, steps }: Story,
  watch: (world: WildWorld) => Watch,
  options?: Partial<ConnectionOptions>,
): Promise<WildWorld> {
  const world = wildWorld(beginning, options);
  const rejections = await unhandled(async () => {
    const law = watch(world);
    for (const step of steps) {
      // awaited only where there is something to wait for: a rushed step and the next are one breath
      const ready = law.before?.(step);
      if (ready) await ready;
      const played = world.play(step);
      if (!step.rush) await played;
      const judged = law.after?.(step);
      if (judged) await judged;
    }
    await world.settle();
    await law.end?.();
  });
  expect(rejections, 'a promise was left to reject on its own').toEqual([]);
  expect(world.connection.actor.getSnapshot().status, 'the chart lives on').toBe('active');
  return world;
}

/** What is rejected meanwhile, and nobody has taken care of. */
export async function unhandled(live: () => Promise<void>): Promise<unknown[]> {
  const rejections: unknown[] = [];
  const onRejection = (problem: unknown) => void rejections.push(problem);
  process.on('unhandledRejection', onRejection);
  try {
    await live();
  } finally {
    process.off('unhandledRejection', onRejection);
  }
  return rejections;
}

/** Counts how often the interesting case was reached, so that a property cannot pass by never getting there. */
export function witness(): {
  (what: string): void;
  readonly seen: ReadonlyMap<string, number>;
  atLeast(times: number, ...what: string[]): void;
} {
  const seen = new Map<string, number>();
  return Object.assign((what: string) => void seen.set(what, (seen.get(what) ?? 0) + 1), {
    seen,
    atLeast(times: number, ...what: string[]) {
      // fewer runs reach it less often
      const enough = Math.floor(times * Math.min(1, zeal));
      for (const one of what) expect(seen.get(one) ?? 0, `how often a run reached: ${one}`).toBeGreaterThanOrEqual(enough);
    },
  });
}
