import { must, type Ailment } from '../Ailment.ts';

/** alice hands the tablet to bob. */
export const userSwitch: Ailment = {
  title: 'connect() with the token of another user',
  sdks: ['v5', 'v4', 'v2'],
  async bare({ server, app, token, until }) {
    await app.bareConnect(await token('alice'));
    await until(({ unsettled }) => unsettled.length === 0);
    await app.bareConnect(await token('bob'));
    const { said } = await until(({ unsettled }) => unsettled.length === 0);
    must(said.at(-1) === 'connect → in as alice' && !server.users().includes('bob'), 'it is still alice', said);
    return 'reports success, for the old user';
  },
  async healed({ server, app, token, until }) {
    await app.useBrain({});
    await app.connect();
    await until(({ snapshot }) => snapshot?.userId === 'alice' && snapshot.status === 'connected');
    await app.setToken(await token('bob'));
    await until(({ snapshot }) => snapshot?.userId === 'bob' && snapshot.status === 'connected');
    must(server.users().join() === 'bob', 'bob is in, and nobody else', server.users());
    return 'the old user leaves before the new one comes in';
  },
};

/** The App Server mixes up its sessions. */
export const wrongUser: Ailment = {
  title: "the App Server hands out somebody else's token",
  sdks: ['v5', 'v4', 'v2'],
  async bare({ app, token, until }) {
    await app.bareConnect(await token('bob'));
    const { said } = await until(({ unsettled }) => unsettled.length === 0);
    must(said.at(-1) === 'connect → in as bob', 'bob is in', said);
    return 'lets the wrong user in';
  },
  async healed(scene) {
    const { server, app, until, untilServer } = scene;
    scene.user = 'bob';
    await app.useBrain({ expectedUserId: 'alice' });
    await app.connect();
    const { snapshot } = await until(({ events }) => events.includes('failed'));
    must(snapshot?.failure?.kind === 'wrongUser', 'it has failed with wrongUser', snapshot);
    await untilServer(({ sockets }) => sockets() === 0);
    must(server.users().length === 0, 'nobody is in', server.users());
    return 'closes the link and fails with `wrongUser`';
  },
};
