import { describe, expect, test } from 'vitest';
import { inEveryWorld, witness } from './support/walk.ts';

describe('15. There is always a way out: from every reachable state `disconnect()` reaches idle, and in a world that turns good, `connect()` reaches connected.', () => {
  test('in every world', async () => {
    const reached = witness();
    await inEveryWorld(
      (world) => ({
        async end() {
          reached(world.status);
          await world.disconnected();
          expect(world.status).toBe('idle');

          world.turnGood();
          world.connection.connect();
          // the last link and a hung token store may have their time
          await world.clock.advance(60_000);
          expect(world.status).toBe('connected');
          expect(world.transport.live).toHaveLength(1);
        },
      }),
      { reaching: () => reached.atLeast(1, 'idle', 'connected', 'waiting', 'offline', 'prompting', 'failed', 'connecting'), runs: 250 },
    );
  });

  test('without a disconnect() too: when the world turns good, connect() is enough', async () => {
    const reached = witness();
    await inEveryWorld(
      (world) => ({
        async end() {
          reached(world.status);
          world.turnGood();
          // a link that the server has not answered yet, or that the SDK tries to bring back, has its limit
          const hour = 3_600_000;
          for (let ms = 0; ms < hour && world.status !== 'connected'; ms += 10_000) {
            world.connection.connect();
            await world.clock.advance(10_000);
          }
          expect(world.status).toBe('connected');
        },
      }),
      { reaching: () => reached.atLeast(1, 'waiting', 'prompting', 'failed', 'connecting'), runs: 150 },
    );
  });

  test('whenConnected() and disconnect() always settle', async () => {
    await inEveryWorld(
      (world) => {
        const settled: string[] = [];
        const expected: string[] = [];
        return {
          before(step) {
            if (step.do !== 'connect' && step.do !== 'pass') return;
            expected.push('a whenConnected()');
            const done = () => void settled.push('a whenConnected()');
            world.connection.whenConnected().then(done, done);
          },
          async end() {
            await world.disconnected();
            await world.settle();
            expect(settled).toEqual(expected);
            await Promise.all(world.disconnects);
          },
        };
      },
      { runs: 80 },
    );
  });
});
