import { must, type Ailment } from '../Ailment.ts';

/** The page was open overnight. */
export const expiredLegacy: Ailment = {
  title: 'an expired token (4)',
  sdks: ['v4'],
  async bare({ server, app, issuer, until, pass }) {
    await app.bareConnect((await issuer.issue('alice', -1)).token);
    const { said } = await until(({ unsettled }) => unsettled.length === 0);
    must(said.at(-1)?.includes('31004') === true, 'it is called incorrect', said);
    await pass(60);
    must(server.counts.upgrades === 1, 'and nothing more', server.counts);
    return 'rejected with 31004, “incorrect”, and nothing more';
  },
  async healed({ server, app, issuer, wrongAnswers, until }) {
    wrongAnswers.push((await issuer.issue('alice', -1)).token);
    await app.useBrain({});
    await app.connect();
    const { requests } = await until(({ snapshot }) => snapshot?.status === 'connected');
    must(requests.length === 2 && server.counts.refused === 1, 'one new token', [requests, server.counts]);
    return 'one new token, shown at once: connected';
  },
};
