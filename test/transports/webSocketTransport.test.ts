import { createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net';
import { jsonHandshake, webSocketTransport } from 'connection-machine/transports/websocket';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { failureKinds } from '../../machines/connection/failure.ts';
import { SecretToken } from '../../machines/connection/SecretToken.ts';
import { acceptLast, FakeWebSocket } from './support/FakeWebSocket.ts';
import { nextError, openConnectedLink, openTestLink, secret, until } from './support/openTestLink.ts';
import { refusedUrl, startServer, stopServers } from './support/startServer.ts';

afterEach(async () => {
  vi.unstubAllGlobals();
  await stopServers();
});

/** What must be true of every link that is over: the server has nobody, no timer is armed. */
async function expectNothingLeft(test: { clock: { pending: number } }, server: { size: number }): Promise<void> {
  await until(() => server.size === 0);
  expect(test.clock.pending).toBe(0);
}

describe('the handshake', () => {
  it('hands over the token in the first frame, and reports success with the user', async () => {
    const server = await startServer();
    const test = openTestLink({ url: server.url });
    const peer = await server.nextPeer();
    expect(await peer.next()).toEqual({ type: 'connect', token: secret });
    expect(test.reported).toEqual([]);
    peer.send({ type: 'success', userId: 'ann' });
    expect(await test.next()).toEqual({ success: { userId: 'ann' } });
  });

  it.each(failureKinds)('reports an error frame of kind %s as it is, and hangs up', async (kind) => {
    const server = await startServer();
    const test = openTestLink({ url: server.url });
    const peer = await server.nextPeer();
    peer.send({ type: 'error', kind, code: 31_004, retryAfter: 1_500, message: 'no', cause: { not: 'taken over' } });
    expect(await nextError(test)).toEqual({ kind, code: 31_004, retryAfter: 1_500, message: 'no' });
    await peer.closed;
  });

  it.each([
    ['a kind that is in no table', { type: 'error', kind: 'tired', code: 'E7' }, { kind: 'unknown', code: 'E7' }],
    ['no kind', { type: 'error' }, { kind: 'unknown' }],
    ['a senseless hint', { type: 'error', kind: 'server', retryAfter: -1, code: {} }, { kind: 'server' }],
  ])('makes the best of an error frame with %s', async (_, frame, expected) => {
    const server = await startServer();
    const test = openTestLink({ url: server.url });
    (await server.nextPeer()).send(frame);
    expect(await nextError(test)).toEqual(expected);
  });

  it.each([
    ['no userId', { type: 'success' }],
    ['an empty userId', { type: 'success', userId: '' }],
    ['a userId that is not a string', { type: 'success', userId: 7 }],
  ])('lets nobody in on a success with %s', async (_, frame) => {
    const server = await startServer();
    const test = openTestLink({ url: server.url });
    const peer = await server.nextPeer();
    peer.send(frame);
    expect(await nextError(test)).toEqual({ kind: 'unknown', message: 'success without a userId' });
    await peer.closed;
  });

  it.each([
    ['text that is not JSON', '<html>502 Bad Gateway</html>'],
    ['empty text', ''],
  ])('takes %s before success for an unknown failure that does not quote it', async (_, frame) => {
    const server = await startServer();
    const test = openTestLink({ url: server.url });
    const peer = await server.nextPeer();
    peer.send(frame);
    expect(await nextError(test)).toEqual({ kind: 'unknown', message: 'the server answered in text that is not JSON' });
    await peer.closed;
  });

  it('takes a binary frame before success for an unknown failure', async () => {
    const server = await startServer();
    const test = openTestLink({ url: server.url });
    const peer = await server.nextPeer();
    peer.socket.send(Buffer.from('{"type":"success","userId":"ann"}'));
    expect(await nextError(test)).toEqual({ kind: 'unknown', message: 'the server answered in binary' });
    await peer.closed;
  });

  it('gives JSON frames of other types to the app, before success and after', async () => {
    const server = await startServer();
    const test = openTestLink({ url: server.url });
    const peer = await server.nextPeer();
    for (const frame of ['{"type":"notice"}', '[1]', 'null', '"ping"']) {
      peer.send(frame);
      expect(await test.messages.next()).toBe(frame);
    }
    peer.send({ type: 'success', userId: 'ann' });
    peer.send({ type: 'notice', text: '"type":"error"', nested: { type: 'error' } });
    expect(await test.messages.next()).toContain('notice');
    expect(test.reported).toEqual([{ success: { userId: 'ann' } }]);
  });

  it('waits in silence when the server says nothing: time limits are the brain’s', async () => {
    const server = await startServer();
    const test = openTestLink({ url: server.url });
    const peer = await server.nextPeer();
    await peer.next();
    expect(test.clock.pending).toBe(0);
    test.clock.advance(1e9);
    expect(test.reported).toEqual([]);
    await test.link.close();
  });

  it('reads answers whose keys come in another order and with other spaces', async () => {
    const test = await openConnectedLink(await startServer());
    test.peer.send('{ "kind": "kicked",\n "type" : "error" }');
    expect(await nextError(test)).toEqual({ kind: 'kicked' });
  });

  it('offers the subprotocols', async () => {
    const server = await startServer({ handleProtocols: (offered) => [...offered][1]! });
    openTestLink({ url: server.url, protocols: ['im.v1', 'im.v2'] });
    expect((await server.nextPeer()).socket.protocol).toBe('im.v2');
  });

  it('asks a url function anew for each link', async () => {
    const server = await startServer();
    const url = vi.fn(() => new URL(`${server.url}/region`));
    expect(url).not.toHaveBeenCalled();
    openTestLink({ url });
    await server.nextPeer();
    openTestLink({ url });
    await server.nextPeer();
    expect(url).toHaveBeenCalledTimes(2);
  });

  it('uses the global WebSocket of the moment of opening', async () => {
    const transport = webSocketTransport({ url: 'ws://127.0.0.1' });
    vi.stubGlobal('WebSocket', FakeWebSocket);
    const report = { success: vi.fn(), error: vi.fn(), dbOpened: vi.fn(), interrupted: vi.fn() };
    transport.open({ token: new SecretToken('t'), signal: new AbortController().signal }, report);
    acceptLast();
    expect(report.success).toHaveBeenCalledWith({ userId: 'ann' });
    expect(FakeWebSocket.last!.binaryType).toBe('arraybuffer');
  });

  it('passes on what the database and interruptions have to say: nothing', async () => {
    const test = await openConnectedLink(await startServer());
    await test.link.close();
    expect(test.reported).toEqual([{ success: { userId: 'ann' } }]);
  });
});

describe('the app’s own frames', () => {
  it('go both ways as text and as binary', async () => {
    const { link, peer, messages } = await openConnectedLink(await startServer());
    link.send('hello');
    expect(await peer.next()).toBe('hello');
    link.send(new Uint8Array([0, 1, 2]).subarray(1));
    expect(await peer.next()).toEqual(Buffer.from([1, 2]));
    link.send(new Uint8Array([3]).buffer);
    expect(await peer.next()).toEqual(Buffer.from([3]));
    peer.send('not JSON at all');
    expect(await messages.next()).toBe('not JSON at all');
    peer.socket.send(Buffer.from([4, 5]));
    const binary = await messages.next();
    expect(binary).toBeInstanceOf(ArrayBuffer);
    expect([...new Uint8Array(binary as ArrayBuffer)]).toEqual([4, 5]);
  });

  it('come as ArrayBuffer even from a class that knows only views', () => {
    const seen: unknown[] = [];
    openTestLink({ url: 'ws://x', WebSocket: FakeWebSocket, onMessage: (data) => seen.push(data) });
    acceptLast().message(Buffer.from('xabcx').subarray(1, 4));
    expect(seen).toHaveLength(1);
    expect(seen[0]).toBeInstanceOf(ArrayBuffer);
    expect(Buffer.from(seen[0] as ArrayBuffer).toString()).toBe('abc');
  });

  it('may look like an answer without being one', async () => {
    const { peer, messages, reported } = await openConnectedLink(await startServer());
    for (const frame of ['broken: {"type":"error"', '{"text":{"type":"error"}}', '{"type":"errors"}']) {
      peer.send(frame);
      expect(await messages.next()).toBe(frame);
    }
    expect(reported).toHaveLength(1);
  });

  it('may be large, and are not parsed', async () => {
    const parse = vi.spyOn(JSON, 'parse');
    const { peer, messages } = await openConnectedLink(await startServer());
    parse.mockClear();
    const large = JSON.stringify({ type: 'app', text: 'x'.repeat(5_000_000), nested: { type: 'error' } });
    peer.send(large);
    expect((await messages.next()) === large).toBe(true);
    peer.send('{"type":"app"}');
    await messages.next();
    expect(parse).not.toHaveBeenCalled();
    parse.mockRestore();
  });

  it('leave the link up when onMessage throws, and the error goes to the logger', async () => {
    const problem = new Error('in the app');
    const test = await openConnectedLink(await startServer(), {
      onMessage: () => {
        throw problem;
      },
    });
    test.peer.send('boom');
    test.peer.send({ type: 'ping' });
    expect(await test.peer.next()).toEqual({ type: 'pong' });
    expect(test.logged).toEqual([['webSocketTransport: onMessage failed', problem]]);
    expect(test.reported).toHaveLength(1);
  });

  it('leave the link up when onMessage throws before success, when the logger throws too, and when there is no logger', () => {
    for (const logger of [
      {
        error: () => {
          throw new Error('logger');
        },
      },
      undefined,
    ]) {
      const test = openTestLink({
        url: 'ws://x',
        WebSocket: FakeWebSocket,
        onMessage: () => {
          throw new Error('app');
        },
        logger: logger as never,
      });
      const socket = FakeWebSocket.last!;
      socket.open();
      socket.message('{"type":"notice"}');
      socket.message('{"type":"success","userId":"ann"}');
      socket.message('{"type":"notice"}');
      expect(test.reported).toEqual([{ success: { userId: 'ann' } }]);
    }
  });

  it('are dropped when nobody listens', async () => {
    const test = await openConnectedLink(await startServer(), { onMessage: undefined as never });
    test.peer.send('hello');
    test.peer.send({ type: 'ping' });
    expect(await test.peer.next()).toEqual({ type: 'pong' });
    expect(test.logged).toEqual([]);
  });

  it('cannot be sent on a link that is not open', async () => {
    const server = await startServer();
    const test = openTestLink({ url: server.url });
    const notOpen = /the link is not open, nothing was sent/;
    expect(() => test.link.send('too early')).toThrow(notOpen);
    const peer = await server.nextPeer();
    expect(await peer.next()).toMatchObject({ type: 'connect' });
    const closed = test.link.close();
    expect(() => test.link.send('too late')).toThrow(notOpen);
    await closed;
    expect(() => test.link.send('far too late')).toThrow(notOpen);
  });

  it('are counted while they wait to leave', () => {
    const { link } = openTestLink({ url: 'ws://x', WebSocket: FakeWebSocket });
    const socket = acceptLast();
    socket.bufferedAmount = 42;
    expect(link.bufferedAmount).toBe(42);
    socket.closed(1006);
    expect(link.bufferedAmount).toBe(0);
  });
});

describe('what can go wrong while opening', () => {
  it('reports network with the platform’s code when the port is refused', async () => {
    const test = openTestLink({ url: await refusedUrl() });
    const error = await nextError(test);
    expect(error).toMatchObject({ kind: 'network', code: 'ECONNREFUSED' });
    expect(error.message).toMatch(/^closed with 1006, abnormal closure: .*ECONNREFUSED/);
    await test.link.close();
    expect(test.reported).toHaveLength(1);
  });

  it('trusts the close code more than the error before it', () => {
    const test = openTestLink({ url: 'ws://x', WebSocket: FakeWebSocket });
    FakeWebSocket.last!.error({ error: { code: 'ECONNRESET', message: 'reset' } });
    FakeWebSocket.last!.closed(4401);
    expect(test.reported).toEqual([{ error: { kind: 'tokenIncorrect', code: 4401, message: 'closed with 4401, unauthorized: reset' } }]);
  });

  it('reports network when the platform has an error and no close event, as Node’s own WebSocket does', async () => {
    const test = openTestLink({ url: 'ws://x', WebSocket: FakeWebSocket });
    const socket = FakeWebSocket.last!;
    socket.error({ message: 'Received network error or non-101 status code.' });
    socket.error({ message: 'and again' });
    expect(test.clock.pending).toBe(1);
    test.clock.advance(0);
    expect(test.reported).toEqual([{ error: { kind: 'network', code: 1006, message: 'closed with 1006, abnormal closure: and again' } }]);
    expect(socket.closeCalls).toBe(1);
    socket.closed(1006);
    await test.link.close();
    expect(test.clock.pending).toBe(0);
    expect(test.reported).toHaveLength(1);
  });

  it('reports network with the status when the upgrade is refused', async () => {
    const server = await startServer({ verifyClient: (_info, answer) => answer(false, 503) });
    const test = openTestLink({ url: server.url });
    expect(await nextError(test)).toEqual({
      kind: 'network',
      code: 1006,
      message: 'closed with 1006, abnormal closure: Unexpected server response: 503',
    });
  });

  it('reports configuration with advice when there is no WebSocket class', () => {
    vi.stubGlobal('WebSocket', undefined);
    const test = openTestLink({ url: 'ws://x', WebSocket: undefined as never });
    expect(test.reported).toEqual([{ error: { kind: 'configuration', message: expect.stringMatching(/no global WebSocket.*'ws'/) } }]);
  });

  it.each([
    ['SyntaxError', 'configuration'],
    ['SecurityError', 'configuration'],
    ['TypeError', 'configuration'],
    ['InvalidStateError', 'unknown'],
  ])('reports a constructor that throws a %s as %s, without its message', async (name, kind) => {
    class Throwing extends FakeWebSocket {
      constructor(url: string) {
        super(url);
        throw Object.assign(new Error(`cannot open ${url}`), { name });
      }
    }
    const test = openTestLink({ url: 'wss://ann:pw@host/?ticket=hidden', WebSocket: Throwing });
    expect(test.reported).toEqual([{ error: { kind, message: `new WebSocket() threw ${name}` } }]);
    await test.link.close();
  });

  it('reports configuration when ws finds the address or a subprotocol senseless', () => {
    for (const options of [
      { url: 'ws://' },
      { url: 'ws://x/#fragment' },
      { url: 'ws://x', protocols: ['a b'] },
      { url: 'ws://x', protocols: ['a', 'a'] },
    ]) {
      expect(openTestLink(options).reported).toEqual([{ error: { kind: 'configuration', message: 'new WebSocket() threw SyntaxError' } }]);
    }
  });

  it.each([
    [
      'throws',
      () => {
        throw new RangeError('ws://host/?ticket=hidden');
      },
      'url() threw RangeError',
    ],
    [
      'throws nothing at all',
      () => {
        throw undefined;
      },
      'url() threw undefined',
    ],
    [
      'returns a promise',
      async () => 'ws://x',
      'webSocketTransport: url must be a ws:// or wss:// address, or a function that returns one, received undefined',
    ],
    [
      'returns another scheme',
      () => 'https://ann:pw@host',
      'webSocketTransport: url must be a ws:// or wss:// address, or a function that returns one, received https:',
    ],
  ])('reports configuration when the url function %s', (_, url, message) => {
    expect(openTestLink({ url: url as never }).reported).toEqual([{ error: { kind: 'configuration', message } }]);
  });

  it('reports a failure when the connect frame cannot be sent', () => {
    const test = openTestLink({ url: 'ws://x', WebSocket: FakeWebSocket });
    const socket = FakeWebSocket.last!;
    socket.sendThrows = new Error(`no: ${secret}`);
    socket.open();
    expect(test.reported).toEqual([{ error: { kind: 'unknown', message: 'handshake.connect failed' } }]);
    expect(socket.closeCalls).toBe(1);
  });

  it('opens nothing when the signal is aborted already', async () => {
    FakeWebSocket.last = undefined;
    const report = { success: vi.fn(), error: vi.fn(), dbOpened: vi.fn(), interrupted: vi.fn() };
    const signal = AbortSignal.abort();
    const link = webSocketTransport({ url: 'ws://x', WebSocket: FakeWebSocket }).open({ token: new SecretToken('t'), signal }, report);
    expect(FakeWebSocket.last).toBeUndefined();
    await link.close();
    expect(report.error).not.toHaveBeenCalled();
  });

  it('opens nothing when the url function itself ends the link', async () => {
    FakeWebSocket.last = undefined;
    const controller = new AbortController();
    const report = { success: vi.fn(), error: vi.fn(), dbOpened: vi.fn(), interrupted: vi.fn() };
    const url = (): string => {
      controller.abort();
      return 'ws://x';
    };
    await webSocketTransport({ url, WebSocket: FakeWebSocket })
      .open({ token: new SecretToken('t'), signal: controller.signal }, report)
      .close();
    expect(FakeWebSocket.last).toBeUndefined();
    expect(report.error).not.toHaveBeenCalled();
  });
});

describe('signs of life', () => {
  it('answers the server’s ping, before success and after', async () => {
    const server = await startServer();
    openTestLink({ url: server.url });
    const peer = await server.nextPeer();
    await peer.next();
    peer.send({ type: 'ping' });
    expect(await peer.next()).toEqual({ type: 'pong' });
    peer.send({ type: 'success', userId: 'ann' });
    peer.send({ type: 'ping' });
    expect(await peer.next()).toEqual({ type: 'pong' });
  });

  it('are asked for after the interval, and a silent server is reported as network after the time limit', async () => {
    const server = await startServer();
    const test = await openConnectedLink(server);
    test.clock.advance(9_999);
    test.link.send('nothing before me');
    expect(await test.peer.next()).toBe('nothing before me');
    test.clock.advance(1);
    expect(await test.peer.next()).toEqual({ type: 'ping' });
    test.clock.advance(7_999);
    expect(test.reported).toHaveLength(1);
    test.clock.advance(1);
    expect(await nextError(test)).toEqual({ kind: 'network', message: 'the server fell silent' });
  });

  it('drop a socket that fell silent at once instead of waiting for its goodbye', async () => {
    const server = await startServer();
    const test = await openConnectedLink(server);
    test.peer.freeze();
    test.clock.advance(18_000);
    test.clock.advance(0);
    await test.link.close();
    test.peer.thaw();
    await expectNothingLeft(test, server);
  });

  it('can be any frame: only silence is asked about, and only one timer is armed however many come', () => {
    const test = openTestLink({ url: 'ws://x', WebSocket: FakeWebSocket });
    const socket = acceptLast();
    for (let second = 0; second < 100; second++) {
      test.clock.advance(1_000);
      socket.message(second % 2 ? 'news' : new ArrayBuffer(1));
      expect(test.clock.pending).toBe(1);
    }
    expect(socket.sent).toHaveLength(1);
    test.clock.advance(9_999);
    expect(socket.sent).toHaveLength(1);
    test.clock.advance(1);
    expect(socket.sent[1]).toBe('{"type":"ping"}');
    test.clock.advance(7_999);
    socket.message('news');
    test.clock.advance(9_999);
    expect(socket.sent).toHaveLength(2);
    test.clock.advance(1);
    expect(socket.sent).toHaveLength(3);
    expect(test.reported).toHaveLength(1);
  });

  it('keep a link up for hours when the server answers', async () => {
    const test = await openConnectedLink(await startServer());
    for (let round = 0; round < 20; round++) {
      test.clock.advance(10_000);
      expect(await test.peer.next()).toEqual({ type: 'ping' });
      test.peer.send({ type: 'pong' });
      test.peer.send('after the pong');
      await test.messages.next();
    }
    expect(test.reported).toHaveLength(1);
  });

  it.each([
    ['back: silence is noticed one interval later', -3_600_000, 20_000],
    ['forth: silence is asked about sooner', 3_600_000, 10_000],
  ])('survive a system clock that is set %s', (_, jump, pingAt) => {
    const test = openTestLink({ url: 'ws://x', WebSocket: FakeWebSocket });
    const socket = acceptLast();
    test.clock.advance(5_000);
    socket.message('news');
    test.clock.jump(jump);
    test.clock.advance(pingAt - 5_000 - 1);
    expect(socket.sent).toHaveLength(1);
    test.clock.advance(1);
    expect(socket.sent).toHaveLength(2);
    test.clock.advance(8_000);
    expect(test.reported[1]).toMatchObject({ error: { kind: 'network' } });
  });

  it('leave a machine that slept half the limit to hear an answer that was on its way', () => {
    const test = openTestLink({ url: 'ws://x', WebSocket: FakeWebSocket });
    const socket = acceptLast();
    test.clock.advance(10_000);
    test.clock.sleep(60_000);
    expect(test.reported).toHaveLength(1);
    test.clock.advance(3_999);
    socket.message('{"type":"pong"}');
    test.clock.advance(10_000);
    expect(test.reported).toHaveLength(1);
  });

  it('follow the app’s own numbers, and are off when told so', () => {
    const quick = openTestLink({ url: 'ws://x', WebSocket: FakeWebSocket, heartbeat: { interval: 100, timeLimit: 50 } });
    acceptLast();
    quick.clock.advance(149);
    expect(quick.reported).toHaveLength(1);
    quick.clock.advance(1);
    expect(quick.reported).toHaveLength(2);

    const endless = openTestLink({ url: 'ws://x', WebSocket: FakeWebSocket, heartbeat: { interval: Infinity } });
    const socket = acceptLast();
    endless.clock.advance(2 ** 31 - 2);
    expect(socket.sent).toHaveLength(1);
    endless.clock.advance(1);
    expect(socket.sent).toHaveLength(2);

    const off = openTestLink({ url: 'ws://x', WebSocket: FakeWebSocket, heartbeat: false });
    acceptLast();
    expect(off.clock.pending).toBe(0);
  });

  it('on request: verify resolves on the pong', async () => {
    const test = await openConnectedLink(await startServer());
    const verified = test.link.verify!(new AbortController().signal);
    expect(await test.peer.next()).toEqual({ type: 'ping' });
    test.peer.send({ type: 'pong' });
    await expect(verified).resolves.toBeUndefined();
  });

  it('on request: verify resolves on any frame', async () => {
    const test = await openConnectedLink(await startServer());
    const verified = test.link.verify!(new AbortController().signal);
    test.peer.send('news');
    await expect(verified).resolves.toBeUndefined();
  });

  it('on request: verify rejects when it is given up, when the link ends, and when there is no link', async () => {
    const server = await startServer();
    const test = await openConnectedLink(server);
    const controller = new AbortController();
    const givenUp = test.link.verify!(controller.signal);
    controller.abort();
    await expect(givenUp).rejects.toMatchObject({ kind: 'timeout' });
    await expect(test.link.verify!(controller.signal)).rejects.toMatchObject({ kind: 'timeout' });

    const cutOff = test.link.verify!(new AbortController().signal);
    test.peer.socket.terminate();
    await expect(cutOff).rejects.toMatchObject({ kind: 'network', code: 1006 });
    await expect(test.link.verify!(new AbortController().signal)).rejects.toMatchObject({ kind: 'network' });
    expect(test.reported).toHaveLength(2);

    const closing = await openConnectedLink(server);
    const closed = closing.link.verify!(new AbortController().signal);
    void closing.link.close();
    await expect(closed).rejects.toMatchObject({ kind: 'network' });
    const early = openTestLink({ url: server.url });
    await expect(early.link.verify!(new AbortController().signal)).rejects.toMatchObject({ kind: 'network' });
  });

  it('on request: verify leaves no listener on its signal', async () => {
    const test = openTestLink({ url: 'ws://x', WebSocket: FakeWebSocket });
    const socket = acceptLast();
    const { signal } = new AbortController();
    const added = vi.spyOn(signal, 'addEventListener');
    const removed = vi.spyOn(signal, 'removeEventListener');
    const verified = test.link.verify!(signal);
    socket.message('news');
    await verified;
    expect(removed).toHaveBeenCalledWith(...added.mock.calls[0]!.slice(0, 2));
  });
});

describe('renewing the token on a live link', () => {
  const next = 'tok-new-also-secret';

  it('sends the new token, then a ping, and resolves on success', async () => {
    const test = await openConnectedLink(await startServer());
    const renewed = test.link.renew!(new SecretToken(next));
    expect(await test.peer.next()).toEqual({ type: 'renew', token: next });
    expect(await test.peer.next()).toEqual({ type: 'ping' });
    test.peer.send({ type: 'success', userId: 'ann' });
    await expect(renewed).resolves.toBeUndefined();
    expect(test.reported).toHaveLength(1);
  });

  it('resolves on the pong when the server says no more', async () => {
    const test = await openConnectedLink(await startServer());
    const renewed = test.link.renew!(new SecretToken(next));
    test.peer.send({ type: 'pong' });
    await expect(renewed).resolves.toBeUndefined();
  });

  it('does not take the pong to an earlier ping for an answer', async () => {
    const test = await openConnectedLink(await startServer());
    test.clock.advance(10_000);
    const renewed = test.link.renew!(new SecretToken(next));
    test.peer.send({ type: 'pong' });
    test.peer.send({ type: 'error', kind: 'tokenIncorrect' });
    test.peer.send({ type: 'pong' });
    await expect(renewed).rejects.toEqual({ kind: 'tokenIncorrect' });
  });

  it('rejects with the server’s failure and leaves the link up', async () => {
    const test = await openConnectedLink(await startServer());
    const renewed = test.link.renew!(new SecretToken(next));
    await test.peer.next();
    await test.peer.next();
    test.peer.send({ type: 'error', kind: 'tokenExpired', code: 31_020 });
    test.peer.send({ type: 'pong' });
    await expect(renewed).rejects.toEqual({ kind: 'tokenExpired', code: 31_020 });
    test.link.send('still here');
    expect(await test.peer.next()).toBe('still here');
    expect(test.reported).toHaveLength(1);
  });

  it('rejects with network when the link ends first, however it does', async () => {
    const server = await startServer();
    const lost = await openConnectedLink(server);
    const first = lost.link.renew!(new SecretToken(next));
    const second = lost.link.renew!(new SecretToken(next));
    lost.peer.socket.terminate();
    await expect(first).rejects.toMatchObject({ kind: 'network' });
    await expect(second).rejects.toMatchObject({ kind: 'network' });
    await expect(lost.link.renew!(new SecretToken(next))).rejects.toMatchObject({ kind: 'network' });

    const closed = await openConnectedLink(server);
    const third = closed.link.renew!(new SecretToken(next));
    void closed.link.close();
    await expect(third).rejects.toMatchObject({ kind: 'network' });

    const silent = await openConnectedLink(server);
    const fourth = silent.link.renew!(new SecretToken(next));
    silent.clock.advance(18_000);
    await expect(fourth).rejects.toEqual({ kind: 'network', message: 'the server fell silent' });
  });

  it('cannot begin before success', async () => {
    const server = await startServer();
    const test = openTestLink({ url: server.url });
    const peer = await server.nextPeer();
    await peer.next();
    await expect(test.link.renew!(new SecretToken(next))).rejects.toMatchObject({ kind: 'network' });
  });

  it('answers renewals that overlap in the order in which they were asked', async () => {
    const test = await openConnectedLink(await startServer());
    const first = test.link.renew!(new SecretToken('one'));
    const second = test.link.renew!(new SecretToken('two'));
    const third = test.link.renew!(new SecretToken('three'));
    for (const token of ['one', 'two', 'three']) {
      expect(await test.peer.next()).toEqual({ type: 'renew', token });
      expect(await test.peer.next()).toEqual({ type: 'ping' });
    }
    test.peer.send({ type: 'error', kind: 'tokenIncorrect' });
    test.peer.send({ type: 'pong' });
    test.peer.send({ type: 'success', userId: 'ann' });
    test.peer.send({ type: 'pong' });
    test.peer.send({ type: 'pong' });
    await expect(first).rejects.toEqual({ kind: 'tokenIncorrect' });
    await expect(second).resolves.toBeUndefined();
    await expect(third).resolves.toBeUndefined();
  });

  it('is not fooled by a pong that nobody asked for', async () => {
    const test = await openConnectedLink(await startServer());
    test.peer.send({ type: 'pong' });
    test.peer.send('after it');
    await test.messages.next();
    test.clock.advance(10_000);
    const renewed = test.link.renew!(new SecretToken(next));
    test.peer.send({ type: 'pong' });
    test.peer.send({ type: 'error', kind: 'blocked' });
    await expect(renewed).rejects.toEqual({ kind: 'blocked' });
  });

  it("is lost when the server takes the new token for another user: a link is one user's, and the brain opens another", async () => {
    const test = await openConnectedLink(await startServer());
    const renewed = test.link.renew!(new SecretToken(next));
    test.peer.send({ type: 'success', userId: 'bob' });
    await expect(renewed).rejects.toMatchObject({ kind: 'network' });
    expect(test.reported).toHaveLength(1);
  });

  it("ends the link when the server says unasked that it is another user's", async () => {
    const test = await openConnectedLink(await startServer());
    test.peer.send({ type: 'success', userId: 'bob' });
    expect(await nextError(test)).toMatchObject({ kind: 'wrongUser' });
    await test.peer.closed;
  });

  it('rejects when the frame cannot be sent, and the link stays up', async () => {
    const test = openTestLink({ url: 'ws://x', WebSocket: FakeWebSocket });
    const socket = acceptLast();
    socket.sendThrows = new Error(next);
    await expect(test.link.renew!(new SecretToken(next))).rejects.toEqual({ kind: 'unknown', message: 'handshake.renew failed' });
    socket.sendThrows = undefined;
    expect(test.reported).toHaveLength(1);
    socket.message('{"type":"error","kind":"kicked"}');
    expect(test.reported[1]).toEqual({ error: { kind: 'kicked' } });
  });

  it('without a renewal under way, an error frame ends the link', async () => {
    const test = await openConnectedLink(await startServer());
    test.peer.send({ type: 'error', kind: 'kicked' });
    expect(await nextError(test)).toEqual({ kind: 'kicked' });
    await test.peer.closed;
  });
});

describe('a handshake of the app’s own', () => {
  it('may replace single parts, and keep its own this', async () => {
    class Binary {
      version = 7;
      connect(token: string): Uint8Array {
        return Buffer.from(`${this.version}:${token}`);
      }
      read(data: string | ArrayBuffer, connected: boolean) {
        if (data instanceof ArrayBuffer)
          return connected ? undefined : ({ type: 'success', userId: Buffer.from(data).toString() } as const);
        return jsonHandshake.read(data, connected);
      }
    }
    const server = await startServer();
    const test = openTestLink({ url: server.url, handshake: new Binary() });
    const peer = await server.nextPeer();
    expect(String(await peer.next())).toBe(`7:${secret}`);
    peer.socket.send(Buffer.from('ann'));
    expect(await test.next()).toEqual({ success: { userId: 'ann' } });
    peer.send({ type: 'ping' });
    expect(await peer.next()).toEqual({ type: 'pong' });
  });

  it('may know no ping and no renewal: then there is no heartbeat, nothing to verify with and nothing to renew with', () => {
    const { link, clock } = openTestLink({ url: 'ws://x', WebSocket: FakeWebSocket, handshake: { ping: false, renew: false } });
    acceptLast();
    expect(clock.pending).toBe(0);
    expect(link).not.toHaveProperty('verify');
    expect(link).not.toHaveProperty('renew');
  });

  it('may know renewal without a ping: then only success and errors answer', async () => {
    const { link, logged } = openTestLink({ url: 'ws://x', WebSocket: FakeWebSocket, handshake: { ping: false } });
    const socket = acceptLast();
    const refused = link.renew!(new SecretToken('n1'));
    const accepted = link.renew!(new SecretToken('n2'));
    expect(socket.sent.slice(1)).toEqual(['{"type":"renew","token":"n1"}', '{"type":"renew","token":"n2"}']);
    socket.message('{"type":"pong"}');
    socket.message('{"type":"error","kind":"tokenIncorrect"}');
    socket.message('{"type":"success","userId":"ann"}');
    await expect(refused).rejects.toEqual({ kind: 'tokenIncorrect' });
    await expect(accepted).resolves.toBeUndefined();
    expect(logged).toEqual([]);
  });

  it('may end the link itself: what it then makes of the frame is not reported', () => {
    const test = openTestLink({
      url: 'ws://x',
      WebSocket: FakeWebSocket,
      handshake: {
        read: () => {
          test.abort();
          return { type: 'success', userId: 'ann' };
        },
      },
    });
    acceptLast();
    expect(test.reported).toEqual([]);
  });

  it('ends the link when it throws before success, and costs a frame when it throws afterwards', () => {
    const read = (data: string | ArrayBuffer) => {
      if (data === 'bad') throw new Error('cannot read');
      return jsonHandshake.read(data, true);
    };
    const early = openTestLink({ url: 'ws://x', WebSocket: FakeWebSocket, handshake: { read } });
    FakeWebSocket.last!.open();
    FakeWebSocket.last!.message('bad');
    expect(early.reported).toEqual([{ error: { kind: 'unknown', message: 'handshake.read failed' } }]);

    const late = openTestLink({ url: 'ws://x', WebSocket: FakeWebSocket, handshake: { read } });
    acceptLast().message('bad');
    expect(late.reported).toHaveLength(1);
    expect(late.logged).toMatchObject([['webSocketTransport: handshake.read failed', { message: 'cannot read' }]]);
  });
});

describe('closing', () => {
  it('before the socket is open leaves nothing behind and reports nothing', async () => {
    const server = await startServer();
    const test = openTestLink({ url: server.url });
    await test.link.close();
    await expectNothingLeft(test, server);
    expect(test.reported).toEqual([]);
  });

  it('while the upgrade hangs leaves nothing behind', async () => {
    const deaf = createTcpServer().listen(0, '127.0.0.1');
    const arrived = new Promise<Socket>((resolve) => deaf.once('connection', resolve));
    await new Promise((resolve) => deaf.once('listening', resolve));
    const test = openTestLink({ url: `ws://127.0.0.1:${(deaf.address() as AddressInfo).port}` });
    const connection = (await arrived).resume();
    const gone = new Promise((resolve) => connection.once('close', resolve));
    await test.link.close();
    await gone;
    expect(test.clock.pending).toBe(0);
    expect(test.reported).toEqual([]);
    await new Promise((resolve) => deaf.close(resolve));
  });

  it('during the handshake leaves nothing behind and reports nothing', async () => {
    const server = await startServer();
    const test = openTestLink({ url: server.url });
    const peer = await server.nextPeer();
    await peer.next();
    peer.send({ type: 'success', userId: 'ann' });
    await test.link.close();
    expect(await peer.closed).toEqual({ code: 1000 });
    await expectNothingLeft(test, server);
    expect(test.reported).toEqual([]);
  });

  it('after success leaves nothing behind and reports nothing more', async () => {
    const server = await startServer();
    const test = await openConnectedLink(server);
    test.peer.send('last words');
    test.peer.send({ type: 'error', kind: 'kicked' });
    await test.link.close({ logout: true });
    expect(await test.peer.closed).toEqual({ code: 1000 });
    await expectNothingLeft(test, server);
    expect(test.reported).toHaveLength(1);
  });

  it('is the same by way of the signal', async () => {
    const server = await startServer();
    const test = await openConnectedLink(server);
    test.abort();
    expect(await test.peer.closed).toEqual({ code: 1000 });
    await test.link.close();
    await expectNothingLeft(test, server);
    expect(test.reported).toHaveLength(1);
  });

  it('keeps the token at home when the socket opens all the same', async () => {
    const test = openTestLink({ url: 'ws://x', WebSocket: FakeWebSocket });
    const socket = FakeWebSocket.last!;
    const closed = test.link.close();
    socket.open();
    socket.message('{"type":"ping"}');
    expect(socket.sent).toEqual([]);
    socket.closed(1000);
    await closed;
  });

  it('may be asked for any number of times and settles each time', async () => {
    const test = await openConnectedLink(await startServer());
    const all = [test.link.close(), test.link.close()];
    test.abort();
    await Promise.all([...all, test.link.close()]);
    await test.link.close();
    expect(test.reported).toHaveLength(1);
  });

  it('settles only when the socket is really gone', async () => {
    const test = openTestLink({ url: 'ws://x', WebSocket: FakeWebSocket });
    const socket = acceptLast();
    let settled = false;
    const closed = test.link.close().then(() => (settled = true));
    await new Promise((resolve) => setImmediate(resolve));
    expect(settled).toBe(false);
    socket.closed(1000);
    await closed;
  });

  it('after an error has been reported settles when the socket is gone', async () => {
    const server = await startServer();
    const test = await openConnectedLink(server);
    test.peer.send({ type: 'error', kind: 'blocked' });
    await nextError(test);
    await test.link.close();
    await expectNothingLeft(test, server);
    expect(test.reported).toHaveLength(2);
  });

  it('drops a socket whose server ignores the goodbye for 2 s', async () => {
    const server = await startServer();
    const sockets: WebSocket[] = [];
    class Recorded extends WebSocket {
      constructor(url: string) {
        super(url);
        sockets.push(this);
      }
    }
    const test = await openConnectedLink(server, { WebSocket: Recorded });
    const terminate = vi.spyOn(sockets[0]!, 'terminate');
    test.peer.freeze();
    const closed = test.link.close();
    test.clock.advance(1_999);
    expect(terminate).not.toHaveBeenCalled();
    test.clock.advance(1);
    expect(terminate).toHaveBeenCalledTimes(1);
    await closed;
    test.peer.thaw();
    await expectNothingLeft(test, server);
  });

  it('does not wait for the goodbye of a server that has not answered verify; for one that has spoken since, it does', async () => {
    const open = () => {
      const test = openTestLink({ url: 'ws://x', WebSocket: FakeWebSocket });
      const socket = FakeWebSocket.last!;
      socket.open();
      socket.message('{"type":"success","userId":"ann"}');
      const controller = new AbortController();
      const asked = test.link.verify!(controller.signal).catch(() => undefined);
      controller.abort();
      return { ...test, socket, terminate: vi.spyOn(socket, 'terminate'), asked };
    };
    const dead = open();
    await dead.asked;
    void dead.link.close();
    dead.clock.advance(0);
    expect(dead.terminate).toHaveBeenCalledTimes(1);

    const alive = open();
    await alive.asked;
    alive.socket.message('{"type":"pong"}');
    void alive.link.close();
    alive.clock.advance(1_999);
    expect(alive.terminate).not.toHaveBeenCalled();
    alive.clock.advance(1);
    expect(alive.terminate).toHaveBeenCalledTimes(1);
  });

  it('forgets a socket that nobody can drop after 2 s', async () => {
    class Browsers extends FakeWebSocket {
      override terminate = undefined as never;
    }
    const test = openTestLink({ url: 'ws://x', WebSocket: Browsers });
    const socket = FakeWebSocket.last!;
    let settled = false;
    const closed = test.link.close().then(() => (settled = true));
    test.clock.advance(1_999);
    await new Promise((resolve) => setImmediate(resolve));
    expect(settled).toBe(false);
    test.clock.advance(1);
    await closed;
    expect(socket.onclose).toBeNull();
    socket.closed(1006);
    expect(test.reported).toEqual([]);
  });

  it('survives a socket whose close throws, and one that closes at once and then throws', async () => {
    const test = openTestLink({ url: 'ws://x', WebSocket: FakeWebSocket });
    acceptLast().closeThrows = new Error('no');
    await test.link.close();
    expect(test.clock.pending).toBe(0);

    class Hasty extends FakeWebSocket {
      override close(): void {
        this.closed(1000);
        throw new Error('twice');
      }
    }
    const hasty = openTestLink({ url: 'ws://x', WebSocket: Hasty });
    acceptLast();
    await hasty.link.close();
    expect(hasty.clock.pending).toBe(0);
    expect(hasty.reported).toHaveLength(1);
  });

  it('takes every listener off the signal and the socket, but the one that keeps ws from killing Node', async () => {
    const sockets: WebSocket[] = [];
    class Recorded extends WebSocket {
      constructor(url: string) {
        super(url);
        sockets.push(this);
      }
    }
    const { signal } = new AbortController();
    const added = vi.spyOn(signal, 'addEventListener');
    const removed = vi.spyOn(signal, 'removeEventListener');
    const server = await startServer();
    const report = { success: vi.fn(), error: vi.fn(), dbOpened: vi.fn(), interrupted: vi.fn() };
    const link = webSocketTransport({ url: server.url, WebSocket: Recorded }).open({ token: new SecretToken('t'), signal }, report);
    await server.nextPeer();
    await link.close();
    expect(removed.mock.calls).toEqual(added.mock.calls);
    expect(['open', 'message', 'close', 'error'].map((event) => sockets[0]!.listenerCount(event))).toEqual([0, 0, 0, 1]);
  });

  it('leaves no TCP handle in the process, in whatever phase it comes', async () => {
    const handles = (): number => process.getActiveResourcesInfo().filter((name) => /^TCP(Socket|Server)?Wrap$/.test(name)).length;
    await until(() => handles() === 0);
    const server = await startServer();
    await openTestLink({ url: server.url }).link.close();
    const inHandshake = openTestLink({ url: server.url });
    await server.nextPeer();
    await inHandshake.link.close();
    const connected = await openConnectedLink(server);
    expect(handles()).toBeGreaterThan(1);
    await connected.link.close();
    await server.stop();
    await until(() => handles() === 0);
  });
});

describe('secrets', () => {
  it('are in no failure, whatever the server and the platform quote', async () => {
    const server = await startServer();
    const quoting = async (say: (peer: Awaited<ReturnType<typeof server.nextPeer>>) => void): Promise<string> => {
      const test = openTestLink({ url: `${server.url.replace('//', '//ann:pw-hidden@')}/?ticket=hidden` });
      say(await server.nextPeer());
      return JSON.stringify(await nextError(test));
    };
    expect(
      await quoting((peer) => peer.send({ type: 'error', kind: 'tokenIncorrect', code: secret, message: `bad token ${secret}!` })),
    ).toBe('{"kind":"tokenIncorrect","code":"[secret]","message":"bad token [secret]!"}');
    expect(await quoting((peer) => peer.socket.close(4401, `${secret} ws://ann:pw-hidden@host/?ticket=hidden`))).toContain(
      '[secret] ws://host/?…',
    );
    expect(await quoting((peer) => peer.send(`not JSON: ${secret}`))).not.toContain(secret);
  });

  it('stay secret when the platform quotes the address in an error event', () => {
    const test = openTestLink({ url: 'ws://x/?ticket=hidden', WebSocket: FakeWebSocket });
    FakeWebSocket.last!.error({ message: 'cannot reach ws://ann:pw@x/?ticket=hidden' });
    FakeWebSocket.last!.closed(1006);
    expect(test.reported).toEqual([
      { error: { kind: 'network', code: 1006, message: 'closed with 1006, abnormal closure: cannot reach ws://x/?…' } },
    ]);
  });

  it('stay secret after a renewal too, the old token and the new one', async () => {
    const test = await openConnectedLink(await startServer());
    const renewed = test.link.renew!(new SecretToken('tok-the-new-one'));
    test.peer.send({ type: 'error', kind: 'tokenIncorrect', message: `tok-the-new-one instead of ${secret}` });
    await expect(renewed).rejects.toEqual({ kind: 'tokenIncorrect', message: '[secret] instead of [secret]' });
  });

  it('are not revealed before the socket is open', () => {
    const token = new SecretToken(secret);
    const reveal = vi.spyOn(token, 'reveal');
    const report = { success: vi.fn(), error: vi.fn(), dbOpened: vi.fn(), interrupted: vi.fn() };
    webSocketTransport({ url: 'ws://x', WebSocket: FakeWebSocket }).open({ token, signal: new AbortController().signal }, report);
    expect(reveal).not.toHaveBeenCalled();
    FakeWebSocket.last!.open();
    expect(reveal).toHaveBeenCalledTimes(1);
  });
});

describe('options', () => {
  it.each([
    [undefined, 'options must be object, received undefined'],
    [null, 'options must be object, received null'],
    [{}, 'url must be a ws:// or wss:// address, or a function that returns one, received undefined'],
    [{ url: 7 }, 'url must be a ws:// or wss:// address, or a function that returns one, received 7'],
    [{ url: {} }, 'url must be a ws:// or wss:// address, or a function that returns one, received undefined'],
    [{ url: '' }, 'url must be a ws:// or wss:// address, or a function that returns one, received text without a scheme'],
    [
      { url: 'ann:pw-hidden@host' },
      'url must be a ws:// or wss:// address, or a function that returns one, received text without a scheme',
    ],
    [
      { url: new URL('http://ann:pw-hidden@host/?ticket=hidden') },
      'url must be a ws:// or wss:// address, or a function that returns one, received http:',
    ],
    [{ url: 'ws://x', protocols: 7 }, 'protocols must be string or object, received 7'],
    [{ url: 'ws://x', WebSocket: {} }, 'WebSocket must be function, received object'],
    [{ url: 'ws://x', WebSocket: null }, 'WebSocket must be function, received null'],
    [{ url: 'ws://x', heartbeat: true }, 'heartbeat must be object or false, received boolean'],
    [{ url: 'ws://x', heartbeat: 5_000 }, 'heartbeat must be object or false, received 5000'],
    [{ url: 'ws://x', heartbeat: { interval: NaN } }, 'heartbeat.interval must be a number of ms from 1 up, received NaN'],
    [{ url: 'ws://x', heartbeat: { interval: 0 } }, 'heartbeat.interval must be a number of ms from 1 up, received 0'],
    [{ url: 'ws://x', heartbeat: { timeLimit: -1 } }, 'heartbeat.timeLimit must be a number of ms from 1 up, received -1'],
    [{ url: 'ws://x', heartbeat: { timeLimit: '8s' } }, 'heartbeat.timeLimit must be a number of ms from 1 up, received string'],
    [{ url: 'ws://x', handshake: 'json' }, 'handshake must be object, received string'],
    [{ url: 'ws://x', handshake: { read: {} } }, 'handshake.read must be function, received object'],
    [{ url: 'ws://x', handshake: { connect: false } }, 'handshake.connect must be function, received false'],
    [{ url: 'ws://x', handshake: { ping: '{}' } }, 'handshake.ping must be function or false, received string'],
    [{ url: 'ws://x', onMessage: 'x' }, 'onMessage must be function, received string'],
    [{ url: 'ws://x', clock: 1 }, 'clock must be object, received 1'],
    [{ url: 'ws://x', logger: console.error }, 'logger must be object, received function'],
  ])('that are wrong are refused at once with a TypeError that names them: %#', (options, message) => {
    let thrown: unknown;
    try {
      webSocketTransport(options as never);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(TypeError);
    expect((thrown as Error).message).toBe(`webSocketTransport: ${message}`);
  });

  it('that are present but undefined count as absent', () => {
    const options = {
      url: 'WSS://x',
      protocols: undefined,
      heartbeat: { interval: undefined },
      handshake: { read: undefined },
      clock: undefined,
      logger: undefined,
    };
    expect(() => webSocketTransport(options as never)).not.toThrow();
  });

  it('are read without touching the platform: nothing is opened before the brain asks', () => {
    FakeWebSocket.last = undefined;
    webSocketTransport({ url: 'ws://x', WebSocket: FakeWebSocket });
    expect(FakeWebSocket.last).toBeUndefined();
  });
});

describe('the global WebSocket of a platform', () => {
  it('fits the option by its type, and so does that of ws', () => {
    const globalClass = (): void => void webSocketTransport({ url: 'ws://x', WebSocket: globalThis.WebSocket });
    const wsClass = (): void => void webSocketTransport({ url: 'ws://x', WebSocket });
    expect([globalClass, wsClass]).toHaveLength(2);
  });
});
