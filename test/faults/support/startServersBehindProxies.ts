import { createAccounts, randomKey } from '../../../examples/local-im/server/createAccounts.ts';
import { appServerRoutes } from '../../../examples/local-im/server/appServerRoutes.ts';
import { createFaults } from '../../../examples/local-im/server/createFaults.ts';
import { createTokenIssuer } from '../../../examples/local-im/server/createTokenIssuer.ts';
import { localDoor } from '../../../examples/local-im/server/http/checkCaller.ts';
import { startHttp, type HttpServer } from '../../../examples/local-im/server/http/startHttp.ts';
import { startImServer, type ImServer } from '../../../examples/local-im/server/startImServer.ts';
import type { Fact } from '../../../examples/local-im/shared/Fact.ts';
import type { FaultState } from '../../../examples/local-im/shared/faults.ts';
import { startFaultProxy, type FaultProxy } from './startFaultProxy.ts';

/** The local IM's servers, each behind a proxy of its own. They can die and come back; clients see the same two addresses. */
export interface ServersBehindProxies {
  /** Between the client and the IM server. */
  readonly imNetwork: FaultProxy;
  /** Between the client and the App Server. */
  readonly appNetwork: FaultProxy;
  /** The App Server as a client sees it. */
  readonly appUrl: string;
  readonly password: string;
  im(): ImServer;
  /** How often the IM server has been started. */
  lives(): number;
  refreshSecret(): void;
  set(change: Partial<FaultState>): void;
  /** Dies with all its links and what it remembered, is away for a while, and comes back. */
  restartIm(away?: () => Promise<unknown>): Promise<void>;
  restartApp(away?: () => Promise<unknown>): Promise<void>;
  close(): Promise<void>;
}

const slowMs = 250;

export async function startServersBehindProxies(random: () => number, tell: (fact: Fact) => void): Promise<ServersBehindProxies> {
  const issuer = createTokenIssuer();
  // Who is logged in stands in the App Server's database: it outlives a restart.
  const accounts = createAccounts();
  const faults = createFaults();
  let lives = 0;

  const startIm = async (): Promise<ImServer> => {
    const server = await startImServer({ verify: issuer.verify, faults, tell });
    server.openDoor((ownPort) => localDoor(ownPort, ownPort));
    lives += 1;
    return server;
  };
  let im = await startIm();
  const imNetwork = await startFaultProxy(im.port, random);

  const addresses = { imUrl: `ws://127.0.0.1:${imNetwork.port}`, rongCloud: { appKey: randomKey(), naviUrl: 'http://127.0.0.1' } };
  const startApp = (): Promise<HttpServer> =>
    startHttp(0, () => appServerRoutes({ accounts, issue: issuer.issue, faults: () => faults.state, addresses, tell, slowMs }));
  let app = await startApp();
  const appNetwork = await startFaultProxy(app.port, random);

  return {
    imNetwork,
    appNetwork,
    appUrl: `http://127.0.0.1:${appNetwork.port}`,
    password: accounts.passwords.alice,
    im: () => im,
    lives: () => lives,
    refreshSecret: issuer.refreshSecret,
    set: faults.set,
    async restartIm(away) {
      await im.close();
      await away?.();
      im = await startIm();
      imNetwork.aim(im.port);
    },
    async restartApp(away) {
      await app.close();
      await away?.();
      app = await startApp();
      appNetwork.aim(app.port);
    },
    async close() {
      await Promise.all([imNetwork.close(), appNetwork.close()]);
      await Promise.all([im.close(), app.close()]);
    },
  };
}
