import { must, type Ailment } from '../Ailment.ts';

/** The socket opens, and that is all. */
export const silentServer: Ailment = {
  title: 'a server that opens the socket and never answers',
  sdks: ['v5'],
  async bare({ server, app, token, untilServer, pass }) {
    server.behave({ connack: 'hang' });
    await app.bareConnect(await token());
    await untilServer(({ sockets }) => sockets() === 1);
    await app.bareDisconnect();
    await app.bareConnect(await token());
    const { unsettled } = await pass(120);
    must(unsettled.length === 3, 'connect(), disconnect() and another connect() hang', unsettled);
    return 'connect(), disconnect() and a second connect() have not settled after two minutes';
  },
  healed: healSilence,
};

/** Versions 2 and 4 give up after a while, and tell nobody who waits any different from a lost network. */
export const silentServerLegacy: Ailment = {
  title: 'a server that opens the socket and never answers (2 and 4)',
  sdks: ['v4', 'v2'],
  async bare({ server, app, token, until, pass }) {
    server.behave({ connack: 'hang' });
    await app.bareConnect(await token());
    const { said } = await until(({ unsettled }) => unsettled.length === 0);
    server.behave({ connack: 'normal' });
    const { status } = await pass(60);
    must(said.some((what) => what.includes('30002')) && status !== 'CONNECTED', 'it says 30002 and stops', said);
    return 'error 30002, as for a lost network, and no further attempt';
  },
  healed: healSilence,
};

async function healSilence({ server, app, until, untilServer }: Parameters<Ailment['healed']>[0]): Promise<string> {
  server.behave({ connack: 'hang' });
  await app.useBrain({ policy: { timeLimit: 20_000 } });
  await app.connect();
  const { snapshot } = await until(({ events }) => events.includes('prompt'), 30);
  must(snapshot?.status === 'prompting', 'the person is asked', snapshot);
  await untilServer(({ sockets }) => sockets() === 0);
  server.behave({ connack: 'normal' });
  await app.retry();
  await until((seen) => seen.snapshot?.status === 'connected');
  must(server.sockets() === 1, 'one socket', server.sockets());
  return 'the person is asked when `timeLimit` has passed, the silent socket is closed, and “try again” connects over one new socket';
}
