import { app, appServer, brain, imServer } from '../facts.ts';
import type { Chapter } from '../Stage.ts';

export const firstConnect: Chapter = {
  title: 'connect → dbOpened → success',
  async play({ vendor, chat, flick, act, expect }) {
    flick({ do: 'imServer', mode: 'hang' });
    act('alice opens the app: connect()', () => chat.connection.connect());
    await expect('the App Server signed a token for her login', appServer('token.issued', 'initial'));
    await expect('the IM server holds that token and keeps silent', imServer('connect.received'));
    const tooEarly = { unless: imServer('connect.accepted'), anyOrder: true };
    await expect('dbOpened: the local database is open before the network is', brain('databaseOpened'), tooEarly);
    await expect("yesterday's messages are on the screen", app('messages.read'), tooEarly);

    flick({ do: 'imServer', mode: 'normal' });
    await expect('the IM server wakes up and accepts the token', imServer('connect.accepted'));
    await expect('success: alice is connected', brain('connected'));

    act('alice sends a message', () => chat.send('Good morning!'));
    if (vendor.readsMessages) await expect('the IM server has it', imServer('message.received'));
    await expect('the acknowledgement came back over the same link', app('message.acknowledged'));
  },
};
