import type { ConnectionStatus, FailureKind } from 'connection-machine';
import { limits } from './limits.ts';

/**
 * What a user of the library may rely on, as plain as it can be said: one status, a few counts, one deadline for each promise. It is
 * written from docs/laws.md, not from the chart: no regions, no crossroads, no dice. Where chance decides (how long a wait is), it knows the
 * bounds, and takes what it sees.
 */
export class ConnectionModel {
  status: ConnectionStatus = 'idle';
  now = 0;
  attempt = 0;
  database: 'closed' | 'opened' | 'failed' = 'closed';
  userId: string | undefined;
  /** Why it is as it is, where that is told. */
  kind: FailureKind | undefined;

  /** Until when a waiting person must have an answer. */
  promise: number | undefined;
  /** When the token request, the attempt, the recovery or the verification has taken too long, or the link has lasted. */
  deadline: number | undefined;
  /** Is the live link being asked whether it still lives? */
  isVerifying = false;
  /** When the next attempt begins, and the bounds within which that was drawn. */
  retry: { at: number | undefined; earliest: number; latest: number } | undefined;
  /** The server does not want to be asked before. */
  notBefore = 0;

  token: string | undefined;
  refused = new Set<string>();
  renewals = 0;
  /** What has gone out: each token that a link was opened with, and how often a token was asked for. */
  sent: string[] = [];
  requests = 0;

  /** Set by what may be done at once or after a wait: a look at the connection tells. */
  mayHaveWaited = false;

  /** What the platform would say; nobody listens while idle. */
  hasNetwork = true;

  readonly canVerify: boolean;

  constructor({ token, canVerify }: { token: string | undefined; canVerify: boolean }) {
    this.token = token;
    this.canVerify = canVerify;
  }

  get hasLink(): boolean {
    return this.status === 'connecting' || this.status === 'connected' || this.status === 'recovering';
  }
  get isResting(): boolean {
    return this.status === 'idle' || this.status === 'kicked' || this.status === 'failed';
  }
  get isTrying(): boolean {
    return !this.isResting && this.status !== 'prompting' && this.status !== 'connected';
  }
  /** The next moment at which something happens by itself. */
  get next(): number | undefined {
    const moments = [this.promise, this.deadline, this.retry?.at].filter((moment) => moment !== undefined);
    return moments.length > 0 ? Math.min(...moments) : undefined;
  }

  connect(userWaiting: boolean): void {
    if (this.isResting || this.status === 'prompting') {
      [this.attempt, this.kind] = [0, undefined];
      if (this.isResting) [this.renewals, this.notBefore] = [0, 0];
      this.begin();
    }
    if (userWaiting && this.isTrying) this.promise ??= this.now + limits.timeLimit;
  }

  disconnect(logout: boolean): void {
    if (logout) this.token = undefined;
    // after cancel() with nobody in there is nothing to end, and what was counted stays to be seen
    if (this.status === 'idle' && this.database === 'closed' && this.userId === undefined) return;
    this.rest('idle');
    [this.database, this.userId, this.attempt, this.renewals] = ['closed', undefined, 0, 0];
  }

  retryNow(): void {
    if (this.status !== 'prompting') return;
    [this.attempt, this.kind] = [0, undefined];
    this.begin();
    this.promise = this.now + limits.timeLimit;
  }

  cancel(): void {
    if (this.status === 'prompting') this.rest('idle');
  }

  setToken(token: string): void {
    if (this.refused.has(token) || token === this.token) return;
    this.token = token;
    if (this.status === 'fetchingToken') this.open();
    else if (this.status === 'connected') this.reopen();
  }

  tokenAnswered(token: string): void {
    if (this.refused.has(token)) return this.renew('tokenIncorrect');
    this.token = token;
    this.open();
  }

  /** A token kind from the token server says nothing: no token was sent. */
  tokenFailed(kind: FailureKind): void {
    this.judge(kind.startsWith('token') ? 'unknown' : kind);
  }

  succeeded(userId: string, expected: string): void {
    if (userId !== expected) {
      this.database = 'closed';
      return this.judge('wrongUser');
    }
    if (this.status === 'connected') return;
    if (this.sent.at(-1) !== this.token) return this.reopen();
    this.rest('connected');
    [this.userId, this.kind, this.deadline] = [userId, undefined, this.now + limits.stableAfter];
  }

  linkFailed(kind: FailureKind, retryAfter?: number): void {
    if (retryAfter !== undefined) this.notBefore = this.now + retryAfter;
    if (!kind.startsWith('token')) return this.judge(kind);
    const sent = this.sent.at(-1)!;
    this.refused.add(sent);
    if (this.token === sent) this.token = undefined;
    this.renew(kind);
  }

  interrupted(): void {
    if (this.status !== 'connected') return;
    [this.status, this.isVerifying, this.deadline] = ['recovering', false, this.now + limits.recoveryTimeLimit];
  }

  databaseReported(ok: boolean): void {
    this.database = ok ? 'opened' : 'failed';
  }

  network(online: boolean): void {
    const isNews = online !== this.hasNetwork;
    this.hasNetwork = online;
    if (online && this.status === 'offline') this.wait(this.attempt, { isSoon: true });
    // the platform may be wrong, and a link that can be asked knows better
    else if (!online && this.status === 'connected' && this.canVerify) return isNews ? this.verify() : undefined;
    else if (!online && !this.isResting && this.status !== 'prompting') this.goOffline();
  }

  /** A link that slept cannot be trusted; a wait that slept may be cut short. */
  woke(): void {
    if (this.status === 'connected' && this.canVerify) this.verify();
    else if (this.status === 'connected' || this.status === 'recovering') this.postpone('network');
    else this.foregrounded();
  }

  /** It lives, and has to last anew. */
  verified(): void {
    [this.isVerifying, this.deadline] = [false, this.now + limits.stableAfter];
  }

  foregrounded(): void {
    if (this.status === 'waiting') this.retry = { at: undefined, earliest: Math.max(this.now, this.notBefore), latest: this.retry!.at! };
  }

  /** The next moment has come. */
  pass(): void {
    if (this.promise === this.now) this.rest('prompting', 'timeout');
    else if (this.retry?.at === this.now) this.begin();
    else if (this.status === 'connected' && !this.isVerifying) [this.attempt, this.renewals, this.deadline] = [0, 0, undefined];
    else this.postpone(this.hasLink && this.status !== 'connecting' ? 'network' : 'timeout');
  }

  /** One question at a time. */
  private verify(): void {
    if (!this.isVerifying) [this.isVerifying, this.deadline] = [true, this.now + limits.verifyTimeLimit];
  }

  /** One status, and nothing left of the ones before. */
  private rest(status: ConnectionStatus, kind?: FailureKind): void {
    this.isVerifying = false;
    [this.status, this.promise, this.deadline, this.retry, this.kind] = [status, undefined, undefined, undefined, kind];
  }

  private begin(): void {
    [this.retry, this.isVerifying] = [undefined, false];
    if (!this.hasNetwork) this.goOffline();
    else if (this.now < this.notBefore) this.wait(0);
    else if (this.token !== undefined) this.open();
    else [this.status, this.deadline, this.requests] = ['fetchingToken', this.now + limits.tokenTimeLimit, this.requests + 1];
  }

  private open(): void {
    [this.status, this.deadline] = ['connecting', this.now + limits.attemptTimeLimit];
    this.sent.push(this.token!);
  }

  /** Nothing has failed: at once, unless it happens again and again; then it waits like after a failure. Either is fine. */
  private reopen(): void {
    this.begin();
    this.mayHaveWaited = true;
  }

  private goOffline(): void {
    [this.status, this.deadline, this.retry, this.kind, this.isVerifying] = ['offline', undefined, undefined, 'network', false];
  }

  private renew(kind: FailureKind): void {
    if (this.renewals >= limits.maxTokenRenewals) return this.rest('failed', kind);
    this.renewals += 1;
    this.attempt += 1;
    this.kind = kind;
    this.begin();
  }

  private judge(kind: FailureKind): void {
    if (kind === 'forbidden' || kind === 'wrongUser') this.token = undefined;
    if (kind === 'kicked') this.rest('kicked', kind);
    else if (/forbidden|wrongUser|blocked|configuration/.test(kind)) this.rest('failed', kind);
    else if (kind === 'timeout' && this.promise !== undefined) this.rest('prompting', kind);
    else this.postpone(kind);
  }

  private postpone(kind: FailureKind): void {
    if (!this.hasNetwork) return this.goOffline();
    this.kind = kind;
    this.wait(this.attempt++);
  }

  wait(failures: number, { isSoon = false } = {}): void {
    const earliest = Math.max(this.now, this.notBefore);
    const bound = isSoon ? limits.backoffMax : Math.min(limits.backoffMax, limits.backoffMin * 2 ** failures);
    [this.status, this.deadline, this.isVerifying] = ['waiting', undefined, false];
    this.retry = { at: undefined, earliest, latest: earliest + bound };
  }
}
