import { withDatabase } from 'connection-machine';
import { describeTransport } from 'connection-machine/testing';
import { describe, it } from 'vitest';
import { webSocketWorld } from './support/webSocketWorld.ts';

// Every rule of the contract, over real sockets. Each test has a server of its own, so they need not wait for each other.

describeTransport('webSocketTransport', () => webSocketWorld(), { describe, it: it.concurrent });

describeTransport(
  'withDatabase over webSocketTransport',
  async () => {
    const world = await webSocketWorld();
    return { ...world, transport: withDatabase(world.transport, async () => undefined) };
  },
  { describe, it: it.concurrent },
);
