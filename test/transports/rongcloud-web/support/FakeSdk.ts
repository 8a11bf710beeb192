import type { RongIMLibV5 } from 'connection-machine/transports/rongcloud-web';

type Listener = (code?: number) => void;
type Result = Awaited<ReturnType<RongIMLibV5['connect']>>;

/** Plays `@rongcloud/imlib-next` as its source behaves, without a network: connect() hangs until told how it went. */
export class FakeSdk implements RongIMLibV5 {
  readonly calls: string[] = [];
  readonly listeners = new Map<string, Set<Listener>>();
  status = 2;
  userId = '';
  /** Called instead of the SDK's own answer. */
  onDisconnect: () => Promise<void> = () => Promise.resolve();
  #settle: ((result: Result) => void)[] = [];

  connect(token: string): Promise<Result> {
    this.calls.push(`connect ${token}`);
    this.status = 1;
    return new Promise((resolve) => {
      this.#settle.push(resolve);
    });
  }

  disconnect(_closeDB?: boolean, disablePush?: boolean): Promise<void> {
    this.calls.push(disablePush ? 'disconnect and stop push' : 'disconnect');
    this.status = 2;
    return this.onDisconnect();
  }

  getConnectionStatus(): number {
    return this.status;
  }

  getCurrentUserId(): string {
    return this.userId;
  }

  addEventListener(event: string, listener: Listener): void {
    this.listeners.set(event, (this.listeners.get(event) ?? new Set()).add(listener));
  }

  removeEventListener(event: string, listener: Listener): void {
    this.listeners.get(event)?.delete(listener);
  }

  /** How many listeners are attached. */
  get listening(): number {
    return [...this.listeners.values()].reduce((sum, { size }) => sum + size, 0);
  }

  emit(event: 'CONNECTED' | 'SUSPEND' | 'DISCONNECT' | 'DATABASE_OPENED', code?: number): void {
    if (event === 'CONNECTED') this.status = 0;
    else if (event !== 'DATABASE_OPENED') this.status = event === 'SUSPEND' ? 3 : 2;
    for (const listener of [...(this.listeners.get(event) ?? [])]) listener(code);
  }

  /** The event first, then the promise: both, as the SDK does. */
  letIn(userId: string): void {
    this.userId = userId;
    this.emit('CONNECTED');
    this.settle({ isOk: true, code: 0, data: { userId } });
  }

  refuse(code: number | undefined): void {
    this.emit('DISCONNECT', code);
    this.settle({ isOk: false, code: code as number });
  }

  settle(result: Result): void {
    for (const resolve of this.#settle.splice(0)) resolve(result);
  }
}
