import { brain, brainIs, imServer } from '../facts.ts';
import type { Chapter } from '../Stage.ts';

/** Longer than the first backoff may be: a client that tries again by itself would have done so. */
const watchFor = 600;

export const blockedUser: Chapter = {
  title: 'a blocked user → failed',
  async play({ chat, flick, act, expect, quiet, check }) {
    flick({ do: 'block', user: 'alice', blocked: true });
    await expect("the IM server ends the blocked user's link", imServer('link.ended', 'blocked'));
    await expect('the brain gives up for good', brain('failed'));
    await quiet('it does not try again', imServer('socket.opened'), watchFor);
    check('it is still failed', chat.connection.getSnapshot().status === 'failed');

    flick({ do: 'block', user: 'alice', blocked: false });
    act('alice was forgiven and tries again: connect()', () => chat.connection.connect());
    await expect('connected', brainIs('connected'));
  },
};
