import { brain, imServer } from '../facts.ts';
import type { Chapter } from '../Stage.ts';

export const signOut: Chapter = {
  title: 'sign out → nothing is left',
  async play({ chat, act, expect, check, sockets }) {
    act('alice signs out: disconnect({ logout: true })', () => void chat.connection.disconnect({ logout: true }));
    await expect('the brain is idle', brain('disconnected'));
    await expect('the IM server saw the socket close', imServer('link.closed'), { anyOrder: true });
    check('no socket is left, and the database is closed', sockets() === 0 && chat.connection.getSnapshot().database === 'closed');
  },
};
