import { must, type Ailment } from '../Ailment.ts';

/** Two servers, each of which believes that the other one is responsible. */
export const redirects: Ailment = {
  title: 'a server that redirects without end',
  sdks: ['v5', 'v4', 'v2'],
  async bare({ server, app, token, untilServer }) {
    server.behave({ connack: 'redirect' });
    await app.bareConnect(await token());
    await untilServer(({ counts }) => counts.navi > 100, 120);
    return 'a loop without a pause: more than 100 address lookups and sockets, and no end';
  },
  async healed({ server, app, until, calmly }) {
    server.behave({ connack: 'redirect' });
    await app.useBrain({ policy: { timeLimit: 60_000 } });
    let upgrades = 0;
    const { snapshot } = await calmly(async () => {
      await app.connect();
      return until((seen) => {
        upgrades = server.counts.upgrades;
        return seen.snapshot?.status === 'waiting';
      });
    });
    // a wait may be too short to be seen, and the next attempt may have begun
    const attempts = (snapshot?.attempt ?? 0) + 1;
    must(snapshot?.failure?.code === 31006 && upgrades <= 21 * attempts, 'stopped after 20', [snapshot, upgrades]);
    server.behave({ connack: 'normal' });
    await until((seen) => seen.snapshot?.status === 'connected');
    return 'ended after 20 sockets: a failed attempt of kind `server`, a wait, and connected when the server has made up its mind';
  },
};
