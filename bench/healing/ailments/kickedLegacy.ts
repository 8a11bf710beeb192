import { must, type Ailment } from '../Ailment.ts';

/** Another device of the same user. */
export const kickedLegacy: Ailment = {
  title: 'kicked, blocked: told only by a later status (4 and 2)',
  sdks: ['v4', 'v2'],
  async bare({ server, app, token, until }) {
    await app.bareConnect(await token());
    await until(({ unsettled }) => unsettled.length === 0);
    server.sendDisconnect(1);
    const { said } = await until((seen) => seen.said.includes('KICKED_OFFLINE_BY_OTHER_CLIENT'));
    must(said.at(-2) === 'DISCONNECTED', 'DISCONNECTED comes first', said);
    return 'DISCONNECTED first, then the reason: who reconnects on the first fights the other device';
  },
  async healed({ server, app, until, pass }) {
    await app.useBrain({});
    for (const { status, becomes } of [
      { status: 1, becomes: 'kicked' },
      { status: 2, becomes: 'failed' },
    ] as const) {
      await app.connect();
      await until(({ snapshot }) => snapshot?.status === 'connected');
      server.sendDisconnect(status);
      await until(({ snapshot }) => snapshot?.status === becomes);
      const { upgrades } = server.counts;
      await pass(30);
      must(server.counts.upgrades === upgrades, 'nobody fights back', server.counts);
    }
    return '`kicked` and `failed`, and no further attempt until the user connects again';
  },
};
