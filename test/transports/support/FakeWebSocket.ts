import type { WebSocketFrame, WebSocketLike } from 'connection-machine/transports/websocket';

/**
 * A WebSocket in the hands of a test: nothing happens by itself, and anything may, also what no real socket does.
 */
export class FakeWebSocket implements WebSocketLike {
  static last: FakeWebSocket | undefined;

  readyState = 0;
  bufferedAmount = 0;
  binaryType = 'blob';
  onopen: ((event: any) => void) | null = null;
  onmessage: ((event: any) => void) | null = null;
  onerror: ((event: any) => void) | null = null;
  onclose: ((event: any) => void) | null = null;
  /** What `send` or `close` throws, if anything. */
  sendThrows: unknown;
  closeThrows: unknown;
  readonly sent: WebSocketFrame[] = [];
  closeCalls = 0;
  terminateCalls = 0;

  constructor(_url: string, _protocols?: string | string[]) {
    FakeWebSocket.last = this;
  }

  send(data: WebSocketFrame): void {
    if (this.sendThrows !== undefined) throw this.sendThrows;
    this.sent.push(data);
  }

  close(): void {
    this.closeCalls++;
    if (this.closeThrows !== undefined) throw this.closeThrows;
    if (this.readyState < 2) this.readyState = 2;
  }

  terminate(): void {
    this.terminateCalls++;
  }

  open(): void {
    this.readyState = 1;
    this.onopen?.({ type: 'open' });
  }

  message(data: unknown): void {
    this.onmessage?.({ type: 'message', data });
  }

  error(event: object = { type: 'error' }): void {
    this.onerror?.(event);
  }

  closed(code: number, reason = ''): void {
    this.readyState = 3;
    this.onclose?.({ type: 'close', code, reason });
  }
}

/** A fake that lives through the handshake: open and accepted. */
export function acceptLast(userId = 'ann'): FakeWebSocket {
  const socket = FakeWebSocket.last as FakeWebSocket;
  socket.open();
  socket.message(JSON.stringify({ type: 'success', userId }));
  return socket;
}
