import { createActor, fromCallback, fromPromise } from 'xstate';
import { describe, expect, test, vi } from 'vitest';
import { connectionMachine, SecretToken, type ConnectionEvent } from 'connection-machine/machine';

const now = 1_700_000_000_000;

/** The chart as an XState user runs it, with services of their own, and what those were asked. */
function begin({ token = new SecretToken('kept'), policy = {} } = {}) {
  const commands: { type: string }[] = [];
  let listeners = 0;
  const machine = connectionMachine.provide({
    actors: {
      openLink: fromCallback(({ receive }) => receive((command) => void commands.push(command))),
      watchPlatform: fromCallback(() => {
        listeners += 1;
        return () => void (listeners -= 1);
      }),
      fetchToken: fromPromise(() => new Promise<SecretToken>(() => undefined)),
    },
  });
  const actor = createActor(machine, { input: { token, policy, now: () => now, random: () => 0.5 } }).start();
  const hear = (event: ConnectionEvent) => actor.send(event);
  hear({ type: 'user.connect', userWaiting: false });
  return {
    actor,
    commands,
    hear,
    get listeners() {
      return listeners;
    },
    letIn: (can: { canVerify: boolean; canRenew: boolean }) => hear({ type: 'link.succeeded', userId: 'alice', ...can }),
  };
}

describe("What the chart asks of an XState user's own link, word for word", () => {
  test('a sign of life after sleep', () => {
    const { actor, hear, letIn, commands } = begin();
    letIn({ canVerify: true, canRenew: false });
    hear({ type: 'app.woke', sleptMs: 60_000 });
    expect(commands).toEqual([{ type: 'link.verify' }]);
    actor.stop();
  });

  test('to take a new token', () => {
    const { actor, hear, letIn, commands } = begin();
    letIn({ canVerify: false, canRenew: true });
    const token = new SecretToken('pushed');
    hear({ type: 'token.pushed', token });
    expect(commands).toEqual([{ type: 'link.renew', token }]);
    actor.stop();
  });

  test('a goodbye, which says whether the user signs out', () => {
    for (const logout of [true, false]) {
      const { actor, hear, letIn, commands } = begin();
      letIn({ canVerify: false, canRenew: false });
      hear({ type: 'user.disconnect', logout });
      expect(commands).toEqual([{ type: 'link.goodbye', logout }]);
      actor.stop();
    }
  });

  test('a goodbye that is no sign-out when the link has failed', () => {
    const { actor, hear, commands } = begin();
    hear({ type: 'link.failed', failure: { kind: 'network' } });
    expect(commands).toEqual([{ type: 'link.goodbye', logout: false }]);
    actor.stop();
  });
});

describe("An XState user's own link that throws", () => {
  test('is a failed attempt, with what was thrown as its cause', () => {
    // XState's development build says that the goodbye to a dead service was in vain
    const silence = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const thrown = new Error('thrown');
    const openLink = fromCallback(() => {
      throw thrown;
    }) as never;
    const machine = connectionMachine.provide({ actors: { openLink } });
    const actor = createActor(machine, { input: { token: new SecretToken('kept') } }).start();
    actor.send({ type: 'user.connect', userWaiting: false });
    const { value, context } = actor.getSnapshot();
    expect(value.session).toEqual({ waiting: 'backoff' });
    expect(context.failure).toMatchObject({ kind: 'unknown', message: 'thrown', cause: thrown });
    actor.stop();
    silence.mockRestore();
  });
});

describe('The platform is listened to once', () => {
  test('from connect() to idle, and not twice in between', async () => {
    const world = begin();
    expect(world.listeners).toBe(1);
    world.hear({ type: 'link.failed', failure: { kind: 'kicked' } });
    world.hear({ type: 'user.connect', userWaiting: false });
    expect(world.listeners).toBe(1);
    world.hear({ type: 'user.disconnect', logout: false });
    await new Promise((resolve) => setImmediate(resolve));
    expect(world.actor.getSnapshot().value.session).toBe('idle');
    expect(world.listeners).toBe(0);
    world.actor.stop();
  });
});

describe('The memory of the chart is bounded', () => {
  test('it remembers two hundred refused tokens, the latest', () => {
    const { actor, hear } = begin({ policy: { maxTokenRenewals: 1_000, maxTokenRenewalsPerHour: 1_000 } });
    const tokens = Array.from({ length: 250 }, (_, index) => new SecretToken(`token-${index}`));
    hear({ type: 'link.failed', failure: { kind: 'tokenIncorrect' } });
    for (const token of tokens) {
      hear({ type: 'token.pushed', token });
      hear({ type: 'link.failed', failure: { kind: 'tokenIncorrect' } });
    }
    const { refusedTokens } = actor.getSnapshot().context;
    expect(refusedTokens).toEqual(tokens.slice(50));
    expect(refusedTokens.map((token) => token.reveal())).toEqual(tokens.slice(50).map((token) => token.reveal()));
    actor.stop();
  });
});
