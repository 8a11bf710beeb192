import { createActor, fromCallback, fromPromise, type ActorRefFrom } from 'xstate';
import { describe, expect, test, vi } from 'vitest';
import {
  connectionMachine,
  SecretToken,
  toFailure,
  type ConnectionEmitted,
  type ConnectionInput,
  type FailureKind,
  type PersistedConnection,
  type PlatformEvent,
} from 'connection-machine/machine';
import { controlledClock } from 'connection-machine/testing';

type LinkReport = Parameters<ActorRefFrom<typeof connectionMachine>['send']>[0];

/** The chart in the hands of an XState user, with services that only do what the test says. */
function embed(input: ConnectionInput = {}, restore?: PersistedConnection) {
  const clock = controlledClock();
  const listening = new Set<(event: PlatformEvent) => void>();
  let report: (event: LinkReport) => void = () => undefined;
  let answer: { resolve(token: SecretToken): void; reject(why: unknown): void } | undefined;
  const machine = connectionMachine.provide({
    actors: {
      openLink: fromCallback(({ sendBack }) => {
        report = sendBack as typeof report;
      }) as never,
      fetchToken: fromPromise(() => new Promise<SecretToken>((resolve, reject) => (answer = { resolve, reject }))) as never,
      watchPlatform: fromCallback(({ sendBack }) => {
        listening.add(sendBack as (event: PlatformEvent) => void);
        return () => void listening.delete(sendBack as (event: PlatformEvent) => void);
      }) as never,
    },
  });
  const actor = createActor(machine, { clock, input: { now: clock.now, random: () => 0.5, ...input, ...(restore && { restore }) } });
  const announced: ConnectionEmitted[] = [];
  actor.on('*', (event) => void announced.push(event));
  actor.start();
  return {
    actor,
    clock,
    announced,
    listening,
    report: (event: LinkReport) => report(event),
    answer: (token: SecretToken) => answer!.resolve(token),
    connect: (userWaiting = false) => actor.send({ type: 'user.connect', userWaiting }),
    get session() {
      return actor.getSnapshot().value.session;
    },
    get why() {
      return actor.getSnapshot().context.failure;
    },
  };
}

const token = new SecretToken('kept');
const success = { type: 'link.succeeded', userId: 'alice', canVerify: false, canRenew: false } as const;

describe('a limit that has passed says which, and how long it was', () => {
  const limits: [limit: string, kind: FailureKind, message: string, go: (world: ReturnType<typeof embed>) => Promise<unknown>][] = [
    [
      'timeLimit',
      'timeout',
      'not connected within 5000 ms (policy.timeLimit)',
      async (world) => {
        world.connect(true);
        await world.clock.advance(5_000);
      },
    ],
    [
      'attemptTimeLimit',
      'timeout',
      'no answer from the server within 10000 ms (policy.attemptTimeLimit)',
      async (world) => {
        world.connect();
        await world.clock.advance(10_000);
      },
    ],
    [
      'verifyTimeLimit',
      'network',
      'no sign of life from the link within 4000 ms (policy.verifyTimeLimit)',
      async (world) => {
        world.connect();
        world.report({ ...success, canVerify: true });
        for (const platform of world.listening) platform({ type: 'app.woke', sleptMs: 60_000 });
        await world.clock.advance(4_000);
      },
    ],
    [
      'recoveryTimeLimit',
      'network',
      'the SDK did not reconnect within 60000 ms (policy.recoveryTimeLimit)',
      async (world) => {
        world.connect();
        world.report(success);
        world.report({ type: 'link.interrupted', failure: undefined });
        await world.clock.advance(60_000);
      },
    ],
  ];

  test.each(limits)('%s', async (code, kind, message, go) => {
    const world = embed({ token });
    await go(world);
    expect(world.why).toEqual({ kind, code, message });
  });

  test('tokenTimeLimit', async () => {
    const world = embed();
    world.connect();
    await world.clock.advance(10_000);
    expect(world.why).toEqual({
      kind: 'timeout',
      code: 'tokenTimeLimit',
      message: 'no answer from fetchToken within 10000 ms (policy.tokenTimeLimit)',
    });
  });

  test('the prompt carries what went wrong before as its cause', async () => {
    const world = embed({ token });
    world.connect(true);
    world.report({ type: 'link.failed', failure: { kind: 'server', code: 31003, retryAfter: 60_000 } });
    await world.clock.advance(5_000);
    expect(world.announced.at(-1)).toMatchObject({ type: 'prompt', failure: { kind: 'timeout', cause: { kind: 'server', code: 31003 } } });
  });
});

describe('the database, as the link reports it', () => {
  const opened = (code?: number) => ({ type: 'database.opened', code }) as const;
  const failed = (code?: number) => ({ type: 'database.failed', code }) as const;

  test.each([
    ['at once', [opened(7)], [{ type: 'databaseOpened', code: 7 }]],
    ['without a code', [opened()], [{ type: 'databaseOpened' }]],
    ['after it had failed', [failed(33_002), opened(8)], [{ type: 'databaseOpened', code: 8 }]],
    ['twice, and is announced once', [opened(7), opened(9)], [{ type: 'databaseOpened', code: 7 }]],
    [
      'and fails, and opens again',
      [opened(7), failed(1), opened(9)],
      [
        { type: 'databaseOpened', code: 7 },
        { type: 'databaseOpened', code: 9 },
      ],
    ],
  ])('opens %s', (_, reports, expected) => {
    const world = embed({ token });
    world.connect();
    for (const one of reports) world.report(one);
    expect(world.announced).toEqual(expected);
  });

  test.each([
    ['opened', opened(5), true],
    ['failed', failed(6), false],
    ['failed, opened', opened(5), true],
    ['opened, failed', failed(6), false],
  ])('what the link said last is remembered for whoever comes next: %s', (before, last, ok) => {
    const world = embed({ token });
    world.connect();
    if (before === 'failed, opened') world.report(failed(1));
    if (before === 'opened, failed') world.report(opened(1));
    world.report(last);
    expect(world.actor.getSnapshot().context.databaseReport).toEqual({ ok, code: last.code });
  });

  test('a second report of the same kind is the one that counts', () => {
    const world = embed({ token });
    world.connect();
    world.report(opened(5));
    world.report(opened(6));
    expect(world.actor.getSnapshot().context.databaseReport).toEqual({ ok: true, code: 6 });
  });

  test("another user's own database is announced for them; that of the one before is closed", () => {
    for (const hasOwn of [true, false]) {
      const world = embed({ token });
      world.connect();
      world.report(opened(1));
      world.report(success);
      world.report({ type: 'link.interrupted', failure: undefined });
      world.report({ type: 'link.failed', failure: { kind: 'tokenIncorrect' } });
      world.actor.send({ type: 'token.pushed', token: new SecretToken('of bob') });
      if (hasOwn) world.report(opened(2));
      world.report({ ...success, userId: 'bob' });
      expect(world.actor.getSnapshot().value.database).toBe(hasOwn ? 'opened' : 'closed');
      expect(world.announced.filter(({ type }) => type === 'databaseOpened')).toHaveLength(hasOwn ? 2 : 1);
    }
  });
});

describe("somebody else's clock and dice", () => {
  const insane: [what: string, now: () => number][] = [
    [
      'throws',
      () => {
        throw new Error('no clock');
      },
    ],
    ['is a text', () => '1700000000000' as unknown as number],
    ['is not a number', () => Number.NaN],
    ['is at the end of time', () => Infinity],
    ['is at its beginning', () => -Infinity],
  ];

  test.each(insane)('a clock that %s is replaced by the platform’s', (_, now) => {
    vi.spyOn(Date, 'now').mockReturnValue(1_234_567_890_000);
    const { actor } = embed({ token, now });
    expect(actor.getSnapshot().context.now()).toBe(1_234_567_890_000);
    vi.restoreAllMocks();
  });

  test.each([1, -0.1, 2, Number.NaN, Infinity, '0.3' as unknown as number])('dice that say %s are replaced', (share) => {
    vi.spyOn(Math, 'random').mockReturnValue(0.25);
    const { actor } = embed({ token, random: () => share });
    expect(actor.getSnapshot().context.random()).toBe(0.25);
    vi.restoreAllMocks();
  });

  test.each([0, 0.5, 0.999])('dice that say %s are good', (share) => {
    expect(
      embed({ token, random: () => share })
        .actor.getSnapshot()
        .context.random(),
    ).toBe(share);
  });

  test('without a clock and dice of its own it takes the platform’s', () => {
    vi.spyOn(Date, 'now').mockReturnValue(5);
    vi.spyOn(Math, 'random').mockReturnValue(0.75);
    const { now, random } = createActor(connectionMachine).getSnapshot().context;
    expect([now(), random()]).toEqual([5, 0.75]);
    vi.restoreAllMocks();
  });

  test.each([0, -1_000])('a clock at %s is a clock', (moment) => {
    expect(
      embed({ token, now: () => moment })
        .actor.getSnapshot()
        .context.now(),
    ).toBe(moment);
  });
});

describe('a restored chart', () => {
  const restore = (status: PersistedConnection['status'], clock: { now(): number }): PersistedConnection => ({
    version: 1,
    savedAt: clock.now(),
    status,
    attempt: 3,
    renewals: 1,
    renewedAt: [],
    ...(status === 'waiting' && { retryAt: clock.now() + 20_000 }),
  });

  test.each(['waiting', 'kicked', 'failed'] as const)(
    'that is %s listens to the platform once, and to nobody after it was left',
    async (status) => {
      const { clock } = embed();
      const world = embed({}, restore(status, clock));
      expect(world.listening.size).toBe(1);
      expect(world.actor.getSnapshot().children.platform).toBeDefined();
      expect(world.actor.getSnapshot().context.restore).toBeUndefined();
      world.actor.send({ type: 'user.disconnect', logout: false });
      await world.clock.advance(0);
      expect([world.session, world.listening.size]).toEqual(['idle', 0]);
    },
  );

  test('that is idle listens to nobody, and counts on from where it was', () => {
    const { clock } = embed();
    const world = embed({ token }, restore('idle', clock));
    expect(world.listening.size).toBe(0);
    world.connect();
    expect(world.actor.getSnapshot().context).toMatchObject({ attempt: 3, renewals: 1, restore: undefined });
    world.actor.send({ type: 'user.disconnect', logout: false });
    world.connect();
    expect(world.actor.getSnapshot().context).toMatchObject({ attempt: 0, renewals: 0 });
  });
});

describe('failures that nobody can read', () => {
  test.each([
    [
      'an object whose fields throw',
      {
        get kind() {
          throw new Error('no');
        },
      },
      { kind: 'unknown', message: 'a failure that cannot be read' },
    ],
    ['nothing', undefined, { kind: 'unknown' }],
    ['a text', 'lost', { kind: 'unknown' }],
  ])('%s', (_, thrown, expected) => expect(toFailure(thrown)).toMatchObject(expected));

  test.each([
    [0, 0],
    [1, 1],
    [-1, undefined],
    [Number.NaN, undefined],
  ])('a hint of %s ms is %s', (retryAfter, kept) => expect(toFailure({ kind: 'server', retryAfter }).retryAfter).toBe(kept));
});

test('the chart of an XState user who provides nothing but a link closes at once, and waits for nobody', async () => {
  const clock = controlledClock();
  const actor = createActor(connectionMachine.provide({ actors: { openLink: fromCallback(() => undefined) as never } }), {
    clock,
    input: { token },
  });
  actor.start();
  actor.send({ type: 'user.connect', userWaiting: false });
  actor.send({ type: 'user.disconnect', logout: false });
  await clock.advance(0);
  expect(actor.getSnapshot().value.session).toBe('idle');
  actor.stop();
});
