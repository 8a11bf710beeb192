import { expect, test } from 'vitest';
import { createWorld } from '../support/world.ts';
import { worldIn } from '../support/worldIn.ts';

test('a person whom the SDK gave up on before the limit has the whole limit again after retry()', async () => {
  const world = await worldIn('connecting');
  await world.clock.advance(2_000);
  world.transport.last.report.error({ kind: 'timeout', code: 34006 });
  expect(world.status).toBe('prompting');
  await world.clock.advance(1_000);
  world.connection.retry();
  await world.clock.advance(4_999);
  expect(world.status).toBe('connecting');
  await world.clock.advance(1);
  expect(world.status).toBe('prompting');
});

test('somebody who was in, put it off, and leaves is not in any more, and hears so', async () => {
  const world = createWorld();
  await world.connected();
  world.transport.last.report.error({ kind: 'network' });
  world.connection.connect();
  await world.clock.advance(5_000);
  world.connection.cancel();
  expect(world.connection.getSnapshot()).toMatchObject({ status: 'idle', userId: 'alice', database: 'closed' });
  expect(world.names).not.toContain('disconnected');
  await world.connection.disconnect();
  expect(world.connection.getSnapshot()).not.toHaveProperty('userId');
  expect(world.names.at(-1)).toBe('disconnected');
});

test('a token that was kept from last time is taken out of what the transport says, too', async () => {
  const world = createWorld({ token: 'kept-from-last-time' });
  world.connection.connect({ userWaiting: false });
  await world.settle();
  world.transport.last.report.error({ kind: 'network', message: 'no luck with kept-from-last-time' });
  expect(world.connection.getSnapshot().failure?.message).toBe('no luck with [secret]');
});
