import { describe, expect, test } from 'vitest';
import { failureKinds, type ConnectionSnapshot, type Failure, type FailureKind } from 'connection-machine';
import { goodMood } from '../laws/support/wildTransport.ts';
import { wildWorld, type WildWorld } from '../laws/support/wildWorld.ts';

type Status = ConnectionSnapshot['status'];

interface Branch {
  /** Where a failed attempt leads when nobody waits, and when somebody does. */
  readonly silent: Status;
  readonly watched: Status;
  /** Where the loss of a live link leads while the platform says offline. */
  readonly offline: Status;
  /** Is it one failed attempt more? Offline it never is, unless the server has spoken about the token. */
  readonly counts: boolean;
}

const later: Branch = { silent: 'waiting', watched: 'waiting', offline: 'offline', counts: true };
const final = (status: 'kicked' | 'failed'): Branch => ({ silent: status, watched: status, offline: status, counts: false });
/** A refused token is dropped, and a new one asked for. */
const renewed: Branch = { silent: 'fetchingToken', watched: 'fetchingToken', offline: 'offline', counts: true };

/** The failure table of the design, word for word. */
const branches: Record<FailureKind, Branch> = {
  tokenIncorrect: renewed,
  tokenExpired: renewed,
  timeout: { ...later, watched: 'prompting' },
  network: later,
  server: later,
  unknown: later,
  kicked: final('kicked'),
  blocked: final('failed'),
  forbidden: final('failed'),
  configuration: final('failed'),
  wrongUser: final('failed'),
};

/** Vendors' own codes for these kinds; they come back unchanged. */
const codes: Record<FailureKind, number | string> = {
  tokenIncorrect: 31_004,
  tokenExpired: 31_020,
  timeout: 34_006,
  network: 30_010,
  server: 31_003,
  kicked: 31_010,
  blocked: 31_009,
  forbidden: 403,
  configuration: 31_002,
  wrongUser: 'E_USER',
  unknown: 99_999,
};

function expectBranch({ snapshot }: WildWorld, status: Status, failure: Failure, attempt: number): void {
  expect(snapshot).toMatchObject({ status, failure, attempt });
  if (status === 'waiting') expect(snapshot.retryAt).toBeTypeOf('number');
  else expect(snapshot.retryAt).toBeUndefined();
}

describe('The failure table', () => {
  test('has a row for each kind', () => expect(Object.keys(branches).sort()).toEqual([...failureKinds].sort()));

  for (const kind of failureKinds) {
    const branch = branches[kind];
    const failure: Failure = { kind, code: codes[kind], message: 'as told' };

    for (const userWaiting of [false, true]) {
      const who = userWaiting ? 'a person waits' : 'nobody waits';

      test(`${kind} from a link that was being opened, ${who}`, async () => {
        const world = wildWorld({ kept: true, transport: { ...goodMood, greet: 'nothing' }, provider: 'hangs' });
        world.connection.connect({ userWaiting });
        await world.settle();
        world.transport.links[0]!.report.error(failure);
        expectBranch(
          world,
          userWaiting ? branch.watched : branch.silent,
          failure,
          branch.counts && !(userWaiting && kind === 'timeout') ? 1 : 0,
        );
        expect(world.transport.live).toEqual([]);
        // then offline: what waits or asks for a token rests, what is settled stays
        world.signals.network(false);
        const status = userWaiting ? branch.watched : branch.silent;
        expect(world.status).toBe(/waiting|fetchingToken/.test(status) ? 'offline' : status);
      });

      test(`${kind} from the token server, ${who}`, async () => {
        const world = wildWorld({ provider: failure });
        world.connection.connect({ userWaiting });
        await world.settle();
        // no token was sent, so none was refused
        const isRefusal = kind === 'tokenIncorrect' || kind === 'tokenExpired';
        const told: Failure = isRefusal ? { ...failure, kind: 'unknown' } : failure;
        const row = branches[told.kind];
        expectBranch(world, userWaiting ? row.watched : row.silent, told, row.counts && !(userWaiting && kind === 'timeout') ? 1 : 0);
        expect(world.transport.links).toEqual([]);
      });
    }

    test(`${kind} from a live link, online`, async () => {
      const world = wildWorld({ kept: true, provider: 'hangs' });
      world.connection.connect();
      await world.settle();
      expect(world.status).toBe('connected');
      world.transport.links[0]!.report.error(failure);
      // a person who was let in waits no more
      expectBranch(world, branch.silent, failure, branch.counts ? 1 : 0);
    });

    test(`${kind} from a live link, while the platform says offline`, async () => {
      const world = wildWorld({ kept: true, provider: 'hangs' });
      world.connection.connect();
      await world.settle();
      world.signals.network(false);
      await world.settle();
      expect(world.status).toBe('connected');
      world.transport.links[0]!.report.error(failure);
      const offline: Failure = { kind: 'network', code: 'offline' };
      expectBranch(world, branch.offline, branch.offline === 'offline' ? offline : failure, branch === renewed ? 1 : 0);
    });

    test(`${kind} when an SDK that was interrupted gives up`, async () => {
      for (const userWaiting of [false, true]) {
        const world = wildWorld({ kept: true, provider: 'hangs' });
        world.connection.connect();
        await world.settle();
        world.transport.links[0]!.report.interrupted({ kind: 'network', code: 1006 });
        expect(world.snapshot).toMatchObject({ status: 'recovering', failure: { code: 1006 } });
        if (userWaiting) world.connection.connect();
        world.transport.links[0]!.report.error(failure);
        expectBranch(
          world,
          userWaiting ? branch.watched : branch.silent,
          failure,
          branch.counts && !(userWaiting && kind === 'timeout') ? 1 : 0,
        );
      }
    });

    test(`${kind} from a link that was asked for a sign of life`, async () => {
      const world = wildWorld({ kept: true, provider: 'hangs', transport: { ...goodMood, verify: 'hangs' } });
      world.connection.connect();
      await world.settle();
      world.signals.woke(60_000);
      await world.settle();
      world.transport.tamper = () => failure;
      world.transport.release('verify', false);
      await world.settle();
      // no answer is no network, unless the link knows better
      expectBranch(world, branch.silent, kind === 'unknown' ? { ...failure, kind: 'network' } : failure, branch.counts ? 1 : 0);
    });

    test(`${kind} when a token is renewed beside a live link: only forbidden ends it`, async () => {
      const world = wildWorld({ provider: 'near' });
      world.connection.connect();
      await world.settle();
      world.provider.mood = failure;
      await world.clock.advance(15_000);
      expect(world.provider.requests.at(-1)!.reason).toBe('expiring');
      if (kind === 'forbidden') expectBranch(world, 'failed', failure, 0);
      else expect(world.snapshot).toMatchObject({ status: 'connected', attempt: 0 });
    });
  }

  test('a hint is kept, and the wait is never shorter', async () => {
    for (const kind of ['network', 'server', 'timeout', 'unknown'] as const) {
      const world = wildWorld({ transport: { ...goodMood, greet: { kind, retryAfter: 42_000 } } });
      world.connection.connect({ userWaiting: false });
      await world.settle();
      expect(world.snapshot.failure).toEqual({ kind, retryAfter: 42_000 });
      expect(world.snapshot.retryAt! - world.clock.now()).toBeGreaterThanOrEqual(42_000);
    }
  });

  test("the cap on renewals ends in failed, with the server's own words", async () => {
    for (const kind of ['tokenIncorrect', 'tokenExpired'] as const) {
      const world = wildWorld({ transport: { ...goodMood, greet: { kind, code: codes[kind] } } });
      world.connection.connect();
      await world.settle();
      expectBranch(world, 'failed', { kind, code: codes[kind] }, world.policy.maxTokenRenewals);
    }
  });

  test('each limit is a failure that names it', async () => {
    const limits: [string, FailureKind, Status, (world: WildWorld) => void | Promise<void>][] = [
      ['attemptTimeLimit', 'timeout', 'waiting', ({ transport }) => void (transport.mood.greet = 'nothing')],
      ['tokenTimeLimit', 'timeout', 'waiting', ({ provider }) => void (provider.mood = 'hangs')],
      [
        'verifyTimeLimit',
        'network',
        'waiting',
        async (world) => {
          world.transport.mood.verify = 'hangs';
          await world.settle();
          world.signals.woke(60_000);
        },
      ],
      [
        'recoveryTimeLimit',
        'network',
        'waiting',
        async (world) => {
          await world.settle();
          world.transport.links[0]!.report.interrupted();
        },
      ],
    ];
    for (const [code, kind, status, arrange] of limits) {
      const world = wildWorld();
      world.connection.connect({ userWaiting: false });
      await arrange(world);
      await world.clock.advance(world.policy[code as 'verifyTimeLimit']);
      expect(world.snapshot, code).toMatchObject({ status, failure: { kind, code }, attempt: 1 });
      expect(world.snapshot.failure!.message).toContain(`policy.${code}`);
    }
  });
});
