import { brain, brainIs, imServer } from '../facts.ts';
import type { Chapter } from '../Stage.ts';

/** Longer than the first backoff may be: a client that tries again by itself would have done so. */
const watchFor = 600;

export const kickedOut: Chapter = {
  title: 'a second device of the same user → kicked',
  async play({ chat, addDevice, act, expect, quiet, check }) {
    const phone = await addDevice('phone');
    act("alice opens the app on her phone, too: the phone's connect()", () => phone.connection.connect());
    await expect('the IM server ends the first link', imServer('link.ended', 'kicked'));
    await expect('the phone is connected', (fact) => fact.device === 'phone' && fact.what === 'connected');
    await expect('the first device is told: kicked', brain('kicked'), { anyOrder: true });

    act('alice puts the phone away: disconnect({ logout: true })', () => void phone.connection.disconnect({ logout: true }));
    await expect('the phone has gone', (fact) => fact.device === 'phone' && fact.what === 'disconnected');
    await quiet('the first device does not fight back: no attempt, however long we watch', imServer('socket.opened'), watchFor);
    check('it is still kicked', chat.connection.getSnapshot().status === 'kicked');

    act('alice takes over again on the first device: connect()', () => chat.connection.connect());
    await expect('only now it connects', brainIs('connected'));
  },
};
