import { createConnection, type ConnectionSnapshot } from 'connection-machine';
import { controlledClock, fakeTokenProvider, fakeTransport, manualSignals } from 'connection-machine/testing';
import { describe, expect, test } from 'vitest';

// What the developer of an app would write: nothing but the package itself and its testing tools.

/** What a component would show of a snapshot. */
function show({ status, failure, database }: ConnectionSnapshot): string {
  switch (status) {
    case 'connected':
      return 'online';
    case 'prompting':
      return 'That takes long. Try again?';
    case 'kicked':
      return 'You are signed in on another device';
    case 'failed':
      return failure?.kind === 'forbidden' ? 'Please sign in again' : 'Something is broken';
    case 'offline':
      return 'No network';
    case 'idle':
      return 'offline';
    default:
      return database === 'opened' ? 'connecting … (reading old messages)' : 'connecting …';
  }
}

/** An app, and the world around it in the hands of the test. */
function startApp() {
  const clock = controlledClock();
  const transport = fakeTransport();
  const fetchToken = fakeTokenProvider();
  const signals = manualSignals();
  const connection = createConnection({ transport, fetchToken, signals, clock, random: () => 0.5 });
  /** Everything that was on the screen, in order. */
  const seen = [show(connection.getSnapshot())];
  connection.subscribe(() => {
    const now = show(connection.getSnapshot());
    if (now !== seen[seen.length - 1]) seen.push(now);
  });
  return { clock, transport, fetchToken, signals, connection, seen };
}

const letIn = { onOpen: (link: ReturnType<typeof fakeTransport>['last']) => link.succeed('alice') };

describe('the screen of an app', () => {
  test('goes online, with old messages first', async () => {
    const { clock, transport, connection, seen } = startApp();
    connection.connect();
    await clock.advance(0);
    transport.last.openDatabase();
    await clock.advance(0);
    transport.last.succeed('alice');
    await clock.advance(0);
    expect(seen).toEqual(['offline', 'connecting …', 'connecting … (reading old messages)', 'online']);
  });

  test('shows nothing of a token that has expired', async () => {
    const { clock, transport, fetchToken, connection, seen } = startApp();
    transport.options.onOpen = (link) => (link.token === 'token-1' ? link.fail({ kind: 'tokenExpired' }) : link.succeed('alice'));
    connection.connect();
    await clock.advance(0);
    expect(seen).toEqual(['offline', 'connecting …', 'online']);
    expect(fetchToken.requests.map(({ reason }) => reason)).toEqual(['initial', 'expired']);
    expect(transport.mostLive).toBe(1);
  });

  test('shows nothing of a token that is renewed while the user is in', async () => {
    const { clock, transport, fetchToken, connection, seen } = startApp();
    const end = clock.now() + 600_000;
    fetchToken.answer({ token: 'short', expiresAt: end }).answer('long');
    transport.options = { ...letIn, renew: async () => undefined };
    connection.connect();
    await clock.advance(0);
    await clock.advance(600_000);
    expect(seen).toEqual(['offline', 'connecting …', 'online']);
    expect(fetchToken.requests.map(({ reason }) => reason)).toEqual(['initial', 'expiring']);
    expect(transport.links).toHaveLength(1);
  });

  test('asks when nobody answers, tries again, and is online', async () => {
    const { clock, transport, connection, seen } = startApp();
    connection.connect();
    await clock.advance(5_000);
    expect(seen).toEqual(['offline', 'connecting …', 'That takes long. Try again?']);
    connection.retry();
    await clock.advance(0);
    transport.last.succeed('alice');
    await clock.advance(0);
    expect(seen.slice(3)).toEqual(['connecting …', 'online']);
  });

  test('asks when the token server does not answer, and takes "no" for an answer', async () => {
    const { clock, transport, fetchToken, connection, seen } = startApp();
    fetchToken.hang();
    connection.connect();
    await clock.advance(5_000);
    expect(fetchToken.last.state).toBe('aborted');
    connection.cancel();
    await clock.advance(0);
    expect(seen).toEqual(['offline', 'connecting …', 'That takes long. Try again?', 'offline']);
    expect([transport.links.length, clock.pending]).toEqual([0, 0]);
  });

  test('says that another device has taken over, and leaves it at that', async () => {
    const { clock, transport, connection, seen } = startApp();
    transport.options = letIn;
    connection.connect();
    await clock.advance(0);
    transport.last.fail({ kind: 'kicked', code: 31010 });
    await clock.advance(3_600_000);
    expect(seen.slice(2)).toEqual(['online', 'You are signed in on another device']);
    expect(transport.links).toHaveLength(1);
    connection.connect();
    await clock.advance(0);
    expect(seen.slice(4)).toEqual(['connecting …', 'online']);
  });

  test('says that there is no network, and is back by itself', async () => {
    const { clock, transport, signals, connection, seen } = startApp();
    transport.options = letIn;
    connection.connect({ userWaiting: false });
    await clock.advance(0);
    signals.network(false);
    await clock.advance(3_600_000);
    expect(seen.slice(2)).toEqual(['online', 'No network']);
    expect(transport.links).toHaveLength(1);
    signals.network(true);
    await clock.advance(1_000);
    expect(seen.slice(4)).toEqual(['connecting …', 'online']);
  });

  test('asks to sign in again when the login is over, without opening a link', async () => {
    const { clock, transport, fetchToken, connection, seen } = startApp();
    fetchToken.forbid();
    connection.connect();
    await clock.advance(3_600_000);
    expect(seen).toEqual(['offline', 'connecting …', 'Please sign in again']);
    expect([transport.links.length, fetchToken.requests.length]).toEqual([0, 1]);
  });

  test('is replaced after a long sleep: the laptop was closed, the link is asked, and is dead', async () => {
    const { clock, transport, signals, connection, seen } = startApp();
    transport.options = { ...letIn, verify: () => new Promise(() => undefined) };
    connection.connect();
    await clock.advance(0);
    signals.woke(60_000);
    await clock.advance(6_000);
    expect(transport.links.map(({ state }) => state)).toEqual(['closed', 'open']);
    expect(seen[seen.length - 1]).toBe('online');
  });

  test('without a clock of its own, a story stands still where its server leaves it', async () => {
    const transport = fakeTransport({ onOpen: (link) => link.fail({ kind: 'blocked' }) });
    const connection = createConnection({ transport, fetchToken: fakeTokenProvider(), signals: false });
    connection.connect();
    await expect(connection.whenConnected()).rejects.toMatchObject({ kind: 'blocked' });
    expect(show(connection.getSnapshot())).toBe('Something is broken');
  });
});
