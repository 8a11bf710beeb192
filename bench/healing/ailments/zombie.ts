import { must, type Ailment } from '../Ailment.ts';

/** The user signs out while the server is still thinking. */
export const zombieOfConnect: Ailment = {
  title: 'disconnect() during the first connect',
  sdks: ['v5', 'v4', 'v2'],
  async bare({ server, app, token, untilServer, calmly, pass }) {
    server.behave({ connack: 'hang' });
    await calmly(async () => {
      await app.bareConnect(await token());
      await untilServer(({ sockets }) => sockets() === 1);
      await app.bareDisconnect();
      server.behave({ connack: 'normal' });
      await untilServer(({ counts }) => counts.accepted === 1);
    });
    await pass(90);
    must(server.users().includes('alice'), 'the user is signed in', server.users());
    return 'the signed-out user is signed in again, and stays so';
  },
  async healed({ server, app, until, untilServer, pass }) {
    server.behave({ connack: 'hang' });
    await app.useBrain({});
    await app.connect();
    await untilServer(({ sockets }) => sockets() === 1);
    await app.disconnect({ logout: true });
    await until(({ unsettled, snapshot }) => unsettled.length === 0 && snapshot?.status === 'idle');
    const { navi, upgrades } = server.counts;
    server.behave({ connack: 'normal' });
    await pass(90);
    must(server.users().length === 0 && server.sockets() === 0, 'nobody is signed in', server.users());
    must(server.counts.upgrades === upgrades && server.counts.navi === navi, 'nothing more was tried', server.counts);
    return 'signed out: no socket, and not one further request in a minute and a half';
  },
};

/** The network breaks, the SDK is at it again, and the user signs out. */
export const zombieOfReconnect: Ailment = {
  title: "disconnect() during the SDK's own reconnect",
  sdks: ['v5', 'v4', 'v2'],
  async bare({ server, app, token, until, untilServer, calmly, pass }) {
    await app.bareConnect(await token());
    await until(({ unsettled }) => unsettled.length === 0);
    server.behave({ connack: 'hang' });
    await calmly(async () => {
      server.dropLinks();
      await untilServer(({ counts, sockets }) => counts.upgrades === 2 && sockets() === 1);
      await app.bareDisconnect();
      server.behave({ connack: 'normal' });
      await untilServer(({ counts }) => counts.accepted === 2);
    });
    await pass(90);
    must(server.users().includes('alice'), 'the user is signed in', server.users());
    return 'the signed-out user is signed in again, and stays so';
  },
  async healed({ server, app, until, untilServer, pass }) {
    await app.useBrain({});
    await app.connect();
    await until(({ snapshot }) => snapshot?.status === 'connected');
    server.behave({ connack: 'hang' });
    server.dropLinks();
    await untilServer(({ counts, sockets }) => counts.upgrades === 2 && sockets() === 1);
    await until(({ snapshot }) => snapshot?.status === 'recovering');
    await app.disconnect({ logout: true });
    await until(({ unsettled, snapshot }) => unsettled.length === 0 && snapshot?.status === 'idle');
    const { navi, upgrades } = server.counts;
    server.behave({ connack: 'normal' });
    await pass(90);
    must(server.users().length === 0 && server.sockets() === 0, 'nobody is signed in', server.users());
    must(server.counts.upgrades === upgrades && server.counts.navi === navi, 'nothing more was tried', server.counts);
    return 'signed out: no socket, and not one further request in a minute and a half';
  },
};
