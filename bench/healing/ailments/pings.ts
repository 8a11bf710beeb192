import { must, type Ailment } from '../Ailment.ts';

/** The link is up, and nobody is there any more. */
export const lostPongs: Ailment = {
  title: 'a live connection whose server falls silent',
  sdks: ['v5', 'v4', 'v2'],
  async bare({ server, app, token, until, untilServer, hurry }) {
    await app.bareConnect(await token());
    await until(({ unsettled }) => unsettled.length === 0);
    server.behave({ pong: 'silent', connack: 'hang' });
    await hurry(() => untilServer(({ counts }) => counts.upgrades >= 2, 120));
    const { unsettled } = await app.observe();
    must(unsettled.length === 0, 'no promise tells', unsettled);
    return 'noticed in the end, and told by events alone';
  },
  async healed({ server, app, until, hurry }) {
    await app.useBrain({});
    await app.connect();
    await until(({ snapshot }) => snapshot?.status === 'connected');
    server.behave({ pong: 'silent', connack: 'hang' });
    await hurry(() => until(({ snapshot }) => snapshot?.status === 'recovering', 120));
    server.behave({ pong: 'normal', connack: 'normal' });
    await until(({ snapshot }) => snapshot?.status === 'connected', 120);
    must(server.users().length === 1, 'one link', server.users());
    return '`recovering` for as long as it takes, within `recoveryTimeLimit`, then `connected`';
  },
};
