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
import { startImServer, type ImServer } from './startImServer.ts';

/** Both servers, running. */
export interface Servers {
  readonly appUrl: string;
  readonly im: ImServer;
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
  /** The page's files, made for the address of the IM server that the page may talk to. */
  readonly pageRoutes?: (imUrl: string) => Routes;
  /** How late the App Server's fault `slow` answers. @default 2_500 */
  readonly slowMs?: number;
  /** For tests that search every answer for the Secret. */
  readonly newSecret?: () => Uint8Array;
}

const restartMs = 2_000;

/** Starts the App Server (with admin panel and page) and the IM server, each on a port of its own, both reachable from this machine only. */
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
  const apply = (command: FaultCommand) => {
    const what = command.do === 'refreshSecret' ? 'secret.refreshed' : 'fault.switched';
    const actor = command.do === 'refreshSecret' || command.do === 'appServer' || command.do === 'tokenLife' ? 'app server' : 'im server';
    if (command.do === 'refreshSecret') issuer.refreshSecret();
    tell({ actor, what, text: describeFault(command), ...(command.do === 'block' && { user: command.user }) });
    faults.set(positionsAfter(faults.state, command));
    if (command.do === 'dropLinks') im.dropLinks();
    if (command.do === 'restartImServer') im.announceRestart(restartMs);
  };

  const app = await startHttp(port, () => ({
    ...pageRoutes?.(im.url),
    ...appServerRoutes({ accounts, issue: issuer.issue, faults: () => faults.state, imUrl: im.url, tell, slowMs }),
    ...adminRoutes({ key: adminKey, faults: () => faults.state, apply, passwords: accounts.passwords }),
  })).catch(async (error: unknown) => {
    await im.close();
    throw error;
  });
  im.openDoor((ownPort) => localDoor(ownPort, app.port));

  return {
    appUrl: app.url,
    im,
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
      await Promise.all([app.close(), im.close()]);
    },
  };
}
