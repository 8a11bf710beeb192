import { must, type Ailment } from '../Ailment.ts';

/** The server cannot be reached for half a minute; then it is back. */
export const oneShot: Ailment = {
  title: 'the first connect is tried once, whatever failed',
  sdks: ['v5', 'v4', 'v2'],
  async bare({ server, app, token, until, pass }) {
    server.behave({ upgrade: 'refuse' });
    await app.bareConnect(await token());
    await until(({ unsettled }) => unsettled.length === 0);
    server.behave({ upgrade: 'normal' });
    const attempts = server.counts.upgrades;
    const { status } = await pass(60);
    must(status !== 'CONNECTED' && server.counts.upgrades === attempts, 'it stays disconnected', status);
    return 'gives up; a minute after the server is back it has not tried again';
  },
  async healed({ server, app, until, pass }) {
    server.behave({ upgrade: 'refuse' });
    await app.useBrain({ policy: { timeLimit: 20_000 } });
    await app.connect();
    const { statuses } = await until(({ events }) => events.includes('prompt'));
    must(statuses.includes('waiting'), 'it has tried again before it asked', statuses);
    await app.connect();
    await pass(1);
    server.behave({ upgrade: 'normal' });
    const { requests } = await until(({ snapshot }) => snapshot?.status === 'connected');
    must(requests.length === 1, 'the token was good all the while', requests);
    return 'tries again by itself, asks the person who waits when `timeLimit` has passed, and is connected when the server is back';
  },
};
