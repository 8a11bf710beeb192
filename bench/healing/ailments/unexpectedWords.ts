import { must, type Ailment } from '../Ailment.ts';

/** A newer server ends a live connection for a reason that is younger than this SDK. */
export const unknownEnd: Ailment = {
  title: 'a live connection is ended with a status that the SDK does not know',
  sdks: ['v5', 'v4', 'v2'],
  async bare({ sdk, server, app, token, until, pass }) {
    await app.bareConnect(await token());
    await until(({ unsettled }) => unsettled.length === 0);
    server.sendDisconnect(77);
    const told = sdk === 'v5' ? 'DISCONNECT undefined' : 'DISCONNECT_BY_SERVER';
    await until(({ said }) => said.at(-1) === told);
    await pass(60);
    must(server.users().length === 0 && server.counts.upgrades === 1, 'it stays away', server.counts);
    return `\`${told}\`, and nothing more`;
  },
  async healed({ server, app, until }) {
    await app.useBrain({});
    await app.connect();
    await until(({ snapshot }) => snapshot?.status === 'connected');
    server.sendDisconnect(77);
    const { statuses, requests } = await until(({ events }) => events.filter((name) => name === 'connected').length === 2);
    must(statuses.includes('waiting') && requests.length === 1, 'after a wait, with the same token', [statuses, requests]);
    return 'tried again after a wait, with the same token: connected';
  },
};

/** Not the server, but something between that answers in its place. */
export const noFrame: Ailment = {
  title: 'a first answer that is not of the protocol',
  sdks: ['v5'],
  async bare({ server, app, token, untilServer, pass }) {
    server.behave({ connack: 'garbage' });
    await app.bareConnect(await token());
    await untilServer(({ sockets }) => sockets() === 1);
    const { unsettled, said } = await pass(120);
    must(unsettled.length === 1 && said.length === 0, 'it waits on', [unsettled, said]);
    return 'connect() has not settled after two minutes';
  },
  async healed({ server, app, until, untilServer }) {
    server.behave({ connack: 'garbage' });
    await app.useBrain({ policy: { timeLimit: 5_000 } });
    await app.connect();
    await until(({ events }) => events.includes('prompt'), 30);
    await untilServer(({ sockets }) => sockets() === 0);
    server.behave({ connack: 'normal' });
    await app.retry();
    await until(({ snapshot }) => snapshot?.status === 'connected');
    must(server.sockets() === 1, 'one socket', server.sockets());
    return 'the person is asked, the socket is closed, and “try again” connects over one new socket';
  },
};
