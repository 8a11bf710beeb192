import { brain, imServer } from '../facts.ts';
import type { Chapter } from '../Stage.ts';

export const timeoutPrompt: Chapter = {
  title: 'timeout → prompt → the user retries → success',
  async play({ chat, flick, act, expect }) {
    act('alice leaves: disconnect()', () => void chat.connection.disconnect());
    await expect('the link is closed', brain('disconnected'));

    flick({ do: 'imServer', mode: 'hang' });
    act('alice comes back and watches the spinner: connect()', () => chat.connection.connect());
    await expect('the IM server keeps silent', imServer('connect.received'), { unless: imServer('connect.accepted') });
    await expect('timeLimit passed: the app asks the user', (fact) => brain('prompted')(fact) && fact.failure?.kind === 'timeout', {
      unless: brain('connected'),
    });

    await expect('the brain has let go of the silent link', imServer('link.closed'));

    flick({ do: 'imServer', mode: 'normal' });
    act('alice taps “Try again”: retry()', () => chat.connection.retry());
    await expect('success', brain('connected'));
  },
};
