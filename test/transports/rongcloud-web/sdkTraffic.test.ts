import { afterEach, describe, expect, it, vi } from 'vitest';
import { watchSdkTraffic, type SdkVersion } from '../../../src/transports/rongcloud-web/watchSdkTraffic.ts';
import { imUrl, naviUrl, stubNetwork } from './support/fakeNetwork.ts';
import { settle } from './support/openLink.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

const watch = (onFlood = vi.fn()) => ({ onFlood, traffic: watchSdkTraffic({ version: 5, onFlood }) });

/** A socket as the SDK makes and hears it. */
function openSocket(url = imUrl) {
  const heard: string[] = [];
  const socket = new WebSocket(url);
  socket.onopen = () => heard.push('open');
  socket.onmessage = () => heard.push('message');
  socket.onerror = () => heard.push('error');
  socket.onclose = ({ code }) => heard.push(`close ${code}`);
  return { socket, heard };
}

describe("the SDK's sockets", () => {
  it('end at once when cut off: error, then close, as a browser tells it, and the real socket is closed', () => {
    const { sockets } = stubNetwork();
    const { traffic } = watch();
    const { heard } = openSocket();
    traffic.cutOff();
    expect(heard).toEqual(['error', 'close 1006']);
    expect(sockets[0]?.closed).toBe(true);
  });

  it('say nothing more after that', () => {
    const { sockets } = stubNetwork();
    const { traffic } = watch();
    const { heard } = openSocket();
    traffic.cutOff();
    traffic.cutOff();
    sockets[0]?.say();
    expect(heard).toEqual(['error', 'close 1006']);
  });

  it('never reach the network once cut off, and fail a task later', async () => {
    const { sockets } = stubNetwork();
    const { traffic } = watch();
    traffic.cutOff();
    const { socket, heard } = openSocket();
    expect(sockets).toEqual([]);
    expect(heard).toEqual([]);
    socket.send('nobody hears it');
    await traffic.settled();
    expect(heard).toEqual(['error', 'close 1006']);
  });

  it('are counted when the server has said something, once each', () => {
    const { sockets } = stubNetwork();
    const { traffic } = watch();
    openSocket();
    openSocket();
    expect(traffic.answers()).toBe(0);
    sockets[0]?.say();
    sockets[0]?.say();
    expect(traffic.answers()).toBe(1);
    sockets[1]?.say();
    expect(traffic.answers()).toBe(2);
  });

  it('are a flood when there are more than 20 within 10 s', () => {
    stubNetwork();
    const { traffic, onFlood } = watch();
    for (let count = 0; count < 20; count += 1) openSocket();
    expect(onFlood).not.toHaveBeenCalled();
    openSocket();
    expect(onFlood).toHaveBeenCalledTimes(1);
    traffic.release();
  });

  it('are no flood when they come one every second', () => {
    vi.useFakeTimers();
    stubNetwork();
    const { traffic, onFlood } = watch();
    for (let count = 0; count < 100; count += 1) {
      openSocket();
      vi.advanceTimersByTime(1_000);
    }
    expect(onFlood).not.toHaveBeenCalled();
    traffic.release();
    vi.useRealTimers();
  });

  it('does not let out the socket that made the flood, when the flood is answered by cutting off', () => {
    const { sockets } = stubNetwork();
    const traffic = watchSdkTraffic({ version: 5, onFlood: () => traffic.cutOff() });
    for (let count = 0; count < 30; count += 1) openSocket();
    expect(sockets).toHaveLength(20);
  });
});

describe('address lookups', () => {
  it('are aborted when cut off, and the SDK is told', () => {
    const { requests } = stubNetwork();
    const { traffic } = watch();
    const request = new XMLHttpRequest();
    const onerror = vi.fn();
    request.open('POST', naviUrl);
    request.onerror = onerror;
    request.send('token=…');
    traffic.cutOff();
    expect(requests[0]?.state).toBe('aborted');
    expect(onerror).toHaveBeenCalledTimes(1);
  });

  it.each<[SdkVersion, string]>([
    [5, naviUrl],
    [4, 'http://x/navi.js?appId=a&token=b&callBack=c&v=4.6.4&r=1'],
    [4, 'http://x/cometnavi.js?appId=a&token=b&callBack=c&v=4.6.4&r=1'],
    [2, 'http://x/navi.js?appId=a&token=b&callBack=c&v=2.9.2&r=1'],
    [2, 'http://x:80/ping?r=1234'],
  ])('of version %i are not sent once cut off: %s', async (version, url) => {
    const { requests } = stubNetwork();
    const traffic = watchSdkTraffic({ version, onFlood: () => undefined });
    traffic.cutOff();
    const request = new XMLHttpRequest();
    const onerror = vi.fn();
    request.open('GET', url);
    request.onerror = onerror;
    request.send();
    expect(requests[0]?.state).toBe('opened');
    await traffic.settled();
    expect(onerror).toHaveBeenCalledTimes(1);
  });
});

it.each([
  [401, '', true],
  [403, '', true],
  [200, '{"code": 401}', true],
  [200, 'getServerEndpoint({"code":403,"server":""});', true],
  [200, '{"code":200,"server":"a:1","voip":4011}', false],
  [200, '{"code":4010}', false],
  [503, '', false],
  [0, '', false],
])('a lookup that ends with HTTP %i and “%s”: is the token refused? %s', (status, responseText, isRefused) => {
  const { requests } = stubNetwork();
  const { traffic } = watch();
  const look = (how: object) => {
    const request = new XMLHttpRequest();
    request.open('GET', naviUrl);
    request.send();
    // what the SDK waits for; in a browser it has acted on it before `loadend`
    Object.assign(requests.at(-1)!, { readyState: 4, ...how }).dispatchEvent(new Event('readystatechange'));
  };
  expect(traffic.isLookupRefused()).toBe(false);
  look({ status, responseText });
  expect(traffic.isLookupRefused()).toBe(isRefused);
  look({ status: 200, responseText: '{"code":200}' });
  expect(traffic.isLookupRefused()).toBe(false);
  traffic.release();
});

it("a request of the page's own that looks like a lookup, and wants its answer as JSON, is not asked for its text", () => {
  const { requests } = stubNetwork();
  const { traffic } = watch();
  const request = new XMLHttpRequest();
  request.responseType = 'json';
  request.open('GET', naviUrl);
  request.send();
  // a browser throws then
  const readText = vi.fn(() => '{"code":401}');
  const own = Object.defineProperty(requests.at(-1)!, 'responseText', { get: readText });
  Object.assign(own, { readyState: 4, status: 200 }).dispatchEvent(new Event('readystatechange'));
  expect(readText).not.toHaveBeenCalled();
  expect(traffic.isLookupRefused()).toBe(false);
  traffic.release();
});

it.each<[SdkVersion, SdkVersion]>([
  [5, 4],
  [4, 2],
  [2, 5],
])('two SDKs on one page are kept apart: what ends version %i leaves version %i alone', (mine, other) => {
  const { sockets } = stubNetwork();
  const traffic = watchSdkTraffic({ version: mine, onFlood: () => undefined });
  const { heard } = openSocket(`ws://x/websocket?appId=a&token=b&sdkVer=${other}.1.0`);
  const own = openSocket(`ws://x/websocket?appId=a&token=b&sdkVer=${mine}.1.0`);
  traffic.cutOff();
  expect(heard).toEqual([]);
  expect(own.heard).toEqual(['error', 'close 1006']);
  expect(sockets.map(({ closed }) => closed)).toEqual([false, true]);
  traffic.release();
});

describe("what is the app's own", () => {
  it.each(['ws://chat.example.com/', 'ws://chat.example.com/websocket?room=1', 'ws://x/?next=/websocket'])(
    'passes through, cut off or not: %s',
    (url) => {
      const { sockets, FakeSocket } = stubNetwork();
      const { traffic, onFlood } = watch();
      traffic.cutOff();
      for (let count = 0; count < 50; count += 1) {
        const { socket, heard } = openSocket(url);
        expect(socket).toBeInstanceOf(FakeSocket);
        expect(heard).toEqual([]);
      }
      expect(sockets).toHaveLength(50);
      expect(onFlood).not.toHaveBeenCalled();
    },
  );

  it('requests are sent, cut off or not', () => {
    const { requests } = stubNetwork();
    const { traffic } = watch();
    const early = new XMLHttpRequest();
    early.open('GET', '/api/navigation?x=1');
    early.send();
    traffic.cutOff();
    const late = new XMLHttpRequest();
    late.open('GET', '/ping?room=7');
    late.send();
    expect(requests.map(({ state }) => state)).toEqual(['sent', 'sent']);
  });

  it('may extend the classes while they are wrapped', () => {
    const { FakeSocket } = stubNetwork();
    const { traffic } = watch();
    class Own extends WebSocket {
      readonly mine = true;
    }
    const own = new Own('ws://own/');
    expect(own).toBeInstanceOf(FakeSocket);
    expect(own.mine).toBe(true);
    expect(WebSocket.OPEN).toBe(1);
    traffic.release();
    expect(new Own('ws://own/').mine).toBe(true);
  });
});

describe('release', () => {
  it('gives the globals back', () => {
    const { FakeSocket, FakeRequest } = stubNetwork();
    const { traffic } = watch();
    expect(WebSocket).not.toBe(FakeSocket);
    expect(XMLHttpRequest).not.toBe(FakeRequest);
    traffic.release();
    expect(WebSocket).toBe(FakeSocket);
    expect(XMLHttpRequest).toBe(FakeRequest);
  });

  it.each([
    ['first', 0],
    ['last', 1],
  ])('gives them back when the last of several is done, also when the one that came %s goes first', (_, first) => {
    const { FakeSocket, FakeRequest } = stubNetwork();
    const both = [watch().traffic, watchSdkTraffic({ version: 4, onFlood: () => undefined })];
    both[first]!.release();
    both[1 - first]!.cutOff();
    expect(openSocket().heard).toEqual([]);
    both[1 - first]!.release();
    expect(WebSocket).toBe(FakeSocket);
    expect(XMLHttpRequest).toBe(FakeRequest);
  });

  it('leaves a wrapper that somebody else has put around, and lets everything through it', () => {
    const { sockets, FakeSocket } = stubNetwork();
    const { traffic } = watch();
    const theirs = class extends WebSocket {};
    vi.stubGlobal('WebSocket', theirs);
    traffic.cutOff();
    traffic.release();
    expect(WebSocket).toBe(theirs);
    expect(new WebSocket(imUrl)).toBeInstanceOf(FakeSocket);
    expect(sockets).toHaveLength(1);
  });

  it('is all there is to do where there is neither class', async () => {
    vi.stubGlobal('WebSocket', undefined);
    vi.stubGlobal('XMLHttpRequest', undefined);
    const { traffic } = watch();
    traffic.cutOff();
    await traffic.settled();
    traffic.release();
    expect(globalThis.WebSocket).toBeUndefined();
  });
});

it('settled() waits for an SDK that goes through a list of addresses, one after the other', async () => {
  stubNetwork();
  const { traffic } = watch();
  traffic.cutOff();
  let tried = 0;
  const tryNext = () => {
    tried += 1;
    if (tried === 5) return;
    const { socket } = openSocket();
    socket.onclose = tryNext;
  };
  tryNext();
  await traffic.settled();
  expect(tried).toBe(5);
  await settle();
});
