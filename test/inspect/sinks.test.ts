import { afterEach, describe, expect, test, vi } from 'vitest';
import { broadcastSink, bufferSink, consoleSink, inspectConnection, windowSink } from 'connection-machine/inspect';
import { createWorld } from '../support/world.ts';

afterEach(() => void vi.unstubAllGlobals());

/** Refused, renewed, in, lost: what a console says of it. */
async function lines(options: Parameters<typeof consoleSink>[0] = {}, name = 'alice') {
  const said: (readonly unknown[])[] = [];
  const world = createWorld({ policy: { timeLimit: 8_000 } });
  const stop = inspectConnection(
    world.connection,
    consoleSink({ console: { log: (...line) => void said.push(line) }, colours: 'none', ...options }),
    { name },
  );
  world.connection.connect();
  await world.settle();
  world.transport.last.fail({ kind: 'tokenIncorrect', code: 31004 });
  await world.settle();
  world.transport.last.succeed('alice');
  world.connection.actor.send({ type: 'link.succeeded', userId: 'alice', canVerify: false, canRenew: false });
  world.transport.last.fail({ kind: 'network', code: 'gone\n\u001b[31mfor ever\u001b[0m 100%' });
  world.connection.actor.send({ type: 'link.verified' });
  stop();
  return said;
}

describe('consoleSink: one line for each step', () => {
  test('says when, who, what, where to, why, what was announced, and what is waited for', async () => {
    const said = (await lines()).map((line) => String(line[0]).replace(/^\d\d:\d\d:\d\d\.\d{3} /, ''));
    expect(said).toEqual([
      'alice  is inspected, policy: timeLimit 8000',
      'alice  user.connect userWaiting → fetchingToken, person.waiting  The user wants to be connected; from now on the platform is listened to. [asksToWait] timeLimit in 8 s tokenTimeLimit in 10 s',
      'alice  done fetchToken token #1 → connecting  attemptTimeLimit in 10 s',
      'alice  link.failed tokenIncorrect 31004 → fetchingToken  TOKEN_INCORRECT: the token is dropped, here and where it is stored. [mayRenewToken] tokenTimeLimit in 10 s',
      'alice  done fetchToken token #2 → connecting  A new token in place of the refused one. (tokenRenewed incorrect) attemptTimeLimit in 10 s',
      'alice  link.succeeded alice → connected.fresh, person.away  They have their answer. (connected alice) stableAfter in 10 s',
      "alice  link.succeeded alice  Ignored: a success is counted once. Ignored, as in the session: a link is one user's.",
      // somebody else's line breaks and colours are not the console's
      'alice  link.failed network gone  [31mfor ever [0m 100% → waiting.backoff  untilRetry in 750 ms',
      'alice  link.verified  not answered here',
      'alice  is not inspected any more',
    ]);
  });

  test('is coloured as the place can show it, and a % in a message is no directive', async () => {
    const css = await lines({ colours: 'css' });
    expect(css[1]).toEqual([
      expect.stringMatching(/^%c.*→ fetchingToken.*%c/),
      expect.stringContaining('color:'),
      expect.stringContaining('color:'),
    ]);
    expect(css.at(-3)![0]).toContain('100%% → waiting.backoff');
    const ansi = await lines({ colours: 'ansi' });
    expect(
      String(ansi[1]![0])
        .split('\u001b')
        .map((part) => part.slice(0, 4)),
    ).toEqual(['', '[34m', '[0m', '[2m ', '[0m']);
    vi.stubGlobal('document', {});
    expect((await lines({ colours: undefined as never }))[1]).toHaveLength(3);
  });
});

describe('broadcastSink', () => {
  test('is heard on the same channel, hears what is said there, and leaves nothing open', async () => {
    const viewer = new BroadcastChannel('connection-machine.inspect');
    const heard: { type: string }[] = [];
    const wait = () => new Promise<void>((resolve) => setImmediate(resolve));
    viewer.onmessage = ({ data }: MessageEvent) => void heard.push(data as never);
    const world = createWorld();
    const stop = inspectConnection(world.connection, broadcastSink());
    const has = async (count: number) => {
      while (heard.length < count) await wait();
      return heard.map(({ type }) => type);
    };
    expect(await has(1)).toEqual(['actor']);
    viewer.postMessage({ version: 1, type: 'hello' });
    expect(await has(2)).toEqual(['actor', 'actor']);
    stop();
    expect(await has(3)).toEqual(['actor', 'actor', 'end']);
    viewer.close();
  });

  test('where there is no BroadcastChannel, nothing is sent and nothing breaks', async () => {
    vi.stubGlobal('BroadcastChannel', undefined);
    const world = createWorld();
    const stop = inspectConnection(world.connection, broadcastSink());
    await world.connected();
    stop();
    expect(world.status).toBe('connected');
  });
});

describe('windowSink', () => {
  test('speaks to one window of one origin, and listens to nobody else', async () => {
    const sent: unknown[][] = [];
    const other = { postMessage: (...said: unknown[]) => void sent.push(said) };
    const listeners = new Set<(event: unknown) => void>();
    vi.stubGlobal('addEventListener', (name: string, listener: never) => name === 'message' && listeners.add(listener));
    vi.stubGlobal('removeEventListener', (_: string, listener: never) => listeners.delete(listener));
    const world = createWorld();
    const stop = inspectConnection(world.connection, windowSink(other, 'https://viewer.example'));
    const say = (event: object) => [...listeners].forEach((listener) => listener(event));
    const hello = { version: 1, type: 'hello' };
    say({ source: other, origin: 'https://evil.example', data: hello });
    say({ source: {}, origin: 'https://viewer.example', data: hello });
    expect(sent).toHaveLength(1);
    say({ source: other, origin: 'https://viewer.example', data: hello });
    expect(sent).toHaveLength(2);
    expect(new Set(sent.map(([, origin]) => origin))).toEqual(new Set(['https://viewer.example']));
    stop();
    expect(listeners.size).toBe(0);
  });

  test.each(['*', '', '/', 'viewer.example', 'https://viewer.example/path', undefined])('refuses the origin %s', (origin) => {
    expect(() => windowSink({ postMessage: () => undefined }, origin as never)).toThrow(
      "origin must be an origin such as 'https://app.example'",
    );
  });

  test('refuses what is no window', () => {
    expect(() => windowSink(undefined as never, 'https://viewer.example')).toThrow('windowSink must be a window');
  });
});

describe('a page that goes', () => {
  test('takes back what it has shown, shows it again when it comes back, and listens no more in the end', async () => {
    const sent: { type: string; seq?: number }[] = [];
    const listeners = new Map<string, (event: object) => void>();
    vi.stubGlobal('addEventListener', (name: string, listener: never) => void listeners.set(name, listener));
    vi.stubGlobal('removeEventListener', (name: string) => void listeners.delete(name));
    const world = createWorld();
    const stop = inspectConnection(
      world.connection,
      windowSink({ postMessage: (message) => void sent.push(message as never) }, 'https://viewer.example'),
    );
    world.connection.connect();
    const said = () => sent.splice(0).map(({ type, seq }) => seq ?? type);
    expect(said()).toEqual(['actor', 1]);
    listeners.get('pagehide')!({});
    expect(said()).toEqual(['end']);
    listeners.get('pageshow')!({ persisted: false });
    expect(said()).toEqual([]);
    listeners.get('pageshow')!({ persisted: true });
    expect(said()).toEqual(['actor', 1]);
    stop();
    expect(said()).toEqual(['end']);
    expect(listeners.size).toBe(0);
  });
});

test('bufferSink keeps the latest messages, oldest first', async () => {
  const world = createWorld();
  const buffer = bufferSink(2);
  inspectConnection(world.connection, buffer);
  await world.connected();
  expect(buffer.messages.map((message) => (message.type === 'step' ? message.seq : message.type))).toEqual([2, 3]);
});
