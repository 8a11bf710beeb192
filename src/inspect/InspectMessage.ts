import type { FailureKind } from '../../machines/connection/failure.ts';
import type { InspectedChart } from './chart/InspectedChart.ts';

/** The protocol's version. Whoever receives another one says so, and shows nothing of it. */
export const inspectVersion = 1;

/** Plain data: what crosses a channel is JSON, and holds nothing that the allow-list does not know. */
export type Plain = string | number | boolean | null | readonly Plain[] | { readonly [name: string]: Plain };

/** From an app to a viewer. Times are epoch ms by the app's clock, durations are ms. */
export type InspectMessage = InspectedActor | InspectedStep | InspectedEnd;

interface Told {
  readonly version: typeof inspectVersion;
  /** Which connection: unique among all that a viewer may meet. */
  readonly connection: string;
}

/** A connection introduces itself: when inspection begins, and again whenever a viewer says hello. */
export interface InspectedActor extends Told {
  readonly type: 'actor';
  /** What the developer called it. @default 'connection', or the machine's id */
  readonly name: string;
  readonly at: number;
  readonly chart: InspectedChart;
  /** The policy in force, in ms; empty for a machine that is not ours. */
  readonly policy: { readonly [name: string]: number };
  readonly state: InspectedState;
  /** The app's clock when this was said: what a viewer sets its countdowns by. */
  readonly now: number;
  /** May a viewer send events? Only if the app has opted in. */
  readonly allowEvents: boolean;
}

/** One event and all that came of it, until the chart rested again. */
export interface InspectedStep extends Told {
  readonly type: 'step';
  /** 1, 2, …: a gap means that steps were lost. */
  readonly seq: number;
  readonly at: number;
  readonly event: InspectedEvent;
  /** In the order in which they were taken. None: nothing here answers this event. */
  readonly transitions: readonly InspectedTransition[];
  readonly emitted: readonly InspectedEvent[];
  readonly state: InspectedState;
}

/** Inspection of this connection has ended: the actor was stopped, or the app looks no more. */
export interface InspectedEnd extends Told {
  readonly type: 'end';
  readonly at: number;
}

/** An event, with those of its fields that may be seen. */
export interface InspectedEvent {
  readonly type: string;
  readonly [field: string]: Plain;
}

/** An arrow that was taken, as the picture has it. */
export interface InspectedTransition {
  /** A state's path: `session.link.connecting`. */
  readonly from: string;
  /** Absent when the event was answered where it came: an action, or a deliberate ignore. */
  readonly to?: string;
  /** `link.failed`, `after untilRetry`, `done fetchToken`; empty for an arrow that is taken at once. */
  readonly event: string;
  /** The question that was answered with yes; empty when none was asked. */
  readonly guard: string;
  readonly actions: readonly string[];
  /** The arrow's description: why it is there. */
  readonly why: string;
}

export interface InspectedState {
  /** Paths of all active states, outer ones first. */
  readonly active: readonly string[];
  /** What the machine remembers, as far as the allow-list knows it. Tokens are numbered in the order in which they were met. */
  readonly memory: { readonly [name: string]: Plain };
  /** What will happen by itself, soonest first. */
  readonly timers: readonly InspectedTimer[];
}

export interface InspectedTimer {
  /** `untilRetry`, `timeLimit`: the delay's name. */
  readonly name: string;
  /** The state that it belongs to. */
  readonly state: string;
  readonly startedAt: number;
  readonly dueAt: number;
}

/** From a viewer to an app. */
export type ViewerMessage =
  /** A viewer has opened: every connection introduces itself to it, with the steps that it still knows. */
  | { readonly version: typeof inspectVersion; readonly type: 'hello' }
  /** Taken only where the app has opted in, and only if the event is one of `sendableEvents`. */
  | { readonly version: typeof inspectVersion; readonly type: 'send'; readonly connection: string; readonly event: SendableEvent };

/** What a developer may send from a viewer: what people, the platform and a link could say. Never a token. */
export type SendableEvent =
  | { readonly type: 'user.connect'; readonly userWaiting: boolean }
  | { readonly type: 'user.disconnect'; readonly logout: boolean }
  | { readonly type: 'user.retry' | 'user.cancel' }
  | { readonly type: 'network.online' | 'network.offline' | 'app.foregrounded' | 'app.backgrounded' }
  | { readonly type: 'app.woke'; readonly sleptMs: number }
  | { readonly type: 'link.failed' | 'link.interrupted'; readonly kind: FailureKind; readonly code?: number | string }
  /** Of a machine that is not ours: the type alone. */
  | { readonly type: string };
