import { afterEach } from 'vitest';
import type { Fact } from '../../../examples/local-im/shared/Fact.ts';
import type { Person } from '../../../examples/local-im/shared/people.ts';
import { startServers, type ServerOptions, type Servers } from '../../../examples/local-im/server/startServers.ts';
import { openSocket, type PlainSocket } from './openSocket.ts';
import { postJson } from './rawRequest.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

export function atEnd(cleanup: () => unknown): void {
  cleanups.push(cleanup);
}

/** Real servers on free ports, closed when the test ends. */
export async function useServers(options: ServerOptions = {}): Promise<Servers & { readonly facts: readonly Fact[] }> {
  const servers = await startServers(options);
  const facts: Fact[] = [];
  servers.onFact((fact) => void facts.push(fact));
  atEnd(() => servers.close());
  return { ...servers, facts };
}

export async function logInAs(servers: Servers, user: Person): Promise<string> {
  const { text } = await postJson(`${servers.appUrl}/login`, { user, password: servers.passwords[user] });
  return (JSON.parse(text) as { session: string }).session;
}

export async function tokenFor(servers: Servers, user: Person, reason = 'initial'): Promise<string> {
  const { text } = await postJson(`${servers.appUrl}/token`, { reason }, await logInAs(servers, user));
  return (JSON.parse(text) as { token: string }).token;
}

/** A client of `user` that has sent its token and waits for the answer. */
export async function knock(servers: Servers, token: string): Promise<PlainSocket> {
  const socket = await openSocket(servers.im.url);
  socket.send({ type: 'connect', token });
  return socket;
}

/** Resolves when a server has observed it; asks nothing of the clock. */
export function observed(servers: Servers & { readonly facts: readonly Fact[] }, wanted: (fact: Fact) => boolean): Promise<Fact> {
  const before = servers.facts.find(wanted);
  if (before) return Promise.resolve(before);
  return new Promise((resolve) => {
    const stop = servers.onFact((fact) => {
      if (!wanted(fact)) return;
      stop();
      resolve(fact);
    });
  });
}
