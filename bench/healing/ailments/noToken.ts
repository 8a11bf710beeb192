import { must, type Ailment } from '../Ailment.ts';

/** The App Server's answer had no token in it. */
export const noToken: Ailment = {
  title: 'connect(undefined)',
  sdks: ['v5'],
  async bare({ app, token, until, pass }) {
    await app.bareConnect(undefined);
    await until(({ unsettled }) => unsettled.length === 0);
    await app.bareConnect(await token());
    await app.bareDisconnect();
    const { said, status } = await pass(60);
    must(status === 'CONNECTING' && said.every((what) => !what.includes('in as')), 'it is stuck', said);
    return 'stuck in CONNECTING for good: a later connect() with a good token fails too';
  },
  async healed({ server, app, wrongAnswers, until }) {
    wrongAnswers.push(undefined, '');
    await app.useBrain({});
    await app.connect();
    const { requests } = await until(({ snapshot }) => snapshot?.status === 'connected');
    must(requests.length === 3 && server.counts.upgrades === 1, 'only the good token was used', [requests, server.counts]);
    return 'no such token reaches the SDK: the App Server is asked again, and the first good token connects';
  },
};
