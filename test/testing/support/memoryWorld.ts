import { failure, type Failure, type OpenLink, type OpenRequest, type Transport, type TransportReport } from 'connection-machine';
import { controlledClock, type ControlledClock, type TransportWorld } from 'connection-machine/testing';

interface Socket {
  isOpen: boolean;
  lose(): void;
}

/** A server without a network, which answers after 5 ms. */
export interface MemoryServer {
  readonly clock: ControlledClock;
  readonly sockets: Set<Socket>;
  isSilent: boolean;
  isReachable: boolean;
  judge(token: string): Failure | undefined;
}

export type Break = (transport: Transport, server: MemoryServer) => Transport;

export const badToken = 'bad-token-4c19d2';
export const goodToken = 'good-token-e07a5b';

/** A world whose transport keeps every rule, unless `breakIt` makes it worse. */
export function memoryWorld(breakIt: Break = (transport) => transport, abilities: Partial<TransportWorld> = {}): TransportWorld {
  const clock = controlledClock();
  const server: MemoryServer = {
    clock,
    sockets: new Set(),
    isSilent: false,
    isReachable: true,
    judge: (token) => (token === goodToken ? undefined : { kind: 'tokenIncorrect', code: 31004 }),
  };
  return {
    transport: breakIt({ open: (request, report) => openMemoryLink(server, request, report) }, server),
    userId: 'alice',
    goodToken,
    badToken: () => badToken,
    loseLink: () => {
      for (const socket of server.sockets) socket.lose();
    },
    silenceServer: () => (server.isSilent = true),
    refuseConnections: () => (server.isReachable = false),
    connections: () => server.sockets.size,
    close: () => undefined,
    wait: (ms) => clock.advance(ms),
    timeLimit: 200,
    ...abilities,
  };
}

function openMemoryLink(server: MemoryServer, { token, signal }: OpenRequest, report: TransportReport): OpenLink {
  const { clock, sockets } = server;
  const waiting = new Set<(reason: Failure) => void>();
  let isOver = signal.aborted;

  const socket: Socket = {
    isOpen: true,
    lose() {
      sockets.delete(socket);
      socket.isOpen = false;
      end({ kind: 'network', code: 1006 });
    },
  };
  const end = (reason?: Failure) => {
    if (isOver) return;
    isOver = true;
    sockets.delete(socket);
    for (const refuse of waiting) refuse(reason ?? { kind: 'network' });
    if (reason) report.error(failure(reason));
  };
  const ask = (answer: () => Failure | undefined, giveUp?: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      if (isOver) return reject(failure({ kind: 'network' }));
      waiting.add(reject);
      giveUp?.addEventListener('abort', () => reject(failure({ kind: 'timeout' })));
      clock.setTimeout(() => {
        if (isOver || server.isSilent) return;
        waiting.delete(reject);
        const refused = answer();
        if (refused) reject(failure(refused));
        else resolve();
      }, 5);
    });

  if (!isOver) {
    if (server.isReachable) sockets.add(socket);
    signal.addEventListener('abort', () => end());
    clock.setTimeout(() => {
      if (isOver) return;
      if (!server.isReachable) return end({ kind: 'network' });
      if (server.isSilent) return undefined;
      const refused = server.judge(token.reveal());
      if (refused) return end(refused);
      return report.success({ userId: 'alice' });
    }, 5);
  }
  return {
    close: async () => end(),
    verify: (giveUp) => ask(() => undefined, giveUp),
    renew: (next) => ask(() => server.judge(next.reveal())),
  };
}
