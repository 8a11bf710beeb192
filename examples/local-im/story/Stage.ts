import type { Chat } from '../client/createChat.ts';
import type { Fact } from '../shared/Fact.ts';
import type { FaultCommand } from '../shared/faults.ts';
import type { Vendor } from './Vendor.ts';

/** What a chapter is played on. */
export interface Stage {
  readonly vendor: Vendor;
  /** alice's device, the one that the story is about. */
  readonly chat: Chat;
  /** A second device of the same user, logged in on its own. */
  addDevice(name: string): Promise<Chat>;
  /** Somebody does something: a user with the app, or we with a fault switch. What is expected next is looked for from here on. */
  act(text: string, deed: () => void): void;
  flick(command: FaultCommand): void;
  /** Waits until the wanted fact has been observed, behind the one that was expected before. */
  expect(title: string, wanted: (fact: Fact) => boolean, how?: HowToExpect): Promise<void>;
  /** Something that must be true right now, by what was observed so far. */
  check(title: string, isTrue: boolean): void;
  /** Watches for `ms`; the step has failed as soon as an unwanted fact is observed. */
  quiet(title: string, unwanted: (fact: Fact) => boolean, ms: number): Promise<void>;
  /** Sockets that are left at the IM server. */
  sockets(): number;
  /** How many such facts were observed since the last act. */
  count(wanted: (fact: Fact) => boolean): number;
}

export interface HowToExpect {
  /** A fact that proves the opposite: the step has failed as soon as it is observed. */
  readonly unless?: (fact: Fact) => boolean;
  /** Look from the last act on: what happens on another socket keeps no order with this one. */
  readonly anyOrder?: boolean;
}

export interface Chapter {
  readonly title: string;
  play(stage: Stage): Promise<void>;
}

/** Thrown by the first step that did not happen; the story ends there. */
export class DidNotHappen extends Error {}
