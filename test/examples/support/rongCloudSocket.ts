import { WebSocket } from 'ws';
import type { RongCloudServer } from '../../../examples/local-rongcloud/server/startRongCloudServer.ts';

/** A plain client that speaks the wire's bytes: each message as hex, in order. */
export interface RongCloudSocket {
  send(hex: string): void;
  sendText(text: string): void;
  /** The next frame that nobody has taken, or the end of the socket. */
  next(): Promise<string>;
  /** The close code; 1006 for a socket that was cut or never opened. */
  readonly closed: Promise<number>;
  /** Frames that nobody has taken. */
  readonly left: readonly string[];
  close(): void;
}

interface RongCloudSocketOptions {
  readonly appKey?: string;
  readonly protocolVer?: 3 | 4;
  readonly headers?: Readonly<Record<string, string>>;
}

export function openRongCloudSocket(server: RongCloudServer, token: string, options: RongCloudSocketOptions = {}): RongCloudSocket {
  const { appKey = server.appKey, protocolVer = 3, headers = {} } = options;
  const query = new URLSearchParams({ appId: appKey, token, sdkVer: '5.38.0', protocolVer: String(protocolVer) });
  const socket = new WebSocket(`ws://${server.socketAddress}/websocket?${query.toString()}`, { headers });
  const frames: string[] = [];
  const takers: ((frame: string) => void)[] = [];
  socket.on('message', (data: Buffer) => {
    const taker = takers.shift();
    if (taker) taker(data.toString('hex'));
    else frames.push(data.toString('hex'));
  });
  socket.on('error', () => undefined);
  const closed = new Promise<number>((resolve) => socket.once('close', (code) => resolve(code)));
  void closed.then((code) => {
    for (const taker of takers.splice(0)) taker(`closed ${code}`);
  });
  return {
    send: (hex) => socket.send(Buffer.from(hex, 'hex')),
    sendText: (text) => socket.send(text),
    next: () => {
      const frame = frames.shift();
      if (frame !== undefined) return Promise.resolve(frame);
      if (socket.readyState === WebSocket.CLOSED) return Promise.resolve('closed already');
      return new Promise((resolve) => takers.push(resolve));
    },
    closed,
    left: frames,
    close: () => socket.close(),
  };
}
