import type { ConnectionPolicy, ConnectionSnapshot } from 'connection-machine';

/** Where the scene's server is. */
export interface Place {
  readonly appKey: string;
  readonly naviUrl: string;
}

/** What an ailment and its cure are seen by. Everything is plain data: it crosses from the page to Node. */
export interface Observed {
  /** What the SDK said, in order: events, and outcomes of calls as `connect → …`. */
  readonly said: readonly string[];
  /** Of these calls nothing has been heard yet. */
  readonly unsettled: readonly string[];
  /** The SDK's own word for where it stands. */
  readonly status: string;
  /** The connection's snapshot, when the brain is in charge. */
  readonly snapshot: ConnectionSnapshot | undefined;
  /** The connection's status at each change. */
  readonly statuses: readonly ConnectionSnapshot['status'][];
  /** The connection's events, by name. */
  readonly events: readonly string[];
  /** Reasons that tokens were asked for. */
  readonly requests: readonly string[];
}

export interface BrainOptions {
  readonly sdkReconnect?: 'leave' | 'takeOver';
  readonly policy?: Partial<ConnectionPolicy>;
  readonly expectedUserId?: string;
}

/** The two ways to use an SDK: bare, as an app does that knows no better, and behind the brain. */
export interface Driver {
  start(place: Place): void;
  observe(): Observed;
  bareConnect(token: string | undefined): void;
  bareDisconnect(): void;
  /** The app's next token comes from the global `issueToken(reason)`, which the scene provides. */
  useBrain(options: BrainOptions): void;
  connect(): void;
  retry(): void;
  setToken(token: string): void;
  disconnect(how?: { readonly logout?: boolean }): void;
}

/** What differs from SDK to SDK. */
export interface BareSdk {
  init(place: Place): void;
  /** Calls `said` for each thing that the SDK tells. */
  listen(said: (what: string) => void): void;
  /** Resolves or rejects as the SDK does; resolves to words. */
  connect(token: string | undefined): Promise<string>;
  disconnect(): Promise<unknown>;
  status(): string;
}
