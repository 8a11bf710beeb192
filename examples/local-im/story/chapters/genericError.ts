import { brain, brainIs, imServer } from '../facts.ts';
import type { Chapter } from '../Stage.ts';

/** A code that stands in no table: the last branch of the FAQ, "deal with it according to the code". */
const code = 30042;

export const genericError: Chapter = {
  title: `a generic error with its code (${code})`,
  async play({ chat, flick, act, expect }) {
    act('alice leaves: disconnect()', () => void chat.connection.disconnect());
    await expect('the link is closed', brain('disconnected'));

    flick({ do: 'imServer', mode: 'error', errorCode: code });
    act('alice comes back: connect()', () => chat.connection.connect());
    await expect(
      'the IM server answers with the code',
      (fact) => imServer('connect.refused', 'unknown')(fact) && fact.failure?.code === code,
    );
    await expect('the brain keeps the code, counts, and plans the next try', brainIs('waiting', { kind: 'unknown', code }));

    flick({ do: 'imServer', mode: 'normal' });
    await expect('the next try succeeds by itself', brain('connected'));
  },
};
