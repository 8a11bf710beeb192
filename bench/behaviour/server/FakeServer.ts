import type { FakeClock } from '../fakeClock.ts';
import { createFakeWebSocketClass, type FakeWebSocketClass, type SocketEnd } from './fakeWebSocket.ts';
import { createFakeFetch, type FakeFetch } from './fakeFetch.ts';
import type { ServerLink, ServerVoice } from './ServerVoice.ts';

/** The one server behind all clients. It follows the scenario's script, speaks through the client's voice, and counts. */
export interface FakeServer {
  readonly WebSocket: FakeWebSocketClass;
  readonly fetch: FakeFetch;
  /** Refuses every token. */
  refuses: boolean;
  /** Says nothing, hears nothing and closes nothing, as a network that is gone does. */
  isSilent: boolean;
  /** Drops each accepted link after so many ms. */
  dropsAfter: number | undefined;
  /** Every link is dropped: the page gets `close` with 1006, and no `error` before it. */
  dropAll(): void;
  /** Sockets that the client made. */
  readonly sockets: number;
  /** Sockets that nobody has closed yet. */
  readonly openSockets: number;
  /** Of those, how many were accepted. */
  readonly openAccepted: number;
  /** Clients that were accepted. */
  readonly accepted: number;
  /** Sockets that the client closed. */
  readonly closedByClient: number;
}

export function createFakeServer(voice: ServerVoice, clock: FakeClock, report: (thrown: unknown) => void): FakeServer {
  const open = new Map<SocketEnd, { isAccepted: boolean; lose(): void }>();
  const { heartbeat } = voice;
  let [sockets, accepted, closedByClient] = [0, 0, 0];

  const knock = (socket: SocketEnd) => {
    sockets++;
    const timers: number[] = [];
    const over = () => {
      for (const timer of timers) clock.clear(timer);
      open.delete(socket);
    };
    const drop = (code: number, reason: string, withError: boolean) => {
      over();
      socket.drop(code, reason, withError);
    };
    const lose = () => drop(1006, '', false);
    const entry = { isAccepted: false, lose };
    open.set(socket, entry);
    const beat = ({ every, say }: { every: number; say: string }) =>
      timers.push(clock.set(() => !server.isSilent && socket.say(say), every, every));
    const link: ServerLink = {
      url: new URL(socket.url),
      get refuses() {
        return server.refuses;
      },
      open() {
        socket.open();
        if (heartbeat?.fromOpen) beat(heartbeat);
      },
      say: (text) => socket.say(text),
      accepted() {
        accepted++;
        entry.isAccepted = true;
        if (heartbeat && !heartbeat.fromOpen) beat(heartbeat);
        if (server.dropsAfter !== undefined) timers.push(clock.set(lose, server.dropsAfter));
      },
      refuseUpgrade: () => drop(1006, '', true),
      close: (code, reason) => drop(code, reason, false),
    };
    socket.heard = (text) => {
      if (!server.isSilent && open.has(socket)) voice.hear?.(link, text);
    };
    socket.closed = () => {
      closedByClient++;
      over();
    };
    socket.answers = () => !server.isSilent;
    clock.set(() => {
      if (!server.isSilent && open.has(socket)) voice.knock(link);
    }, 0);
  };

  const server: FakeServer = {
    WebSocket: createFakeWebSocketClass(clock, knock, report),
    fetch: createFakeFetch(clock, (url) => {
      if (server.isSilent) return undefined;
      return voice.answer?.({ url, refuses: server.refuses }) ?? { status: 404, body: '' };
    }),
    refuses: false,
    isSilent: false,
    dropsAfter: undefined,
    dropAll() {
      for (const { lose } of [...open.values()]) lose();
    },
    get sockets() {
      return sockets;
    },
    get openSockets() {
      return open.size;
    },
    get openAccepted() {
      return [...open.values()].filter(({ isAccepted }) => isAccepted).length;
    },
    get accepted() {
      return accepted;
    },
    get closedByClient() {
      return closedByClient;
    },
  };
  return server;
}
