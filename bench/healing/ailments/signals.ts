import { must, type Ailment } from '../Ailment.ts';

/** The Secret was refreshed: the App Server's old token is refused. */
export const twinSignals: Ailment = {
  title: 'one failure is told twice, by an event and by the promise',
  sdks: ['v5'],
  async bare({ app, issuer, token, until }) {
    const old = await token();
    issuer.refreshSecret();
    await app.bareConnect(old);
    const { said } = await until(({ unsettled }) => unsettled.length === 0);
    must(said.join() === 'DISCONNECT 31004,connect → 31004', 'it is told twice', said);
    return '31004 from the event, 31004 from the promise: an app that listens to both renews twice';
  },
  async healed({ app, issuer, token, wrongAnswers, until }) {
    wrongAnswers.push(await token());
    issuer.refreshSecret();
    await app.useBrain({});
    await app.connect();
    const { requests } = await until(({ snapshot }) => snapshot?.status === 'connected');
    must(requests.join() === 'initial,incorrect', 'one renewal', requests);
    return 'one failure, one new token, connected';
  },
};

const endings = [
  { status: 1, code: 31010, becomes: 'kicked', kind: 'kicked' },
  { status: 2, code: 31011, becomes: 'failed', kind: 'blocked' },
  { status: 9, code: 31029, becomes: 'failed', kind: 'blocked' },
] as const;

/** kicked, blocked, account cancelled: minutes after connect() has succeeded. */
export const laterEvents: Ailment = {
  title: 'kicked, blocked, account cancelled: told only by a later event',
  sdks: ['v5'],
  async bare({ server, app, token, until }) {
    const heard: string[] = [];
    for (const { status, code } of endings) {
      await app.bareConnect(await token());
      await until(({ unsettled, status: now }) => unsettled.length === 0 && now === 'CONNECTED');
      server.sendDisconnect(status);
      const { said } = await until(({ status: now }) => now === 'DISCONNECTED');
      heard.push(...said.filter((what) => what === `DISCONNECT ${code}`));
    }
    must(heard.length >= endings.length, 'each by an event', heard);
    return 'the promise said “success”; who listens to it alone shows a dead connection as alive';
  },
  async healed({ server, app, until, pass }) {
    await app.useBrain({});
    for (const { status, becomes, kind, code } of endings) {
      await app.connect();
      await until(({ snapshot }) => snapshot?.status === 'connected');
      server.sendDisconnect(status);
      const { snapshot } = await until((seen) => seen.snapshot?.status === becomes);
      must(snapshot?.failure?.kind === kind && snapshot.failure.code === code, `${code} is ${kind}`, snapshot);
      const { upgrades } = server.counts;
      await pass(30);
      must(server.counts.upgrades === upgrades, 'nobody fights back', server.counts);
    }
    return '`kicked` and `failed` with the code, and no further attempt until the user connects again';
  },
};

/** The token ends while the link is up. */
export const expiry: Ailment = {
  title: 'the token expires on a live connection',
  sdks: ['v5'],
  async bare({ server, app, token, until, pass }) {
    await app.bareConnect(await token());
    await until(({ unsettled }) => unsettled.length === 0);
    server.sendDisconnect(7);
    await until(({ said }) => said.includes('DISCONNECT 31020'));
    const { status } = await pass(60);
    must(status === 'DISCONNECTED', 'it stays away', status);
    return 'DISCONNECT 31020, and nothing more';
  },
  async healed({ server, app, until }) {
    await app.useBrain({});
    await app.connect();
    await until(({ snapshot }) => snapshot?.status === 'connected');
    server.sendDisconnect(7);
    const { requests } = await until((seen) => seen.requests.length === 2 && seen.snapshot?.status === 'connected');
    must(requests[1] === 'expired', 'the App Server is told why', requests);
    return 'a new token is fetched, with the reason `expired`, and the link opened with it';
  },
};

/** A newer server knows a status that this SDK has never heard of. */
export const unknownCode: Ailment = {
  title: 'a refusal with a status that the SDK does not know',
  sdks: ['v5'],
  async bare({ server, app, token, until, pass }) {
    server.behave({ connack: { status: 77 } });
    await app.bareConnect(await token());
    const { said } = await until(({ unsettled }) => unsettled.length === 0);
    must(said.includes('connect → undefined'), 'the code is undefined', said);
    const { status } = await pass(60);
    must(status === 'DISCONNECTED', 'it stays away', status);
    return 'the code is `undefined`, which no `switch` expects';
  },
  async healed({ server, app, until }) {
    server.behave({ connack: { status: 77 } });
    await app.useBrain({});
    await app.connect();
    const { snapshot } = await until((seen) => seen.snapshot?.status === 'waiting');
    must(snapshot?.failure?.kind === 'unknown' && snapshot.attempt >= 1, 'unknown, counted', snapshot);
    server.behave({ connack: 'normal' });
    await until((seen) => seen.snapshot?.status === 'connected');
    return 'kind `unknown`, counted, tried again after a wait';
  },
};
