import { must, type Ailment } from '../Ailment.ts';

/** navi is shown the token too, and does not know it. */
export const refusedLookup: Ailment = {
  title: 'the address lookup refuses the token (HTTP 401)',
  sdks: ['v4', 'v2'],
  async bare({ server, app, token, until }) {
    server.behave({ navi: { status: 401 } });
    await app.bareConnect(await token());
    const { said } = await until(({ unsettled }) => unsettled.length === 0);
    must(said.at(-1)?.includes('30007') === true, 'it is called a failed lookup', said);
    return 'error 30007, as for a lookup that could not be reached';
  },
  async healed({ server, app, until }) {
    server.behave({ navi: { status: 401 } });
    await app.useBrain({});
    await app.connect();
    await until(({ requests }) => requests.includes('incorrect'));
    server.behave({ navi: 'normal' });
    const { snapshot } = await until((seen) => seen.snapshot?.status === 'connected' || seen.snapshot?.status === 'failed');
    must(snapshot !== undefined && server.counts.navi <= 4, 'a new token for each refused one, and no more', server.counts);
    return 'taken for what it is: a new token is fetched at once';
  },
};

/** The address server is up, and says nothing. */
export const silentLookup: Ailment = {
  title: 'an address lookup that is not answered, and a user who has had enough',
  sdks: ['v5', 'v4', 'v2'],
  async bare({ server, app, token, untilServer, until }) {
    server.behave({ navi: 'hang' });
    await app.bareConnect(await token());
    await untilServer(({ counts }) => counts.navi === 1);
    await app.bareDisconnect();
    server.behave({ navi: 'normal' });
    await untilServer(({ users }) => users().includes('alice'), 120);
    const { said } = await until(({ unsettled }) => unsettled.length === 0);
    must(said.length > 0, 'everything has settled', said);
    return 'when the lookup is answered, the signed-out user is signed in';
  },
  async healed({ server, app, untilServer, pass }) {
    server.behave({ navi: 'hang' });
    await app.useBrain({});
    await app.connect();
    await untilServer(({ counts }) => counts.navi === 1);
    await app.disconnect({ logout: true });
    const { unsettled, snapshot } = await pass(6);
    must(unsettled.length === 0 && snapshot?.status === 'idle', 'signed out before the lookup would have given up by itself', unsettled);
    server.behave({ navi: 'normal' });
    await pass(60);
    must(server.counts.upgrades === 0 && server.counts.navi === 1, 'nothing more was tried', server.counts);
    return 'signed out at once; when the lookup is answered, nothing comes of it';
  },
};
