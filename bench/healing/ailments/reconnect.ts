import { must, type Ailment } from '../Ailment.ts';

/** The server restarts: ten thousand clients lose it at the same moment. */
export const fixedReconnect: Ailment = {
  title: 'reconnects without a backoff',
  sdks: ['v5', 'v4', 'v2'],
  async bare({ server, app, token, until, pass }) {
    await app.bareConnect(await token());
    await until(({ unsettled }) => unsettled.length === 0);
    server.behave({ connack: 'drop' });
    server.dropLinks();
    server.resetCounts();
    await pass(60);
    const first = server.counts.upgrades;
    await pass(60);
    const second = server.counts.upgrades - first;
    must(first >= 4 && second >= first / 2, 'the pace stays', [first, second]);
    return 'as often in the second minute as in the first, however long the server is down';
  },
  async healed({ server, app, until }) {
    await app.useBrain({ sdkReconnect: 'takeOver', policy: { stableAfter: 1_000 } });
    await app.connect();
    await until(({ snapshot }) => snapshot?.status === 'connected');
    server.behave({ connack: 'drop' });
    server.dropLinks();
    const { snapshot, statuses } = await until((seen) => (seen.snapshot?.attempt ?? 0) >= 3 && seen.snapshot?.status === 'waiting', 90);
    must(!statuses.includes('recovering') && snapshot?.retryAt !== undefined, 'the brain waits, not the SDK', statuses);
    server.behave({ connack: 'normal' });
    await until((seen) => seen.snapshot?.status === 'connected');
    return "`sdkReconnect: 'takeOver'`: the SDK is stopped, the waits are the brain's: jittered, growing, shown as `retryAt`";
  },
};

/** A short loss, left to the SDK. */
export const watchedReconnect: Ailment = {
  title: "the SDK's own reconnect is invisible to who waits for a promise",
  sdks: ['v5', 'v4', 'v2'],
  async bare({ server, app, token, until }) {
    await app.bareConnect(await token());
    await until(({ unsettled }) => unsettled.length === 0);
    server.dropLinks();
    const { unsettled } = await until(({ said }) => said.filter((what) => what === 'CONNECTED').length === 2);
    must(unsettled.length === 0, 'no promise tells', unsettled);
    return 'told by status events alone, whose numbers differ from version to version';
  },
  async healed({ server, app, until }) {
    await app.useBrain({});
    await app.connect();
    await until(({ snapshot }) => snapshot?.status === 'connected');
    server.dropLinks();
    const { statuses, requests } = await until(
      (seen) => seen.snapshot?.status === 'connected' && seen.statuses.filter((status) => status === 'connected').length === 2,
    );
    must(statuses.includes('recovering') && requests.length === 1, 'recovering, then connected', [statuses, requests]);
    must(server.sockets() === 1, 'one socket', server.sockets());
    return '`recovering`, then `connected`: one socket, no token request, no second link';
  },
};

/** It cannot come back for longer than anybody wants to watch. */
export const endlessRecovery: Ailment = {
  title: "the SDK's own reconnect never gives up",
  sdks: ['v5', 'v4', 'v2'],
  async bare({ server, app, token, until, untilServer, hurry }) {
    await app.bareConnect(await token());
    await until(({ unsettled }) => unsettled.length === 0);
    server.behave({ connack: 'drop' });
    server.dropLinks();
    const before = server.counts.upgrades;
    await hurry(() => untilServer(({ counts }) => counts.upgrades >= before + 20, 180));
    return 'still at it after 20 attempts, and the app is never told that it is in vain';
  },
  async healed({ server, app, until, hurry }) {
    await app.useBrain({});
    await app.connect();
    await until(({ snapshot }) => snapshot?.status === 'connected');
    server.behave({ connack: 'drop' });
    server.dropLinks();
    const { statuses } = await hurry(() => until(({ snapshot }) => snapshot?.status === 'waiting', 120));
    must(statuses.includes('recovering'), 'it was watched first', statuses);
    server.behave({ connack: 'normal' });
    await until(({ snapshot }) => snapshot?.status === 'connected', 120);
    must(server.sockets() === 1, 'one socket', server.sockets());
    return 'after `recoveryTimeLimit` the brain ends it and takes over, with its own waits';
  },
};
