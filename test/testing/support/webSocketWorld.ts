import { webSocketTransport, type WebSocketTransportOptions } from 'connection-machine/transports/websocket';
import type { TransportWorld } from 'connection-machine/testing';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, WebSocket, type RawData } from 'ws';

/** A real server on a free port of 127.0.0.1 that speaks our handshake, and the WebSocket transport in front of it. */
export async function webSocketWorld(options: Partial<WebSocketTransportOptions> = {}): Promise<TransportWorld> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  let isSilent = false;
  let issued = 0;
  const good = new Set<string>();

  const judge = (token: unknown) =>
    good.has(token as string)
      ? { type: 'success', userId: 'alice' }
      : { type: 'error', kind: 'tokenIncorrect', message: `no such token: ${String(token)}` };
  server.on('connection', (socket) => {
    if (isSilent) socket.pause();
    socket.on('error', () => undefined);
    socket.on('message', (data: RawData) => {
      const frame = JSON.parse(String(data)) as { type: string; token?: string };
      const answer = frame.type === 'ping' ? { type: 'pong' } : judge(frame.token);
      socket.send(JSON.stringify(answer));
      if (frame.type === 'connect' && answer.type === 'error') socket.close(4401);
    });
  });
  const stop = () => {
    for (const client of server.clients) client.terminate();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  };
  const issue = () => {
    const token = `good-token-${++issued}-9f3c`;
    good.add(token);
    return token;
  };

  return {
    transport: webSocketTransport({ url: `ws://127.0.0.1:${port}`, WebSocket, ...options }),
    userId: 'alice',
    goodToken: issue,
    badToken: 'bad-token-never-issued-5b1d',
    loseLink: () => {
      for (const client of server.clients) client.terminate();
    },
    silenceServer: () => {
      isSilent = true;
      for (const client of server.clients) client.pause();
    },
    refuseConnections: stop,
    connections: () => server.clients.size,
    close: stop,
    // what comes about comes at once; the limit is there for what never does
    timeLimit: 20_000,
  };
}
