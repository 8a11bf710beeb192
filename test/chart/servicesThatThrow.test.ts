import { createActor, fromCallback } from 'xstate';
import { describe, expect, test, vi } from 'vitest';
import { connectionMachine, SecretToken } from 'connection-machine/machine';

const quiet = fromCallback(() => undefined) as never;
const throws = fromCallback(() => {
  throw new Error('thrown');
}) as never;

function begin(actors: { watchPlatform: never; openLink: never }) {
  const actor = createActor(connectionMachine.provide({ actors }), { input: { token: new SecretToken('kept') } });
  const problems: unknown[] = [];
  actor.subscribe({ error: (problem) => problems.push(problem) });
  return { actor: actor.start(), problems };
}

// XState ends a machine whose child has failed, unless a transition answers.
describe("a service of an XState user's own that throws does not end the chart", () => {
  test('the platform: the chart goes on without it', () => {
    const { actor, problems } = begin({ watchPlatform: throws, openLink: quiet });
    actor.send({ type: 'user.connect', userWaiting: false });
    expect(actor.getSnapshot()).toMatchObject({ status: 'active', value: { session: { link: 'connecting' } } });
    expect(problems).toEqual([]);
    actor.stop();
  });

  test('a link, whose error comes when the user has left already', () => {
    // XState's development build says that the goodbye to a dead service was in vain
    vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const { actor, problems } = begin({ watchPlatform: quiet, openLink: throws });
    // in the mailbox the user's word stands before the error
    actor.on('disconnected', () => actor.send({ type: 'user.disconnect', logout: false }));
    actor.send({ type: 'user.connect', userWaiting: false });
    actor.send({ type: 'user.disconnect', logout: false });
    actor.send({ type: 'user.connect', userWaiting: false });
    expect(actor.getSnapshot()).toMatchObject({ status: 'active', value: { session: 'closing' } });
    expect(problems).toEqual([]);
    actor.stop();
  });
});
