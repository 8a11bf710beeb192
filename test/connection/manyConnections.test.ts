import { createConnection, failure, failureKinds } from 'connection-machine';
import { describe, expect, it } from 'vitest';
import { createWorld } from '../support/world.ts';

describe('fifty connections in one process', () => {
  it('do not interfere: each has its own user, token, failure and fate', async () => {
    const worlds = Array.from({ length: 50 }, (_, index) => createWorld({ fetchToken: () => `token-of-${index}` }));
    for (const { connection } of worlds) connection.connect({ userWaiting: false });
    for (const { settle } of worlds) await settle();
    expect(worlds.map(({ transport }) => transport.last.token)).toEqual(worlds.map((_, index) => `token-of-${index}`));

    worlds.forEach(({ transport }, index) => transport.last.report.success({ userId: `user-${index}` }));
    expect(worlds.map(({ connection }) => connection.getSnapshot().userId)).toEqual(worlds.map((_, index) => `user-${index}`));

    // a refused token is followed by a new one; every other failure stays to be seen
    const kinds = failureKinds.filter((kind) => !kind.startsWith('token'));
    const kindOf = (index: number) => kinds[index];
    worlds.forEach(({ transport }, index) => {
      const kind = kindOf(index);
      if (kind) transport.last.report.error(failure({ kind, code: index }));
    });
    for (const { settle } of worlds) await settle();
    worlds.forEach(({ connection }, index) => {
      const { status, failure: why } = connection.getSnapshot();
      if (kindOf(index)) expect(why).toMatchObject({ kind: kindOf(index) });
      else expect([status, why]).toEqual(['connected', undefined]);
    });

    const even = worlds.filter((_, index) => index % 2 === 0);
    const odd = worlds.filter((_, index) => index % 2 === 1);
    await Promise.all(even.map(({ connection }) => connection.disconnect()));
    expect(even.every(({ status, clock, signals }) => status === 'idle' && clock.pending === 0 && signals.listeners === 0)).toBe(true);
    expect(odd.every(({ status }) => status !== 'idle')).toBe(true);
    expect(worlds.every(({ transport, problems }) => transport.mostLive === 1 && problems.length === 0)).toBe(true);
  });

  it('may share one transport, and each still has one link of its own', async () => {
    const { transport } = createWorld();
    const connections = Array.from({ length: 50 }, (_, index) =>
      createConnection({ transport, token: `token-${index}`, fetchToken: async () => 'unused', signals: false }),
    );
    for (const connection of connections) connection.connect({ userWaiting: false });
    await undefined;
    await undefined;
    expect(transport.live).toBe(50);
    transport.links.forEach(({ report, token }) => report.success({ userId: `user of ${token}` }));
    expect(connections.map((connection) => connection.getSnapshot().userId)).toEqual(
      connections.map((_, index) => `user of token-${index}`),
    );
    await Promise.all(connections.slice(1).map((connection) => connection.disconnect()));
    expect(transport.live).toBe(1);
    expect(connections[0]?.getSnapshot().status).toBe('connected');
    await connections[0]?.disconnect();
  });
});
