import { startRongCloudServer, type RongCloudServer } from '../../local-rongcloud/server/startRongCloudServer.ts';
import type { Fact } from '../shared/Fact.ts';
import type { FaultCommand, FaultState } from '../shared/faults.ts';
import { adminRoutes } from './adminRoutes.ts';
import { appServerRoutes } from './appServerRoutes.ts';
import { createAccounts, randomKey, type Accounts } from './createAccounts.ts';
import { createFaults, describeFault, positionsAfter } from './createFaults.ts';
import { createTokenIssuer } from './createTokenIssuer.ts';
import { localDoor } from './http/checkCaller.ts';
import { startHttp } from './http/startHttp.ts';
import type { Routes } from './http/Route.ts';
import { behaviourFor, redirect } from './rongCloudFaults.ts';
import { startImServer, type ImServer } from './startImServer.ts';

/** All servers, running. */
export interface Servers {
  readonly appUrl: string;
  readonly im: ImServer;
  /** What RongCloud's SDK connects to instead. It takes the same tokens, and the same switches. */
  readonly rongCloud: RongCloudServer;
  /** For the admin panel: whoever holds it may flick the switches. */
  readonly adminKey: string;
  readonly passwords: Accounts['passwords'];
  readonly faults: { readonly state: FaultState; apply(command: FaultCommand): void };
  /** Hears what the servers see on their sockets, as it happens. */
  onFact(listener: (fact: Fact) => void): () => void;
  close(): Promise<void>;
}

export interface ServerOptions {
  /** The App Server's port, which the page lives on. @default 0: a free one */
  readonly port?: number;
  /** The page's files, made for the addresses that the page may talk to besides its own. */
  readonly pageRoutes?: (addresses: readonly string[]) => Routes;
  /** How late the App Server's fault `slow` answers. @default 2_500 */
  readonly slowMs?: number;
  /** For tests that search every answer for the Secret. */
  readonly newSecret?: () => Uint8Array;
}

const restartMs = 2_000;

/**
 * Starts the App Server (with admin panel and page), the IM server and the one for RongCloud's SDK, each on a port of its own, all of
 * them reachable from this machine only.
 */
export async function startServers({ port = 0, pageRoutes, slowMs = 2_500, newSecret }: ServerOptions = {}): Promise<Servers> {
  const listeners = new Set<(fact: Fact) => void>();
  const tell = (fact: Fact) => {
    for (const listener of [...listeners]) listener(fact);
  };
  const issuer = createTokenIssuer(newSecret);
  const accounts = createAccounts();
  const faults = createFaults();
  const adminKey = randomKey();

  const im = await startImServer({ verify: issuer.verify, faults, tell });
  const rongCloud = await startRongCloudServer({ verify: issuer.verify, tell });
  faults.onChange((state) => rongCloud.behave(behaviourFor(state)));
  const apply = (command: FaultCommand) => {
    const what = command.do === 'refreshSecret' ? 'secret.refreshed' : 'fault.switched';
    const actor = command.do === 'refreshSecret' || command.do === 'appServer' || command.do === 'tokenLife' ? 'app server' : 'im server';
    if (command.do === 'refreshSecret') issuer.refreshSecret();
    tell({ actor, what, text: describeFault(command), ...(command.do === 'block' && { user: command.user }) });
    faults.set(positionsAfter(faults.state, command));
    if (command.do === 'dropLinks') {
      im.dropLinks();
      rongCloud.dropLinks();
    }
    if (command.do === 'restartImServer') {
      im.announceRestart(restartMs);
      rongCloud.sendDisconnect(redirect);
    }
  };
  const closeImServers = () => Promise.all([im.close(), rongCloud.close()]);
  const { appKey, naviUrl, socketAddress } = rongCloud;
  const addresses = { imUrl: im.url, rongCloud: { appKey, naviUrl } };

  const app = await startHttp(port, () => ({
    ...pageRoutes?.([im.url, naviUrl, `ws://${socketAddress}`]),
    ...appServerRoutes({ accounts, issue: issuer.issue, faults: () => faults.state, addresses, tell, slowMs }),
    ...adminRoutes({ key: adminKey, faults: () => faults.state, apply, passwords: accounts.passwords }),
  })).catch(async (error: unknown) => {
    await closeImServers();
    throw error;
  });
  for (const server of [im, rongCloud]) server.openDoor((ownPort) => localDoor(ownPort, app.port));

  return {
    appUrl: app.url,
    im,
    rongCloud,
    adminKey,
    passwords: accounts.passwords,
    faults: {
      get state() {
        return faults.state;
      },
      apply,
    },
    onFact(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      await Promise.all([app.close(), closeImServers()]);
    },
  };
}
