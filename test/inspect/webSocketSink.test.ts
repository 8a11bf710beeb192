import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { inspectConnection, webSocketSink } from 'connection-machine/inspect';
import { createWorld } from '../support/world.ts';

// Against sockets of the test's own making: what a network does to it is up to the test. Real ones: server.test.ts.

const sockets: FakeSocket[] = [];

class FakeSocket {
  readonly url: string;
  readyState = 0;
  bufferedAmount = 0;
  onopen?: () => void;
  onmessage?: (event: { data: unknown }) => void;
  onclose?: () => void;
  onerror?: () => void;
  readonly sent: { type: string; seq?: number }[] = [];
  constructor(url: string) {
    this.url = url;
    if (FakeSocket.isBroken) throw new Error('no socket today');
    sockets.push(this);
  }
  static isBroken = false;
  send(text: string) {
    this.sent.push(JSON.parse(text) as never);
  }
  close() {
    this.readyState = 3;
  }
  open() {
    this.readyState = 1;
    this.onopen?.();
  }
  fail() {
    this.readyState = 3;
    this.onerror?.();
    this.onclose?.();
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
  sockets.length = 0;
  FakeSocket.isBroken = false;
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const url = 'ws://127.0.0.1:5757/app?key=K';
const watch = (world = createWorld()) => ({
  world,
  stop: inspectConnection(world.connection, webSocketSink(url, { WebSocket: FakeSocket })),
});

describe('webSocketSink', () => {
  test('tells everything anew on each opening: what happened while it was closed is not lost', async () => {
    const { world, stop } = watch();
    expect(sockets.map((socket) => socket.url)).toEqual([url]);
    await world.connected();
    expect(sockets[0]!.sent).toEqual([]);
    sockets[0]!.open();
    expect(sockets[0]!.sent.map(({ type, seq }) => seq ?? type)).toEqual(['actor', 1, 2, 3]);
    sockets[0]!.fail();
    world.transport.last.fail({ kind: 'kicked' });
    vi.advanceTimersByTime(1_000);
    sockets[1]!.open();
    expect(sockets[1]!.sent.map(({ type, seq }) => seq ?? type)).toEqual(['actor', 1, 2, 3, 4]);
    stop();
    expect(sockets[1]!.sent.at(-1)).toMatchObject({ type: 'end' });
  });

  test('tries again ever later, up to half a minute, in silence, and soon again after a success', () => {
    const { stop } = watch();
    const waits: number[] = [];
    for (let tries = 0; tries < 8; tries += 1) {
      const { length } = sockets;
      sockets.at(-1)!.fail();
      let waited = 0;
      while (sockets.length === length) {
        vi.advanceTimersByTime(125);
        waited += 125;
      }
      waits.push(waited);
    }
    expect(waits).toEqual([875, 1_750, 3_500, 7_000, 14_000, 26_250, 26_250, 26_250]);
    sockets.at(-1)!.open();
    sockets.at(-1)!.fail();
    expect(vi.getTimerCount()).toBe(1);
    const { length } = sockets;
    vi.advanceTimersByTime(1_000);
    expect(sockets).toHaveLength(length + 1);
    stop();
  });

  test('leaves nothing behind: no timer, no socket, and a late word changes nothing', async () => {
    const { world, stop } = watch();
    const [socket] = sockets;
    socket!.open();
    stop();
    expect(socket!.readyState).toBe(3);
    socket!.onclose?.();
    socket!.onmessage?.({ data: '{"version":1,"type":"hello"}' });
    expect(vi.getTimerCount()).toBe(0);
    const second = watch(world);
    sockets[1]!.fail();
    expect(vi.getTimerCount()).toBe(1);
    second.stop();
    expect(vi.getTimerCount()).toBe(0);
    expect(sockets).toHaveLength(2);
    await world.connected();
    expect(world.status).toBe('connected');
  });

  test('hears text that is JSON, and nothing else', () => {
    const { stop } = watch();
    const [socket] = sockets;
    socket!.open();
    const { length } = socket!.sent;
    for (const data of ['', '{', 'hello', new ArrayBuffer(2), undefined, '[]', 'null']) socket!.onmessage?.({ data });
    expect(socket!.sent).toHaveLength(length);
    socket!.onmessage?.({ data: '{"version":1,"type":"hello"}' });
    expect(socket!.sent.length).toBeGreaterThan(length);
    stop();
  });

  test('a socket that cannot even be made is tried again', () => {
    FakeSocket.isBroken = true;
    const { stop } = watch();
    expect(sockets).toHaveLength(0);
    FakeSocket.isBroken = false;
    vi.advanceTimersByTime(1_000);
    expect(sockets).toHaveLength(1);
    stop();
  });

  test('does not pile up for a viewer that does not keep pace', async () => {
    const { world, stop } = watch();
    const [socket] = sockets;
    socket!.open();
    const { length } = socket!.sent;
    socket!.bufferedAmount = 8_000_000;
    await world.connected();
    expect(socket!.sent).toHaveLength(length);
    stop();
  });

  test.each(['http://127.0.0.1:5757', 'ws://', '', undefined, 5757])('refuses the url %s, and says what it looks like', (wrong) => {
    expect(() => webSocketSink(wrong as never, { WebSocket: FakeSocket })).toThrow(
      'url must be a WebSocket URL such as the inspector prints',
    );
  });

  test('where there is no WebSocket, it says where to get one', () => {
    vi.stubGlobal('WebSocket', undefined);
    expect(() => webSocketSink(url)).toThrow("WebSocket must be a class: there is no global one here, so pass the one of 'ws'");
    vi.stubGlobal('WebSocket', FakeSocket);
    expect(() => webSocketSink(url)).not.toThrow();
  });
});
