import { WebSocket } from 'ws';

/** A plain client that knows nothing of the library: frames and the end of the socket, in order. */
export interface PlainSocket {
  send(frame: unknown): void;
  sendRaw(data: string | Buffer): void;
  /** The next frame that has not been taken yet. */
  next(): Promise<Record<string, unknown>>;
  /** The close code; 1006 for a socket that was cut or never opened. */
  readonly closed: Promise<number>;
  /** Frames that nobody has taken. */
  readonly left: readonly unknown[];
  close(): void;
}

export async function openSocket(url: string, headers: Readonly<Record<string, string>> = {}): Promise<PlainSocket> {
  const socket = new WebSocket(url, { headers });
  const frames: Record<string, unknown>[] = [];
  const takers: ((frame: Record<string, unknown>) => void)[] = [];
  socket.on('message', (data) => {
    const frame = JSON.parse(String(data)) as Record<string, unknown>;
    const taker = takers.shift();
    if (taker) taker(frame);
    else frames.push(frame);
  });
  socket.on('error', () => undefined);
  const closed = new Promise<number>((resolve) => socket.once('close', (code) => resolve(code)));
  await Promise.race([new Promise((resolve) => socket.once('open', resolve)), closed]);
  return {
    send: (frame) => socket.send(JSON.stringify(frame)),
    sendRaw: (data) => socket.send(data),
    next: () => {
      const frame = frames.shift();
      return frame ? Promise.resolve(frame) : new Promise((resolve) => takers.push(resolve));
    },
    closed,
    left: frames,
    close: () => socket.close(),
  };
}
