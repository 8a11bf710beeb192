import { createConnection, type ConnectionSnapshot } from 'connection-machine';
import { controlledClock, fakeTokenProvider, fakeTransport, TestingError, type FakeTransportOptions } from 'connection-machine/testing';
import { describe, expect, test } from 'vitest';

function start(options?: FakeTransportOptions) {
  const clock = controlledClock();
  const transport = fakeTransport(options);
  const connection = createConnection({ transport, fetchToken: fakeTokenProvider(), clock, signals: false });
  connection.connect();
  return { clock, transport, connection };
}

describe('the moves of a link', () => {
  const moves: [name: string, play: (link: ReturnType<typeof fakeTransport>['last']) => void, snapshot: Partial<ConnectionSnapshot>][] = [
    ['succeed', (link) => link.succeed('alice'), { status: 'connected', userId: 'alice' }],
    ['fail', (link) => link.fail({ kind: 'kicked', code: 31010 }), { status: 'kicked', failure: { kind: 'kicked', code: 31010 } }],
    ['interrupt', (link) => (link.succeed('alice'), link.interrupt({ kind: 'network' })), { status: 'recovering' }],
    ['interrupt without a reason', (link) => (link.succeed('alice'), link.interrupt()), { status: 'recovering' }],
    ['openDatabase', (link) => link.openDatabase(), { status: 'connecting', database: 'opened' }],
    ['failDatabase', (link) => link.failDatabase(33002), { status: 'connecting', database: 'failed' }],
  ];

  test.each(moves)('%s is heard by the brain', async (_, play, snapshot) => {
    const { clock, transport, connection } = start();
    await clock.advance(0);
    play(transport.last);
    await clock.advance(0);
    expect(connection.getSnapshot()).toMatchObject(snapshot);
  });

  test.each(moves)('%s on a link that the brain has closed is a mistake of the test, and says so', async (_, play) => {
    const { clock, transport, connection } = start();
    await clock.advance(0);
    await connection.disconnect();
    expect(() => play(transport.last)).toThrow(TestingError);
    expect(() => play(transport.last)).toThrow(/on a link that is closed: the brain does not listen.*link\.report/);
    // who means it speaks too late all the same, and changes nothing
    transport.last.report.success({ userId: 'late' });
    await clock.advance(0);
    expect(connection.getSnapshot().status).toBe('idle');
  });

  test('a misspelt kind and a missing user are mistakes of the test, too', async () => {
    const { clock, transport } = start();
    await clock.advance(0);
    expect(() => transport.last.fail({ kind: 'kickd' as never })).toThrow(/fail wants a failure of a known kind.*kicked/);
    expect(() => transport.last.fail(undefined as never)).toThrow(TestingError);
    expect(() => transport.last.interrupt({ kind: 'oops' as never })).toThrow(/interrupt wants a failure of a known kind/);
    expect(() => transport.last.succeed('')).toThrow(/succeed wants a user id/);
  });
});

test('onOpen plays the server: inside open, with the token in clear', async () => {
  const { clock, connection, transport } = start({
    onOpen: (link) => (link.token === 'token-1' ? link.fail({ kind: 'tokenExpired' }) : link.succeed('alice')),
  });
  await clock.advance(0);
  expect(connection.getSnapshot()).toMatchObject({ status: 'connected', userId: 'alice' });
  expect(transport.links.map(({ token, state }) => [token, state])).toEqual([
    ['token-1', 'closed'],
    ['token-2', 'open'],
  ]);
  expect([transport.live, transport.mostLive]).toEqual([1, 1]);
});

test('`last` before there is a link says what is missing', () => {
  expect(() => fakeTransport().last).toThrow(TestingError);
  expect(() => fakeTransport().last).toThrow(/no link was opened yet.*await clock\.advance\(0\)/);
});

test('a slow close holds the next link back until it is settled', async () => {
  const { clock, connection, transport } = start({ slowClose: true });
  await clock.advance(0);
  transport.last.succeed('alice');
  await clock.advance(0);
  void connection.disconnect({ logout: true });
  await clock.advance(0);
  const [first] = transport.links;
  expect([first?.state, first?.logout, connection.getSnapshot().status]).toEqual(['closing', true, 'closing']);
  expect(() => first?.succeed('alice')).toThrow(/a link that is closing/);
  first?.settleClose();
  await clock.advance(0);
  expect([first?.state, connection.getSnapshot().status]).toEqual(['closed', 'idle']);
});

test('its options may be changed while it lives', async () => {
  const { clock, connection, transport } = start({ onOpen: (link) => link.fail({ kind: 'network' }) });
  await clock.advance(0);
  expect(connection.getSnapshot().status).toBe('waiting');
  transport.options.onOpen = (link) => link.succeed('alice');
  await clock.advance(1_000);
  expect(connection.getSnapshot().status).toBe('connected');
});
