import fc from 'fast-check';
import { createConnection, type Failure } from 'connection-machine';
import { rongCloudWebTransport, rongCloudWebV2Transport, rongCloudWebV4Transport } from 'connection-machine/transports/rongcloud-web';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { imUrl, stubNetwork } from './support/fakeNetwork.ts';
import { FakeSdk } from './support/FakeSdk.ts';
import { openLink, settle } from './support/openLink.ts';

let network: ReturnType<typeof stubNetwork>;
beforeEach(() => {
  network = stubNetwork();
});
afterEach(() => {
  vi.unstubAllGlobals();
});

/** A link whose SDK has been asked to connect. */
async function connecting(options: Parameters<typeof rongCloudWebTransport>[1] = {}) {
  const sdk = new FakeSdk();
  const { link, reported } = openLink(rongCloudWebTransport(sdk, options));
  await settle();
  return { sdk, link, reported };
}

async function connected(options: Parameters<typeof rongCloudWebTransport>[1] = {}) {
  const world = await connecting(options);
  world.sdk.letIn('alice');
  await settle();
  world.reported.length = 0;
  return world;
}

const errorOf = (reported: unknown[]) => (reported[0] as { error: Failure }).error;

describe('one report for one thing', () => {
  it('a success that comes by event and by promise is one', async () => {
    const { sdk, reported } = await connecting();
    sdk.letIn('alice');
    await settle();
    expect(reported).toEqual([{ success: 'alice' }]);
  });

  it('a success of which there is no event is one, too', async () => {
    const { sdk, reported } = await connecting();
    sdk.settle({ isOk: true, code: 0, data: { userId: 'alice' } });
    await settle();
    expect(reported).toEqual([{ success: 'alice' }]);
  });

  it('a failure that comes by event and by promise is one, with its name', async () => {
    const { sdk, reported } = await connecting();
    sdk.refuse(31004);
    await settle();
    expect(reported).toEqual([{ error: { kind: 'tokenIncorrect', code: 31004, message: 'RC_CONN_TOKEN_INCORRECT' } }]);
  });

  it('a status that the SDK does not know is unknown, without a code', async () => {
    const { sdk, reported } = await connecting();
    sdk.refuse(undefined);
    await settle();
    expect(errorOf(reported)).toEqual({ kind: 'unknown', message: 'the SDK gave no code' });
  });

  it('"too often" comes with a time before which nothing is tried', async () => {
    const { sdk, reported } = await connecting();
    sdk.refuse(30015);
    await settle();
    expect(errorOf(reported)).toMatchObject({ kind: 'server', code: 30015, retryAfter: 10_000 });
  });

  it("a disconnect() behind the brain's back is a sign-out: the user is not brought back", async () => {
    const { sdk, reported } = await connected();
    sdk.emit('DISCONNECT', 2);
    await settle();
    expect(errorOf(reported)).toMatchObject({ kind: 'forbidden', message: expect.stringContaining('connection.disconnect()') });
  });

  it('"disconnected" while it connects is old news', async () => {
    const { sdk, reported } = await connecting();
    sdk.emit('DISCONNECT', 2);
    await settle();
    expect(reported).toEqual([]);
  });

  it('a success without a user is handed on as it is: the brain refuses it', async () => {
    const { sdk, reported } = await connecting();
    sdk.settle({ isOk: true, code: 0 });
    await settle();
    expect(reported).toEqual([{ success: '' }]);
  });
});

describe('the local database', () => {
  it.each([
    [0, { ok: true, code: 0 }],
    [33002, { ok: false, code: 33002 }],
  ])('of Electron is reported with its code: %i', async (code, expected) => {
    const { sdk, reported } = await connecting();
    sdk.emit('DATABASE_OPENED', code);
    expect(reported).toEqual([{ dbOpened: expected }]);
  });
});

describe('a lost server', () => {
  it('is an interruption when the SDK is left to it, told once an outage', async () => {
    const { sdk, reported } = await connected();
    sdk.emit('SUSPEND', 30011);
    sdk.emit('SUSPEND', 35008);
    sdk.emit('CONNECTED');
    sdk.emit('SUSPEND', 30012);
    expect(reported).toEqual([
      { interrupted: { kind: 'network', code: 30011, message: 'RC_SOCKET_DISCONNECTED' } },
      { success: 'alice' },
      { interrupted: { kind: 'network', code: 30012, message: expect.any(String) } },
    ]);
  });

  it("is the link's end when the brain takes over", async () => {
    const { sdk, reported } = await connected({ sdkReconnect: 'takeOver' });
    sdk.emit('SUSPEND', 30011);
    sdk.emit('CONNECTED');
    expect(reported).toEqual([{ error: { kind: 'network', code: 30011, message: 'RC_SOCKET_DISCONNECTED' } }]);
  });

  it('is nothing before the first success: the SDK is on its way to the next address', async () => {
    const { sdk, reported } = await connecting({ sdkReconnect: 'takeOver' });
    sdk.emit('SUSPEND', 30011);
    expect(reported).toEqual([]);
  });
});

describe('close', () => {
  it('before the SDK was asked leaves it untouched', async () => {
    const sdk = new FakeSdk();
    const { link, reported } = openLink(rongCloudWebTransport(sdk));
    await link.close();
    await settle();
    expect(sdk.calls).toEqual([]);
    expect(reported).toEqual([]);
    expect(WebSocket).toBe(network.FakeSocket);
  });

  it('ends a connect that would hang for ever, by breaking its socket, and says disconnect a second time', async () => {
    const { sdk, link, reported } = await connecting();
    const socket = new WebSocket(imUrl);
    // so does the SDK
    socket.onclose = () => sdk.settle({ isOk: false, code: 35008 });
    await link.close();
    expect(sdk.calls).toEqual(['connect token-1', 'disconnect', 'disconnect']);
    expect(network.sockets[0]?.closed).toBe(true);
    expect(reported).toEqual([]);
    expect(WebSocket).toBe(network.FakeSocket);
  });

  it('lets a live socket say goodbye before it is broken', async () => {
    const { sdk, link } = await connected();
    const socket = new WebSocket(imUrl);
    const order: string[] = [];
    socket.onclose = () => order.push('broken');
    sdk.onDisconnect = async () => {
      await Promise.resolve();
      order.push('disconnected');
    };
    await link.close();
    expect(order[0]).toBe('disconnected');
  });

  it('stops push when the user signs out, and only then', async () => {
    const one = await connected();
    await one.link.close({ logout: true });
    expect(one.sdk.calls).toContain('disconnect and stop push');
    const other = await connected();
    await other.link.close({ logout: false });
    expect(other.sdk.calls).not.toContain('disconnect and stop push');
  });

  it('takes the listeners with it: what the SDK says later is not heard', async () => {
    const { sdk, link, reported } = await connected();
    expect(sdk.listening).toBe(4);
    const closing = link.close();
    expect(sdk.listening).toBe(0);
    sdk.emit('DISCONNECT', 31010);
    await closing;
    expect(reported).toEqual([]);
  });

  it('twice is once', async () => {
    const { sdk, link } = await connected();
    await Promise.all([link.close(), link.close()]);
    expect(sdk.calls.filter((call) => call === 'disconnect')).toHaveLength(2);
  });

  it('settles when the SDK throws or rejects at every turn', async () => {
    const { sdk, link } = await connected();
    sdk.disconnect = () => {
      throw new Error('no');
    };
    sdk.removeEventListener = () => {
      throw new Error('no');
    };
    await link.close();
    const other = await connected();
    other.sdk.onDisconnect = () => Promise.reject(new Error('no'));
    await other.link.close();
  });
});

describe("the SDK's own cache", () => {
  const cache = (token: string) => JSON.stringify([{ timestamp: 1, naviInfo: {}, token }]);

  /** localStorage with what the SDK, the app and another user's SDK have put there. */
  function stubStorage() {
    const items: Record<string, string> = {
      'navi_app-key': cache('token-1'),
      'navi_second-key': cache('token-1'),
      'navi_other-key': cache('token-2'),
      'the-apps-own': cache('token-1'),
    };
    vi.stubGlobal('localStorage', {
      get length() {
        return Object.keys(items).length;
      },
      key: (index: number) => Object.keys(items)[index] ?? null,
      getItem: (key: string) => items[key] ?? null,
      removeItem(key: string) {
        delete items[key];
      },
    });
    return items;
  }

  it('loses the token of a user who signs out, and nothing else', async () => {
    const items = stubStorage();
    const { link } = await connected();
    await link.close({ logout: true });
    expect(Object.keys(items)).toEqual(['navi_other-key', 'the-apps-own']);
  });

  it('loses it also when the user signs out after the link was closed', async () => {
    const items = stubStorage();
    const sdk = new FakeSdk();
    const transport = rongCloudWebTransport(sdk);
    const { link } = openLink(transport);
    await settle();
    sdk.letIn('alice');
    await link.close();
    expect(items).toHaveProperty('navi_app-key');
    await transport.logout?.();
    expect(items).not.toHaveProperty('navi_app-key');
  });

  it('loses a token that names navigators, too: the SDK keeps what stands before the @', async () => {
    const items = stubStorage();
    const sdk = new FakeSdk();
    const { link } = openLink(rongCloudWebTransport(sdk), 'token-1@navi-1.example.com;navi-2.example.com');
    await settle();
    sdk.letIn('alice');
    await link.close({ logout: true });
    expect(Object.keys(items)).toEqual(['navi_other-key', 'the-apps-own']);
  });

  it('is left alone when the token is nothing but navigators', async () => {
    const items = stubStorage();
    const sdk = new FakeSdk();
    const { link } = openLink(rongCloudWebTransport(sdk), '@navi-1.example.com');
    await settle();
    sdk.letIn('alice');
    await link.close({ logout: true });
    expect(Object.keys(items)).toHaveLength(4);
  });

  it('is left alone when the user only leaves', async () => {
    const items = stubStorage();
    const { link } = await connected();
    await link.close();
    expect(Object.keys(items)).toHaveLength(4);
  });

  it('may be forbidden ground', async () => {
    const { link } = await connected();
    vi.stubGlobal('localStorage', undefined);
    await link.close({ logout: true });
    await rongCloudWebTransport(new FakeSdk()).logout?.();
  });
});

describe('one session at a time', () => {
  it('the next link waits until the last one has let go, also when another transport over the same SDK opened it', async () => {
    const sdk = new FakeSdk();
    let letGo: () => void = () => undefined;
    const first = openLink(rongCloudWebTransport(sdk), 'token-1');
    await settle();
    sdk.letIn('alice');
    await settle();
    sdk.onDisconnect = () => new Promise<void>((resolve) => (letGo = resolve));
    void first.link.close();
    const second = openLink(rongCloudWebTransport(sdk), 'token-2');
    await settle();
    expect(sdk.calls).not.toContain('connect token-2');
    sdk.onDisconnect = () => Promise.resolve();
    letGo();
    await settle();
    await settle();
    expect(sdk.calls).toContain('connect token-2');
    sdk.letIn('bob');
    await settle();
    expect(second.reported).toEqual([{ success: 'bob' }]);
    expect(first.reported).toEqual([{ success: 'alice' }]);
  });

  it('a link that is closed while it waits does not let the next one in early', async () => {
    const sdk = new FakeSdk();
    let letGo: () => void = () => undefined;
    const first = openLink(rongCloudWebTransport(sdk), 'token-1');
    await settle();
    sdk.letIn('alice');
    sdk.onDisconnect = () => new Promise<void>((resolve) => (letGo = resolve));
    void first.link.close();
    const second = openLink(rongCloudWebTransport(sdk), 'token-2');
    await second.link.close();
    openLink(rongCloudWebTransport(sdk), 'token-3');
    await settle();
    expect(sdk.calls).not.toContain('connect token-3');
    sdk.onDisconnect = () => Promise.resolve();
    letGo();
    await settle();
    await settle();
    expect(sdk.calls).toContain('connect token-3');
    expect(sdk.calls).not.toContain('connect token-2');
  });

  it('an SDK whose disconnect() never settles holds up the next link for 5 s, and does not take its sockets', async () => {
    vi.useFakeTimers();
    try {
      const sdk = new FakeSdk();
      const first = openLink(rongCloudWebTransport(sdk), 'token-1');
      await vi.advanceTimersByTimeAsync(1);
      sdk.letIn('alice');
      sdk.onDisconnect = () => new Promise<void>(() => undefined);
      void first.link.close();
      const second = openLink(rongCloudWebTransport(sdk), 'token-2');
      await vi.advanceTimersByTimeAsync(4_900);
      expect(sdk.calls).not.toContain('connect token-2');
      await vi.advanceTimersByTimeAsync(200);
      expect(sdk.calls).toEqual(['connect token-1', 'disconnect', 'connect token-2']);
      const socket = new WebSocket(imUrl);
      expect(network.sockets).toEqual([socket]);
      sdk.onDisconnect = () => Promise.resolve();
      sdk.letIn('bob');
      void second.link.close();
      await vi.advanceTimersByTimeAsync(100);
      expect(WebSocket).toBe(network.FakeSocket);
    } finally {
      vi.useRealTimers();
    }
  });

  it.each([
    ['connected', 0],
    ['connecting', 1],
    ['suspended', 3],
  ])('an SDK that is %s by other hands is disconnected first: it would report its old user', async (_, status) => {
    const sdk = new FakeSdk();
    sdk.status = status;
    openLink(rongCloudWebTransport(sdk));
    await settle();
    expect(sdk.calls).toEqual(['disconnect', 'connect token-1']);
  });
});

describe('a server that redirects without end', () => {
  it('is a failed attempt after 20 sockets, none of which is left', async () => {
    const { reported } = await connecting();
    Array.from({ length: 200 }, () => new WebSocket(imUrl));
    expect(network.sockets).toHaveLength(20);
    expect(network.sockets.every(({ closed }) => closed)).toBe(true);
    expect(reported).toEqual([{ error: { kind: 'server', code: 31006, message: expect.any(String) } }]);
  });
});

describe('an SDK that is not there, or not ready', () => {
  it('the brain fails with the code when init() was forgotten', async () => {
    const sdk = new FakeSdk();
    sdk.getConnectionStatus = () => {
      throw new Error('Not initialized yet!');
    };
    sdk.connect = () => Promise.resolve({ isOk: false, code: 33001 });
    const connection = createConnection({ transport: rongCloudWebTransport(sdk), fetchToken: async () => 'token-1', signals: false });
    connection.connect();
    await expect(connection.whenConnected()).rejects.toMatchObject({ kind: 'configuration', code: 33001 });
    await connection.disconnect();
  });

  it('an SDK that throws is a failure, not a crash', async () => {
    const sdk = new FakeSdk();
    sdk.connect = () => {
      throw new TypeError('broken');
    };
    const { reported } = openLink(rongCloudWebTransport(sdk));
    await settle();
    expect(errorOf(reported)).toMatchObject({ kind: 'unknown', message: 'broken' });
  });

  it.each([
    [() => rongCloudWebTransport(undefined as never), 'rongCloudWebTransport: SDK', 'imlib-next'],
    [() => rongCloudWebTransport({ connect: () => undefined } as never), 'rongCloudWebTransport: SDK', 'without disconnect()'],
    [
      () => rongCloudWebTransport(new FakeSdk(), { sdkReconnect: 'no' as never }),
      'rongCloudWebTransport: sdkReconnect',
      "'leave' or 'takeOver'",
    ],
    [() => rongCloudWebTransport(new FakeSdk(), null as never), 'rongCloudWebTransport: options', 'object'],
    [() => rongCloudWebV4Transport(null as never), 'rongCloudWebV4Transport: SDK', 'init()'],
    [() => rongCloudWebV2Transport(7 as never), 'rongCloudWebV2Transport: SDK', 'RongIMClient'],
  ])('says what is wrong with an option: %#', (make, option, expected) => {
    expect(make).toThrow(expect.objectContaining({ name: 'ConnectionOptionError', option }));
    expect(make).toThrow(expected);
  });
});

describe('whatever the SDK does', () => {
  type Deed =
    | { do: 'event'; event: 'CONNECTED' | 'SUSPEND' | 'DISCONNECT'; code: number | undefined }
    | { do: 'settle' | 'socket' | 'wait' };
  const deed: fc.Arbitrary<Deed> = fc.oneof(
    fc.record({
      do: fc.constant('event' as const),
      event: fc.constantFrom('CONNECTED' as const, 'SUSPEND' as const, 'DISCONNECT' as const),
      code: fc.constantFrom(undefined, 0, 2, 30011, 31004, 31010, 99),
    }),
    fc.record({ do: fc.constantFrom('settle' as const, 'socket' as const, 'wait' as const) }),
  );

  it('a link reports at most one end, nothing after it, and nothing after close; close settles; the globals are given back', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(deed, { maxLength: 12 }),
        fc.array(deed, { maxLength: 6 }),
        fc.constantFrom('leave' as const, 'takeOver' as const),
        async (before, after, sdkReconnect) => {
          const { sdk, link, reported } = await connecting({ sdkReconnect });
          const play = async (each: Deed) => {
            if (each.do === 'event') sdk.emit(each.event, each.code);
            else if (each.do === 'settle') sdk.settle({ isOk: true, code: 0, data: { userId: 'alice' } });
            else if (each.do === 'socket') new WebSocket(imUrl).onclose = () => sdk.settle({ isOk: false, code: 35008 });
            else await Promise.resolve();
          };
          sdk.userId = 'alice';
          for (const each of before) await play(each);
          const kinds = reported.map((report) => Object.keys(report as object)[0]);
          expect(kinds.filter((kind) => kind === 'error').length).toBeLessThanOrEqual(1);
          if (kinds.includes('error')) expect(kinds.at(-1)).toBe('error');
          // no two successes, no two interruptions in a row
          kinds.forEach((kind, index) => expect(kind).not.toBe(kinds[index - 1]));

          const count = reported.length;
          const closing = link.close();
          for (const each of after) await play(each);
          // the SDK's connect() settles when its socket breaks
          sdk.settle({ isOk: false, code: 35008 });
          await closing;
          expect(reported).toHaveLength(count);
          expect(sdk.listening).toBe(0);
          expect(WebSocket).toBe(network.FakeSocket);
        },
      ),
      { numRuns: 100 },
    );
  });
});
