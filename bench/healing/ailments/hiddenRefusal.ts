import { must, type Ailment } from '../Ailment.ts';

/** The Secret is refreshed while the link is down: the SDK comes back with a token that is dead. */
export const hiddenRefusal: Ailment = {
  title: 'a token that died while the link was down (4 and 2)',
  sdks: ['v4', 'v2'],
  async bare({ server, app, issuer, token, until, untilServer, hurry }) {
    await app.bareConnect(await token());
    await until(({ unsettled }) => unsettled.length === 0);
    issuer.refreshSecret();
    server.dropLinks();
    const before = server.counts.refused;
    await hurry(() => untilServer(({ counts }) => counts.refused >= before + 10, 120));
    const { said } = await app.observe();
    must(!said.some((what) => /token/i.test(what)), 'it is called a network error', said);
    return 'shows the dead token ten times and more, and calls it WEBSOCKET_UNAVAILABLE each time';
  },
  async healed({ server, app, issuer, until }) {
    await app.useBrain({});
    await app.connect();
    await until(({ snapshot }) => snapshot?.status === 'connected');
    issuer.refreshSecret();
    server.dropLinks();
    const { requests } = await until((seen) => seen.requests.length === 2 && seen.snapshot?.status === 'connected');
    must(requests.join() === 'initial,incorrect' && server.counts.refused <= 3, 'after three answers, one new token', [
      requests,
      server.counts,
    ]);
    return 'after three answers that let nobody in, one new token is fetched: connected';
  },
};

/** Version 5 tells it, by an event that comes when nobody waits for a promise any more. */
export const lateRefusal: Ailment = {
  title: 'a token that died while the link was down (5)',
  sdks: ['v5'],
  async bare({ server, app, issuer, token, until, pass }) {
    await app.bareConnect(await token());
    await until(({ unsettled }) => unsettled.length === 0);
    issuer.refreshSecret();
    server.dropLinks();
    await until(({ said }) => said.includes('DISCONNECT 31004'));
    const { status } = await pass(60);
    must(status === 'DISCONNECTED', 'it stays away', status);
    return 'DISCONNECT 31004, and nothing more';
  },
  async healed({ server, app, issuer, until }) {
    await app.useBrain({});
    await app.connect();
    await until(({ snapshot }) => snapshot?.status === 'connected');
    issuer.refreshSecret();
    server.dropLinks();
    const { requests } = await until((seen) => seen.requests.length === 2 && seen.snapshot?.status === 'connected');
    must(requests.join() === 'initial,incorrect' && server.counts.refused === 1, 'shown once', [requests, server.counts]);
    return 'a new token is fetched at once: connected; the dead one was shown once';
  },
};

/** The FAQ's own case, with the FAQ's own callbacks. */
export const tokenIncorrectNeverCalled: Ailment = {
  title: 'onTokenIncorrect is not called for a refused token (2)',
  sdks: ['v2'],
  async bare({ app, issuer, token, until }) {
    const old = await token();
    issuer.refreshSecret();
    await app.bareConnect(old);
    const { said } = await until(({ unsettled }) => unsettled.length === 0);
    must(said.at(-1) === 'connect → onError 30002', 'it is an error like any other', said);
    return 'onError(30002), as for a lost network: the FAQ’s branch is never taken';
  },
  async healed({ server, app, issuer, token, wrongAnswers, until }) {
    wrongAnswers.push(await token());
    issuer.refreshSecret();
    await app.useBrain({ policy: { timeLimit: 60_000 } });
    await app.connect();
    const { requests } = await until((seen) => seen.requests.length === 2 && seen.snapshot?.status === 'connected', 120);
    must(requests.join() === 'initial,incorrect' && server.counts.refused <= 3, 'after three answers, one new token', [
      requests,
      server.counts,
    ]);
    return 'after three answers that let nobody in, one new token is fetched: connected';
  },
};
