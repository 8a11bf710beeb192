import type { Clock } from '../platform/Clock.ts';

interface Turn {
  /** Resolves when its link, and each before it, is being closed. */
  readonly ending: Promise<void>;
  /** Resolves when its link is gone. */
  readonly ended: Promise<void>;
  /** The next one's turn has come. */
  isOver: boolean;
  lose(): void;
}

/** ms that a link waits for one whose end the SDK never confirms; by then the brain has waited for it too. */
const patience = 5_000;

/** The last link of each SDK. */
const turns = new WeakMap<object, Turn>();

/**
 * An SDK has one session for the whole app, so its links take turns, whichever transport opened them and however long the brain has
 * waited for the one before.
 */
export function takeTurn(key: object, clock: Clock) {
  const before = turns.get(key);
  let hasPassed = false;
  let timer: unknown;

  let announceEnding!: () => void;
  let announceEnd!: () => void;
  let lose!: () => void;
  const lost = new Promise<void>((resolve) => (lose = resolve));
  const mine: Turn = {
    ending: new Promise<void>((resolve) => (announceEnding = resolve)),
    ended: new Promise<void>((resolve) => (announceEnd = resolve)),
    isOver: false,
    lose,
  };
  turns.set(key, mine);

  const comes = new Promise<void>((resolve) => {
    if (!before) return resolve();
    const come = () => {
      clock.clearTimeout(timer);
      before.isOver = true;
      before.lose();
      resolve();
    };
    void before.ending.then(() => {
      if (!hasPassed) timer = clock.setTimeout(come, patience);
    });
    void before.ended.then(come);
  });

  return {
    comes,
    /** May the link still speak to the SDK, or is it another one's by now? */
    isMine: () => !mine.isOver,
    /** Resolves when it is another one's. */
    lost,
    /** The link is being closed; the next one's turn comes when `gone` has resolved. */
    pass(gone: Promise<void>) {
      hasPassed = true;
      clock.clearTimeout(timer);
      void Promise.resolve(before?.ending).then(announceEnding);
      void Promise.all([comes, gone]).then(announceEnd);
    },
  };
}
