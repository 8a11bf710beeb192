import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { ConnectionOptionError } from 'connection-machine';
import { inspectConnection, webSocketSink, type OpenSink } from 'connection-machine/inspect';
import { createWorld } from '../support/world.ts';
import { atEnd, hello, turn } from './support/serverWorld.ts';

const url = 'ws://127.0.0.1:5757/app?key=secretKey';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

/** Sockets in the test's hands; `ones` has all that were made. With handlers alone, as React Native has them. */
function heldSockets() {
  const ones: HeldSocket[] = [];
  class HeldSocket {
    readyState = 0;
    bufferedAmount = 0;
    onopen: () => void = () => undefined;
    onmessage: (event: { data: unknown }) => void = () => undefined;
    onclose: () => void = () => undefined;
    onerror: () => void = () => undefined;
    readonly sent: string[] = [];
    isClosed = false;
    readonly url: string;
    constructor(...given: unknown[]) {
      this.url = given.join(' ');
      ones.push(this);
    }
    send(text: string) {
      this.sent.push(text);
    }
    close() {
      this.isClosed = true;
      this.readyState = 2;
    }
    opens() {
      this.readyState = 1;
      this.onopen();
    }
    fails() {
      this.readyState = 3;
      this.onerror();
      this.onclose();
    }
  }
  return { ones, WebSocket: HeldSocket };
}

/** A real server that can be told to refuse; `heard` has what all sockets said. */
async function realServer() {
  let isRefusing = false;
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, verifyClient: () => !isRefusing });
  const heard: { type: string; seq?: number }[] = [];
  server.on('connection', (socket) => {
    socket.on('error', () => undefined);
    socket.on('message', (data) => heard.push(JSON.parse(String(data)) as never));
  });
  atEnd(() => {
    for (const socket of server.clients) socket.terminate();
    return new Promise((resolve) => server.close(resolve));
  });
  await new Promise((resolve) => void server.once('listening', resolve));
  return {
    server,
    heard,
    url: `ws://127.0.0.1:${(server.address() as { port: number }).port}/app`,
    refuse: (is: boolean) => void (isRefusing = is),
  };
}

const until = async (is: () => boolean) => {
  while (!is()) await turn();
};

const opened = (sink: ReturnType<typeof webSocketSink>) => {
  const received: unknown[] = [];
  const open: OpenSink = sink(
    (message) => received.push(message),
    () => received.push('opened'),
  );
  return { ...open, received };
};

describe('webSocketSink, before anything is opened', () => {
  test.each([undefined, '', 'http://127.0.0.1:5757/#key=secretKey', '127.0.0.1:5757/app', 'ws://', 'ws://a b/', 'ws://h/#key=secretKey'])(
    'refuses the url %s, and does not repeat it',
    (wrong) => {
      const make = () => webSocketSink(wrong as never, heldSockets());
      expect(make).toThrow(ConnectionOptionError);
      expect(make).toThrow(/^url must be a WebSocket URL such as the inspector prints(?!.*secretKey)/);
    },
  );

  test('says what to pass where there is no WebSocket, and takes the global one where there is', () => {
    vi.stubGlobal('WebSocket', undefined);
    expect(() => webSocketSink(url)).toThrow(ConnectionOptionError);
    expect(() => webSocketSink(url)).toThrow("so pass the one of 'ws'");
    expect(() => webSocketSink(url, { WebSocket: {} as never })).toThrow(/^WebSocket must be a class/);
    const { ones, WebSocket } = heldSockets();
    vi.stubGlobal('WebSocket', WebSocket);
    const sink = webSocketSink(url);
    expect(ones).toHaveLength(0);
    opened(sink);
    expect(ones.map((one) => one.url)).toEqual([url]);
  });
});

describe('webSocketSink, open', () => {
  test('introduces the connection on each opening, with what happened while there was nobody', async () => {
    const { server, heard, refuse, url } = await realServer();
    const world = createWorld();
    const stop = inspectConnection(world.connection, webSocketSink(url, { WebSocket }));
    atEnd(stop);
    await until(() => heard.length === 1);
    world.connection.connect();
    await until(() => heard.length === 3);
    expect(heard.map(({ seq, type }) => seq ?? type)).toEqual(['actor', 1, 2]);
    refuse(true);
    for (const socket of server.clients) socket.terminate();
    await until(() => vi.getTimerCount() === 1);
    world.transport.last.report.success({ userId: 'alice' });
    await world.settle();
    vi.advanceTimersToNextTimer();
    // refused once, and then let in
    await until(() => vi.getTimerCount() === 1);
    expect(heard).toHaveLength(3);
    refuse(false);
    vi.advanceTimersToNextTimer();
    await until(() => heard.length === 7);
    expect(heard.slice(3).map(({ seq, type }) => seq ?? type)).toEqual(['actor', 1, 2, 3]);
    stop();
    await until(() => heard.length === 8 && server.clients.size === 0);
    expect(heard[7]!.type).toBe('end');
  });

  test('hands over what is JSON text, and nothing else', async () => {
    const { server, url } = await realServer();
    const sink = opened(webSocketSink(url, { WebSocket }));
    atEnd(sink.close);
    await until(() => sink.received.length === 1);
    const last = { version: 1, type: 'send', connection: 'one', event: { type: 'user.retry' } };
    for (const frame of ['', 'nonsense', '{"a":', Buffer.from('{}'), JSON.stringify(last)])
      for (const socket of server.clients) socket.send(frame);
    await until(() => sink.received.length > 1);
    expect(sink.received).toEqual(['opened', last]);
  });

  test('queues nothing: what is sent while it is not open, or not read, or too long for the server, is left out', () => {
    const { ones, WebSocket } = heldSockets();
    const { send } = opened(webSocketSink(url, { WebSocket }));
    const message = (mark: string) => ({ ...hello, mark }) as never;
    send(message('connecting'));
    ones[0]!.opens();
    send(message('open'));
    ones[0]!.bufferedAmount = 8_000_000;
    send(message('not read'));
    ones[0]!.bufferedAmount = 7_999_999;
    send(message('x'.repeat(330_000)));
    send(message('read again'));
    ones[0]!.readyState = 2;
    send(message('closing'));
    ones[0]!.fails();
    send(message('closed'));
    expect(ones[0]!.sent).toEqual([message('open'), message('read again')].map((each) => JSON.stringify(each)));
  });
});

describe('webSocketSink, refused or lost', () => {
  /** ms between tries, while each is refused at once. */
  function waits(chance: number, tries: number): number[] {
    vi.spyOn(Math, 'random').mockReturnValue(chance);
    const delays = vi.spyOn(globalThis, 'setTimeout');
    const { ones, WebSocket } = heldSockets();
    const { close } = opened(webSocketSink(url, { WebSocket }));
    for (let each = 0; each < tries; each++) {
      expect(ones).toHaveLength(each + 1);
      ones[each]!.fails();
      expect(vi.getTimerCount()).toBe(1);
      vi.advanceTimersToNextTimer();
    }
    close();
    const asked = delays.mock.calls.map(([, ms]) => Number(ms));
    vi.restoreAllMocks();
    return asked;
  }

  test('tries again after 1 s, doubling to 30 s, for ever, never at the same moment as others', () => {
    const longest = [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000];
    expect(waits(1, 2_000).slice(0, 7)).toEqual(longest);
    expect(waits(0, 7)).toEqual(longest.map((ms) => ms * 0.75));
  });

  test('begins with 1 s again once it was open', () => {
    vi.spyOn(Math, 'random').mockReturnValue(1);
    const { ones, WebSocket } = heldSockets();
    opened(webSocketSink(url, { WebSocket }));
    for (const each of [0, 1, 2]) {
      ones[each]!.fails();
      vi.advanceTimersToNextTimer();
    }
    ones[3]!.opens();
    ones[3]!.fails();
    vi.advanceTimersByTime(999);
    expect(ones).toHaveLength(4);
    vi.advanceTimersByTime(1);
    expect(ones).toHaveLength(5);
  });

  test('a socket that says twice that it is over is replaced once', () => {
    const { ones, WebSocket } = heldSockets();
    opened(webSocketSink(url, { WebSocket }));
    ones[0]!.fails();
    ones[0]!.fails();
    expect(vi.getTimerCount()).toBe(1);
  });

  test('a class that throws is a socket that was refused', () => {
    let tries = 0;
    function Throwing() {
      tries++;
      throw new SyntaxError('no');
    }
    const { close } = opened(webSocketSink(url, { WebSocket: Throwing as never }));
    vi.advanceTimersToNextTimer();
    vi.advanceTimersToNextTimer();
    expect(tries).toBe(3);
    close();
    expect(vi.getTimerCount()).toBe(0);
  });

  test('the wait keeps no program alive', () => {
    const timeouts = vi.spyOn(globalThis, 'setTimeout');
    const { ones, WebSocket } = heldSockets();
    opened(webSocketSink(url, { WebSocket }));
    ones[0]!.fails();
    expect(timeouts.mock.results.map(({ value }) => (value as NodeJS.Timeout).hasRef())).toEqual([false]);
  });

  test('says nothing of it in the console', async () => {
    const said = (['log', 'info', 'warn', 'error'] as const).map((name) => vi.spyOn(console, name));
    const { refuse, url } = await realServer();
    refuse(true);
    const { close } = opened(webSocketSink(url, { WebSocket }));
    for (let tries = 0; tries < 3; tries++) {
      await until(() => vi.getTimerCount() === 1);
      vi.advanceTimersToNextTimer();
    }
    close();
    for (const one of said) expect(one).not.toHaveBeenCalled();
  });
});

describe('webSocketSink, closed', () => {
  test('while it waits: no timer is left, no socket is opened any more', () => {
    const { ones, WebSocket } = heldSockets();
    const { close } = opened(webSocketSink(url, { WebSocket }));
    ones[0]!.fails();
    close();
    expect(vi.getTimerCount()).toBe(0);
    expect(ones).toHaveLength(1);
  });

  test.each(['connecting', 'open'])('while it is %s: the socket is closed, hands over nothing, and is not replaced', (when) => {
    const { ones, WebSocket } = heldSockets();
    const { close, received } = opened(webSocketSink(url, { WebSocket }));
    if (when === 'open') ones[0]!.opens();
    const before = received.length;
    close();
    expect(ones[0]!.isClosed).toBe(true);
    if (when === 'connecting') ones[0]!.opens();
    ones[0]!.onmessage({ data: JSON.stringify(hello) });
    ones[0]!.fails();
    expect(received).toHaveLength(before);
    expect(vi.getTimerCount()).toBe(0);
    expect(ones).toHaveLength(1);
  });

  test('while a real socket is being opened: no error gets out, and the server is left alone', async () => {
    const { server, url } = await realServer();
    const { close, received } = opened(webSocketSink(url, { WebSocket }));
    close();
    close();
    const after = opened(webSocketSink(url, { WebSocket }));
    atEnd(after.close);
    await until(() => after.received.length === 1 && server.clients.size === 1);
    expect(received).toEqual([]);
    after.close();
    await until(() => server.clients.size === 0);
  });
});
