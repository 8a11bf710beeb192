import { failure, type ConnectionStatus } from 'connection-machine';
import { createWorld, type World } from './world.ts';

type WorldOptions = NonNullable<Parameters<typeof createWorld>[0]>;

const never = new Promise<never>(() => undefined);

/** How a world is brought into each status, by what people, servers and platforms do. */
const ways: Record<ConnectionStatus, { options?: WorldOptions; go(world: World): Promise<void> }> = {
  idle: { go: async () => undefined },
  fetchingToken: {
    options: { fetchToken: () => never },
    async go({ connection, settle }) {
      connection.connect();
      await settle();
    },
  },
  connecting: {
    async go({ connection, settle }) {
      connection.connect();
      await settle();
    },
  },
  connected: { go: (world) => world.connected() },
  recovering: {
    async go(world) {
      await world.connected();
      world.transport.last.report.interrupted(failure({ kind: 'network' }));
      await world.settle();
    },
  },
  waiting: {
    async go(world) {
      await ways.connecting.go(world);
      world.transport.last.report.error(failure({ kind: 'network', code: 1006 }));
      await world.settle();
    },
  },
  offline: {
    async go(world) {
      world.signals.network(false);
      await ways.connecting.go(world);
    },
  },
  prompting: {
    async go(world) {
      await ways.connecting.go(world);
      await world.clock.advance(5_000);
    },
  },
  kicked: {
    async go(world) {
      await world.connected();
      world.transport.last.report.error(failure({ kind: 'kicked', code: 31010 }));
      await world.settle();
    },
  },
  failed: {
    async go(world) {
      await ways.connecting.go(world);
      world.transport.last.report.error(failure({ kind: 'blocked', code: 31009 }));
      await world.settle();
    },
  },
  closing: {
    options: { transport: { slowClose: true } },
    async go(world) {
      await world.connected();
      void world.connection.disconnect();
      await world.settle();
    },
  },
};

export const statuses = Object.keys(ways) as ConnectionStatus[];

/** A world whose connection is in `status`, reached in the ordinary way. */
export async function worldIn(status: ConnectionStatus, options: WorldOptions = {}): Promise<World> {
  const { options: own, go } = ways[status];
  const world = createWorld({ ...own, ...options });
  await go(world);
  if (world.status !== status) throw new Error(`worldIn: wanted ${status}, got ${world.status}`);
  return world;
}
