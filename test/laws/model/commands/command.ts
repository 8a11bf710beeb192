import fc, { type AsyncCommand } from 'fast-check';
import { expect } from 'vitest';
import type { ConnectionModel } from '../ConnectionModel.ts';
import type { RealConnection } from '../realConnection.ts';

export type Command = AsyncCommand<ConnectionModel, RealConnection>;

export interface Parts {
  readonly name: string;
  /** Can it happen now? Only what nobody can bring about is left out: an answer that nobody has asked for. */
  readonly when?: (model: Readonly<ConnectionModel>) => boolean;
  readonly model: (model: ConnectionModel) => void;
  readonly real: (real: RealConnection, model: Readonly<ConnectionModel>) => unknown;
}

/** Does it to both, and compares all that a user can see. */
export function command({ name, when = () => true, model: change, real: act }: Parts): Command {
  return {
    check: (model) => when(model),
    async run(model, real) {
      real.reached(`${name} in ${model.status}`);
      change(model);
      act(real, model);
      await real.settle();
      compare(model, real, name);
    },
    toString: () => name,
  };
}

export function compare(model: ConnectionModel, real: RealConnection, name: string): void {
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

/** It can be done at any time, but most of a story should be about something: where it hardly matters, it is done one time in ten. */
export const mostly = (when: (model: Readonly<ConnectionModel>) => boolean, parts: Parts): fc.Arbitrary<Command> =>
  fc.nat(9).map((dice) => command({ ...parts, when: (model) => dice === 0 || when(model) }));
