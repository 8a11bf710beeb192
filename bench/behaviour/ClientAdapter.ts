import type { ServerVoice } from './server/ServerVoice.ts';
import type { ScenarioName } from './ScenarioName.ts';

/** What an adapter needs to know of its client, and nothing of its rules: those are what is measured. */
export interface ClientAdapter {
  readonly name: string;
  /** The npm package whose installed version stands in the table; absent for the library of this repository. */
  readonly package?: string;
  /** What is bundled for the page: a module that exports the parts that `create` uses. */
  readonly source: string;
  /** Run in the page before the client when its logs are listened to, where that is how its logger is switched on. */
  readonly switchOnLogs?: string;
  /** Extra conditions for the bundler, where a package hides its logger behind one. */
  readonly conditions?: readonly string[];
  readonly voice: ServerVoice;
  /** Scenarios that the client's interface does not allow, each with the reason. */
  readonly notApplicable?: Partial<Record<ScenarioName, string>>;
  /** Makes the client with its default settings, as its documentation shows it. Nothing is opened before `start`. */
  create(library: unknown, app: App): Client;
}

/** The app around the client. */
export interface App {
  readonly fetchToken: () => Promise<string>;
  readonly tokenNow: () => string;
  /** The client told its app that something is wrong: an event, a state, a rejected promise. */
  readonly trouble: (what: string) => void;
  /** Where the client's own logger writes, at its most verbose; absent in all scenarios but the one that reads logs. */
  readonly log?: (...parts: unknown[]) => void;
}

export interface Client {
  /** What a user's "connect" calls. A rejected promise is trouble told. */
  start(): unknown;
  stop(): unknown;
  /** What the client itself would say if it were asked. */
  isConnected(): boolean;
}
