import fc, { type AsyncCommand } from 'fast-check';
import { expect } from 'vitest';
import { failure, failureKinds, type FailureKind } from 'connection-machine';
import type { ConnectionModel } from './ConnectionModel.ts';
import { expectedUser, type RealConnection } from './realConnection.ts';

/** The laws that the comparison would see broken. */
export const modelledLaws: readonly number[] = [1, 4, 5, 6, 8, 9, 10, 11, 12, 13, 17, 19];

type Command = AsyncCommand<ConnectionModel, RealConnection>;

interface Parts {
  readonly name: string;
  /** Can it happen now? Only what nobody can bring about is left out: an answer that nobody has asked for. */
  readonly when?: (model: Readonly<ConnectionModel>) => boolean;
  readonly model: (model: ConnectionModel) => void;
  readonly real: (real: RealConnection) => unknown;
}

/** Does it to both, and compares all that a user can see. */
function command({ name, when = () => true, model: change, real: act }: Parts): Command {
  return {
    check: (model) => when(model),
    async run(model, real) {
      change(model);
      act(real);
      await real.settle();
      compare(model, real, name);
    },
    toString: () => name,
  };
}

function compare(model: ConnectionModel, real: RealConnection, name: string): void {
  const { status, attempt, database, userId, failure: why, retryAt } = real.snapshot;
  real.reached(status);
  real.reached(name);
  if (status === 'failed' && why?.kind.startsWith('token')) real.reached('too many renewals');
  if (model.mayHaveWaited && model.status !== 'waiting' && status === 'waiting') {
    // reopened once too often in a row
    if (model.status === 'connecting') model.sent.pop();
    model.wait(model.attempt++);
  }
  model.mayHaveWaited = false;
  expect({ status, attempt, database, userId }, name).toEqual({
    status: model.status,
    attempt: model.attempt,
    database: model.database,
    userId: model.userId,
  });
  expect(real.sent, `${name}: the tokens that links were opened with`).toEqual(model.sent);
  expect(real.requests, `${name}: token requests`).toBe(model.requests);
  expect(real.live, `${name}: live links`).toBe(model.hasLink ? 1 : 0);
  if (model.kind !== undefined && model.status !== 'idle') expect(why?.kind, `${name}: why`).toBe(model.kind);
  if (model.retry) {
    const { earliest, latest } = model.retry;
    const at = retryAt! - real.began;
    expect(at, `${name}: retryAt`).toBeGreaterThanOrEqual(earliest);
    expect(at, `${name}: retryAt`).toBeLessThanOrEqual(latest);
    model.retry.at = at;
  } else expect(retryAt).toBeUndefined();
}

/** Time passes, from one moment at which something happens by itself to the next. */
const pass = (ms: number): Command => ({
  check: () => true,
  async run(model, real) {
    const end = model.now + ms;
    for (let { next } = model; next !== undefined && next <= end; { next } = model) {
      await real.advance(next - model.now);
      model.now = next;
      model.pass();
      compare(model, real, 'a moment comes');
    }
    await real.advance(end - model.now);
    model.now = end;
    compare(model, real, 'time passes');
  },
  toString: () => `${ms} ms pass`,
});

const isAsking = ({ status }: Readonly<ConnectionModel>) => status === 'fetchingToken';
const hasLink = ({ hasLink: isThere }: Readonly<ConnectionModel>) => isThere;

const link = (name: string, model: (model: ConnectionModel) => void, real: (real: RealConnection) => unknown) =>
  command({ name: `link: ${name}`, when: hasLink, model, real });

/** Tokens by number: a small number comes again and again, refused or not. */
const token = fc.nat(5).map((number) => `token-${number}`);
const kind = fc.constantFrom<FailureKind>(...failureKinds);

const tokenServerAnswers = token.map((name) =>
  command({
    name: 'token server: answers',
    when: isAsking,
    model: (model) => model.tokenAnswered(name),
    real: ({ answer }) => answer(name),
  }),
);
const success = fc.constantFrom(expectedUser, expectedUser, expectedUser, 'mallory').map((userId) =>
  link(
    `success for ${userId}`,
    (model) => model.succeeded(userId, expectedUser),
    ({ report }) => report().success({ userId }),
  ),
);
const refusal = fc.constant(
  link(
    'tokenIncorrect',
    (model) => model.linkFailed('tokenIncorrect'),
    ({ report }) => report().error(failure({ kind: 'tokenIncorrect' })),
  ),
);
const interruption = fc.constant(
  link(
    'interrupted',
    (model) => model.interrupted(),
    ({ report }) => report().interrupted(),
  ),
);

export const commands: fc.Arbitrary<Command>[] = [
  // what leads on comes more often, or no story would get far
  ...[tokenServerAnswers, tokenServerAnswers, tokenServerAnswers, success, success, success, success, interruption, interruption],
  ...[refusal, refusal, refusal],
  fc.boolean().map((userWaiting) =>
    command({
      name: userWaiting ? 'connect' : 'connect silently',
      model: (model) => model.connect(userWaiting),
      real: ({ connection }) => connection.connect({ userWaiting }),
    }),
  ),
  fc.boolean().map((logout) =>
    command({
      name: logout ? 'log out' : 'disconnect',
      model: (model) => model.disconnect(logout),
      real: ({ connection }) => connection.disconnect({ logout }),
    }),
  ),
  fc.constant(command({ name: 'retry', model: (model) => model.retryNow(), real: ({ connection }) => connection.retry() })),
  fc.constant(command({ name: 'cancel', model: (model) => model.cancel(), real: ({ connection }) => connection.cancel() })),
  token.map((name) =>
    command({ name: 'set token', model: (model) => model.setToken(name), real: ({ connection }) => connection.setToken(name) }),
  ),
  kind.map((why) =>
    command({
      name: `token server: ${why}`,
      when: isAsking,
      model: (model) => model.tokenFailed(why),
      real: ({ refuse }) => refuse(failure({ kind: why })),
    }),
  ),
  kind.map((why) =>
    link(
      why,
      (model) => model.linkFailed(why),
      ({ report }) => report().error(failure({ kind: why })),
    ),
  ),
  fc.integer({ min: 0, max: 60_000 }).map((retryAfter) =>
    link(
      'server, with a hint',
      (model) => model.linkFailed('server', retryAfter),
      ({ report }) => report().error(failure({ kind: 'server', retryAfter })),
    ),
  ),
  fc.boolean().map((ok) =>
    link(
      ok ? 'database opened' : 'database failed',
      (model) => model.databaseReported(ok),
      ({ report }) => report().dbOpened({ ok }),
    ),
  ),
  fc.boolean().map((online) =>
    command({
      name: online ? 'online' : 'offline',
      model: (model) => model.network(online),
      real: ({ signals }) => signals.network(online),
    }),
  ),
  fc.constant(command({ name: 'woke', model: (model) => model.woke(), real: ({ signals }) => signals.woke(60_000) })),
  fc.constant(command({ name: 'foreground', model: (model) => model.foregrounded(), real: ({ signals }) => signals.app(true) })),
  fc.constantFrom(1, 300, 5_003, 12_000, 40_000).map(pass),
];
