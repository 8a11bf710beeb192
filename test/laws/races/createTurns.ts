import { failure } from 'connection-machine';
import type { ControlledClock } from 'connection-machine/testing';
import type { Scheduler } from 'fast-check';
import type { Answer, Asked, Race } from './Race.ts';

/** When the first token, if it has an end, is renewed. ms */
const aWhile = 14_500;

/** The order of things is in the scheduler's hands; this is the record of it. */
export function createTurns(scheduler: Scheduler, clock: ControlledClock, answers: Race['answers'] = {}) {
  /** What has happened, in the order in which it did. */
  const log: string[] = [];
  const left = new Map<Asked, Answer[]>();
  let later: (() => void)[] = [];

  /** It happens when its turn comes. */
  const whenever = async (label: string, happen: () => unknown = () => undefined): Promise<void> => {
    await scheduler.schedule(Promise.resolve(), label);
    log.push(label);
    happen();
  };

  return {
    log,
    whenever,
    /** Answers in its turn: well, badly or never. */
    async answer(what: Asked, happen: (how: Answer) => unknown = () => undefined, label: string = what): Promise<void> {
      if (!left.has(what)) left.set(what, [...(answers[what] ?? [])]);
      const how = left.get(what)!.shift() ?? 'well';
      if (how === 'never') return new Promise(() => undefined);
      await whenever(how === 'well' ? label : `${label}: ${how}`, () => happen(how));
      if (how !== 'well') throw failure({ kind: how });
    },
    aWhile: () => new Promise<void>((resolve) => (clock.elapsed < aWhile ? later.push(resolve) : resolve())),
    /** Whoever waits for a while goes on, if it is over. */
    wake() {
      if (clock.elapsed < aWhile) return;
      const waiting = later;
      later = [];
      for (const go of waiting) go();
    },
  };
}

export type Turns = ReturnType<typeof createTurns>;
