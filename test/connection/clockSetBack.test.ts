import { expect, test } from 'vitest';
import { createWorld } from '../support/world.ts';

const hour = 3_600_000;

test("a server's hint does not last for hours because the clock was set back", async () => {
  const world = createWorld();
  world.connection.connect({ userWaiting: false });
  await world.settle();
  world.transport.last.report.error({ kind: 'server', retryAfter: 60_000 });
  expect(world.connection.getSnapshot().retryAt).toBe(world.clock.now() + 60_250);
  world.clock.jump(-hour);
  // timers run evenly, whatever the wall clock says
  await world.clock.advance(60_250);
  expect(world.status).toBe('connecting');
  world.transport.last.report.error({ kind: 'network' });
  expect(world.connection.getSnapshot().retryAt).toBe(world.clock.now() + 500);
});

test('the hint of the very moment counts', async () => {
  const world = createWorld();
  world.connection.connect();
  await world.settle();
  world.transport.last.report.error({ kind: 'server', retryAfter: 60_000 });
  await world.clock.advance(5_000);
  expect(world.status).toBe('prompting');
  world.connection.retry();
  await world.settle();
  expect(world.connection.getSnapshot()).toMatchObject({ status: 'waiting', retryAt: world.clock.now() + 55_250 });
});
