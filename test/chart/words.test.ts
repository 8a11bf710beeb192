import { createActor } from 'xstate';
import { describe, expect, test } from 'vitest';
import { connectionMachine, SecretToken } from 'connection-machine/machine';
import { createWorld, type World } from '../support/world.ts';

/** What the snapshot says of a failure, word for word: a developer reads it in a log at night. */
const wordsOf = ({ connection }: World) => connection.getSnapshot().failure;

async function silently(world: World): Promise<World> {
  world.connection.connect({ userWaiting: false });
  await world.settle();
  return world;
}

describe("The chart's own failures say what happened, within which limit, and what the limit is called", () => {
  test('no answer to a link that is being opened', async () => {
    const world = await silently(createWorld());
    await world.clock.advance(10_000);
    expect(wordsOf(world)).toStrictEqual({
      kind: 'timeout',
      code: 'attemptTimeLimit',
      message: 'no answer from the server within 10000 ms (policy.attemptTimeLimit)',
    });
  });

  test('no answer from the token server', async () => {
    const world = await silently(createWorld({ fetchToken: () => new Promise(() => undefined) }));
    await world.clock.advance(10_000);
    expect(wordsOf(world)).toStrictEqual({
      kind: 'timeout',
      code: 'tokenTimeLimit',
      message: 'no answer from fetchToken within 10000 ms (policy.tokenTimeLimit)',
    });
  });

  test('no sign of life from a link that slept', async () => {
    const world = createWorld({ transport: { verify: () => new Promise(() => undefined) } });
    await world.connected();
    world.signals.woke(60_000);
    await world.clock.advance(4_000);
    expect(wordsOf(world)).toStrictEqual({
      kind: 'network',
      code: 'verifyTimeLimit',
      message: 'no sign of life from the link within 4000 ms (policy.verifyTimeLimit)',
    });
  });

  test('an SDK that does not reconnect by itself', async () => {
    const world = createWorld();
    await world.connected();
    world.transport.last.report.interrupted();
    await world.clock.advance(60_000);
    expect(wordsOf(world)).toStrictEqual({
      kind: 'network',
      code: 'recoveryTimeLimit',
      message: 'the SDK did not reconnect within 60000 ms (policy.recoveryTimeLimit)',
    });
  });

  test('a person who has waited long enough: with the failure before as the cause, if there was one', async () => {
    const world = createWorld();
    world.connection.connect();
    await world.clock.advance(5_000);
    const timeLimit = { kind: 'timeout', code: 'timeLimit', message: 'not connected within 5000 ms (policy.timeLimit)' };
    expect(wordsOf(world)).toStrictEqual(timeLimit);

    const unlucky = createWorld({ policy: { backoffMin: 60_000, backoffMax: 60_000 } });
    unlucky.connection.connect();
    await unlucky.settle();
    unlucky.transport.last.report.error({ kind: 'network', code: 1006 });
    await unlucky.clock.advance(5_000);
    expect(wordsOf(unlucky)).toStrictEqual({ ...timeLimit, cause: { kind: 'network', code: 1006 } });
  });

  test('a limit of an attempt has no cause: the failure before was another attempt’s', async () => {
    const world = await silently(createWorld());
    world.transport.last.report.error({ kind: 'network', code: 1006 });
    await world.clock.advance(500 + 10_000);
    expect(wordsOf(world)).not.toHaveProperty('cause');
    expect(wordsOf(world)).toMatchObject({ code: 'attemptTimeLimit' });
  });

  test('offline', async () => {
    const world = createWorld();
    world.signals.network(false);
    await silently(world);
    expect(wordsOf(world)).toStrictEqual({ kind: 'network', code: 'offline', message: 'the platform says that there is no network' });
  });

  test('the wrong user', async () => {
    const world = await silently(createWorld({ expectedUserId: 'alice' }));
    world.transport.last.report.success({ userId: 'mallory' });
    expect(wordsOf(world)).toStrictEqual({ kind: 'wrongUser', message: 'the server let in somebody else than expectedUserId' });
  });

  test('the same token again', async () => {
    const world = await silently(createWorld({ fetchToken: () => 'always the same', policy: { maxTokenRenewals: 1 } }));
    world.transport.last.report.error({ kind: 'tokenIncorrect' });
    await world.settle();
    expect(world.status).toBe('failed');
    expect(wordsOf(world)).toStrictEqual({ kind: 'tokenIncorrect', message: 'fetchToken answered with a token that was refused before' });
  });

  test('an SDK that is interrupted without a reason has lost the network', async () => {
    const world = createWorld();
    await world.connected();
    world.transport.last.report.interrupted();
    expect(wordsOf(world)).toStrictEqual({ kind: 'network' });
  });
});

describe('A chart whose services nobody has provided', () => {
  const advice = (name: string) => ({
    kind: 'configuration',
    message: `connectionMachine: provide the actor '${name}', e.g. connectionMachine.provide({ actors: { ${name} } })`,
  });
  const failureOf = async (token?: SecretToken) => {
    const actor = createActor(connectionMachine, { input: token && { token } }).start();
    actor.send({ type: 'user.connect', userWaiting: false });
    await undefined;
    await new Promise((resolve) => setImmediate(resolve));
    const { value, context } = actor.getSnapshot();
    actor.stop();
    return { session: value.session, failure: context.failure };
  };

  test('says which one it misses: where tokens come from', async () => {
    expect(await failureOf()).toStrictEqual({ session: 'failed', failure: advice('fetchToken') });
  });

  test('says which one it misses: how a link is opened', async () => {
    expect(await failureOf(new SecretToken('kept'))).toStrictEqual({ session: 'failed', failure: advice('openLink') });
  });

  test('can do without the others: it closes at once', async () => {
    const actor = createActor(connectionMachine).start();
    actor.send({ type: 'user.connect', userWaiting: false });
    actor.send({ type: 'user.disconnect', logout: false });
    expect(actor.getSnapshot().value.session).toBe('closing');
    await new Promise((resolve) => setImmediate(resolve));
    expect(actor.getSnapshot().value.session).toBe('idle');
    actor.stop();
  });
});
