import { brain, brainIs, imServer } from '../facts.ts';
import type { Chapter } from '../Stage.ts';

/** An error that is neither the token nor the time: the last branch of the FAQ, "deal with it according to the code". */
export const genericError: Chapter = {
  title: 'a generic error with its code',
  async play({ vendor, chat, flick, act, expect }) {
    const { code, kind } = vendor.genericError;
    act('alice leaves: disconnect()', () => void chat.connection.disconnect());
    await expect('the link is closed', brain('disconnected'));

    flick({ do: 'imServer', mode: 'error', errorCode: code });
    act('alice comes back: connect()', () => chat.connection.connect());
    await expect('the IM server answers with the code', (fact) => imServer('connect.refused', kind)(fact) && fact.failure?.code === code);
    await expect('the brain keeps the code, counts, and plans the next try', brainIs('waiting', { kind, code }));

    flick({ do: 'imServer', mode: 'normal' });
    await expect('the next try succeeds by itself', brain('connected'));
  },
};
