import type { ConnectionEvents, FailureKind } from 'connection-machine';

/** What a link says, one word after the other, each whenever the scheduler lets it. `a while`: what follows comes when the first token has to be renewed. */
export type Word = 'success' | 'interrupted' | 'dbOpened' | 'a while' | FailureKind;

/** What a person, an app, a platform or a clock does, one after the other. */
export type Act =
  | 'connect'
  | 'connect silently'
  | 'disconnect'
  | 'log out'
  | 'retry'
  | 'cancel'
  | 'set token'
  | 'offline'
  | 'online'
  | 'woke'
  | '5 s pass'
  | '10 s pass'
  /** The live link reports its database, in the middle of whatever is going on. */
  | 'speak';

/** Whoever is asked for something, and answers whenever the scheduler lets it. */
export type Asked = 'token' | 'loaded' | 'saved' | 'cleared' | 'closed' | 'verified' | 'renewed';

export type Answer = 'well' | 'never' | FailureKind;

export interface Race {
  /** Whoever calls and signals: each line in its own order, all of them against each other and against every answer. */
  readonly lines: readonly (readonly Act[])[];
  /** What the links say, the first link first; those that follow say what the last one did. */
  readonly links: readonly (readonly Word[])[];
  /** How it is answered, the first time first. @default well */
  readonly answers?: Partial<Record<Asked, readonly Answer[]>>;
  /** What the app does, once, in the middle of being told. */
  readonly listeners?: Partial<Record<keyof ConnectionEvents, readonly Act[]>>;
  /** Is there a token in the store from last time? */
  readonly isStored?: boolean;
  /** Must the first token be renewed after a while? */
  readonly expires?: boolean;
}
