/** The part of the W3C WebSocket that is used here: browsers, React Native, Node 22, `ws` and test doubles all have it. */
export interface WebSocketLike {
  readonly readyState: number;
  readonly bufferedAmount: number;
  binaryType: string;
  onopen: ((event: any) => void) | null;
  onmessage: ((event: any) => void) | null;
  onerror: ((event: any) => void) | null;
  onclose: ((event: any) => void) | null;
  /** Gets a `WebSocketFrame`. Not typed so, because lib.dom leaves out views of shared memory and would not fit. */
  send(data: any): void;
  close(code?: number, reason?: string): void;
  /** Only `ws` has it: drops the connection without a closing handshake. */
  terminate?(): void;
}

export type WebSocketClass = new (url: string, protocols?: string | string[]) => WebSocketLike;
