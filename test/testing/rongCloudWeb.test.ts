import type { Transport } from 'connection-machine';
import { describeTransport, type TransportWorld } from 'connection-machine/testing';
import { fileURLToPath } from 'node:url';
import { describe, it } from 'vitest';
import { createPatientScope } from '../../bench/healing/createPatientScope.ts';
import { createTokenIssuer } from '../../examples/local-im/server/createTokenIssuer.ts';
import { bundleForScope } from '../../examples/local-rongcloud/scope/bundleForScope.ts';
import { startRongCloudServer } from '../../examples/local-rongcloud/server/startRongCloudServer.ts';

const entry = fileURLToPath(new URL('support/rongCloudWebEntry.ts', import.meta.url));

/** RongCloud's unmodified SDK in a page of its own, over real sockets, in front of our RongCloud server. */
async function rongCloudWorld(): Promise<TransportWorld> {
  const issuer = createTokenIssuer();
  const server = await startRongCloudServer({ verify: issuer.verify });
  const scope = createPatientScope(20);
  scope.run(await bundleForScope(entry));
  const openTransport = scope.globals['openTransport'] as (appKey: string, naviUrl: string) => Transport;
  return {
    transport: openTransport(server.appKey, server.naviUrl),
    userId: 'alice',
    goodToken: async () => (await issuer.issue('alice', 3_600)).token,
    badToken: 'nobody-issued-this-token',
    loseLink: () => server.dropLinks(),
    silenceServer: () => server.behave({ navi: 'hang', upgrade: 'hang', connack: 'hang', pong: 'silent' }),
    refuseConnections: () => server.behave({ navi: 'refuse', upgrade: 'refuse' }),
    connections: () => server.sockets(),
    async close() {
      scope.close();
      await server.close();
    },
    selfHealing: true,
    // page, SDK and server share one thread with whatever else this machine is at
    timeLimit: 20_000,
    quietTime: 200,
  };
}

describeTransport('rongCloudWebTransport with the unmodified SDK', rongCloudWorld, {
  describe,
  it: it.concurrent,
  without: ['verify', 'renew'],
});
