import { must, type Ailment } from '../Ailment.ts';

/** Two parts of an app that know nothing of each other, or a framework that starts everything twice. */
export const doubleConnect: Ailment = {
  title: 'connect() twice in the same moment (4 and 2)',
  sdks: ['v4', 'v2'],
  async bare({ server, app, token, until }) {
    const one = await token();
    await Promise.all([app.bareConnect(one), app.bareConnect(one)]);
    const { said } = await until((seen) => seen.said.includes('KICKED_OFFLINE_BY_OTHER_CLIENT') && seen.unsettled.length === 0);
    must(said.filter((what) => what === 'connect → in as alice').length === 2, 'both report success', said);
    must(server.counts.upgrades === 2, 'two sockets', server.counts);
    return 'opens two sockets, and the second one kicks the first: `KICKED_OFFLINE_BY_OTHER_CLIENT`, while both calls report success';
  },
  async healed({ server, app, until, pass }) {
    await app.useBrain({});
    await Promise.all([app.connect(), app.connect()]);
    await until(({ snapshot }) => snapshot?.status === 'connected');
    const { events } = await pass(30);
    must(events.join() === 'connected' && server.counts.upgrades === 1 && server.users().length === 1, 'one socket', [
      events,
      server.counts,
    ]);
    return 'one socket, one `connected`';
  },
};

/** The server is away for a while, and somebody presses “reconnect”. */
export const connectWhileRecovering: Ailment = {
  title: "connect() during the SDK's own reconnect ends it",
  sdks: ['v5'],
  async bare({ server, app, token, until, pass }) {
    await app.bareConnect(await token());
    await until(({ unsettled }) => unsettled.length === 0);
    server.behave({ upgrade: 'refuse' });
    server.dropLinks();
    // between two attempts: during one it would be told that one's outcome
    await until(({ said, status }) => said.includes('SUSPEND 35008') && status === 'SUSPENDED');
    await app.bareConnect(await token());
    await until(({ unsettled }) => unsettled.length === 0);
    server.behave({ upgrade: 'normal' });
    const { status } = await pass(60);
    must(status === 'DISCONNECTED' && server.users().length === 0, 'it stays away', status);
    return 'the reconnect is over: a minute after the server is back, it is still DISCONNECTED';
  },
  async healed({ server, app, until }) {
    await app.useBrain({});
    await app.connect();
    await until(({ snapshot }) => snapshot?.status === 'connected');
    server.behave({ upgrade: 'refuse' });
    server.dropLinks();
    await until(({ snapshot }) => snapshot?.status === 'recovering');
    await app.connect();
    server.behave({ upgrade: 'normal' });
    const { requests } = await until(({ snapshot }) => snapshot?.status === 'connected', 120);
    must(requests.length === 1 && server.sockets() === 1, 'one socket, one token', [requests, server.sockets()]);
    return 'does no harm: connected as soon as the SDK, or the connection, gets through';
  },
};

/** Code that was there before the connection, and has not been removed. */
export const connectedBefore: Ailment = {
  title: 'old code has connected already, as somebody else',
  sdks: ['v5', 'v4', 'v2'],
  async bare({ server, app, token, until }) {
    await app.bareConnect(await token('bob'));
    await until(({ unsettled }) => unsettled.length === 0);
    await app.bareConnect(await token('alice'));
    const { said } = await until(({ unsettled }) => unsettled.length === 0);
    must(said.at(-1) === 'connect → in as bob' && server.users().join() === 'bob', 'it is still bob', said);
    return 'reports success, for the user of the old code';
  },
  async healed({ server, app, token, until, pass }) {
    await app.bareConnect(await token('bob'));
    await until(({ unsettled }) => unsettled.length === 0);
    await app.useBrain({ expectedUserId: 'alice' });
    await app.connect();
    await until(({ snapshot }) => snapshot?.status === 'connected' || snapshot?.status === 'failed');
    const { snapshot } = await pass(30);
    must(snapshot?.status === 'connected' && snapshot.userId === 'alice', 'alice is in', snapshot);
    must(server.users().join() === 'alice' && server.sockets() === 1, 'and nobody else', server.users());
    return 'the session that was there is ended first: connected as the user of the token';
  },
};
