import { defaultPolicy, failure, type ConnectionPolicy } from 'connection-machine';
import { describe, expect, it } from 'vitest';
import { fakeTransport } from 'connection-machine/testing';
import { worldOver } from '../support/worldOver.ts';
import { createWorld } from '../support/world.ts';

/** The time a person waits for a prompt, as it really is. */
async function msUntilPrompt(layers: { defaults?: Partial<ConnectionPolicy>; policy?: Partial<ConnectionPolicy> }) {
  const transport = Object.assign(fakeTransport(), layers.defaults && { defaults: layers.defaults });
  const world = worldOver(transport, layers.policy ? { policy: layers.policy } : {});
  world.connection.connect();
  while (world.status !== 'prompting') await world.clock.advance(100);
  return world.clock.elapsed;
}

describe('the policy', () => {
  it('has the documented defaults', () => {
    expect(defaultPolicy).toMatchObject({
      timeLimit: 5_000,
      attemptTimeLimit: 10_000,
      tokenTimeLimit: 10_000,
      closeTimeLimit: 5_000,
      maxTokenRenewals: 3,
      backoffMin: 500,
      backoffMax: 30_000,
      stableAfter: 10_000,
      verifyTimeLimit: 4_000,
    });
  });

  it("is the library's, unless somebody says otherwise", async () => {
    expect(await msUntilPrompt({})).toBe(5_000);
  });

  it("is the transport's where it has defaults", async () => {
    expect(await msUntilPrompt({ defaults: { timeLimit: 8_000 } })).toBe(8_000);
  });

  it("is the app's in the end", async () => {
    expect(await msUntilPrompt({ defaults: { timeLimit: 8_000 }, policy: { timeLimit: 2_000 } })).toBe(2_000);
  });

  it('is taken number by number from whoever has said something', async () => {
    expect(await msUntilPrompt({ defaults: { timeLimit: 8_000 }, policy: { attemptTimeLimit: 1_000 } })).toBe(8_000);
  });

  it('is read once: what the app does with its object later changes nothing', async () => {
    const policy = { timeLimit: 2_000 };
    const world = createWorld({ policy });
    policy.timeLimit = 60_000;
    world.connection.connect();
    await world.clock.advance(2_000);
    expect(world.status).toBe('prompting');
    expect(defaultPolicy.timeLimit).toBe(5_000);
  });

  it('with a timeLimit of 0 prompts at once', async () => {
    const world = createWorld({ policy: { timeLimit: 0 } });
    world.connection.connect();
    await world.settle();
    expect(world.names).toEqual(['prompt']);
  });

  it('with maxTokenRenewals of 0 fails at the first refusal', async () => {
    const world = createWorld({ policy: { maxTokenRenewals: 0 } });
    world.connection.connect();
    await world.settle();
    world.transport.last.report.error(failure({ kind: 'tokenIncorrect' }));
    await world.settle();
    expect(world.status).toBe('failed');
    expect(world.requests).toHaveLength(1);
  });

  it('with Infinity everywhere sets no timer that a platform would run at once', async () => {
    const longest = 2 ** 31 - 1;
    const policy = Object.fromEntries(Object.keys(defaultPolicy).map((name) => [name, Infinity]));
    const world = createWorld({ policy: { ...policy, backoffMin: 500, backoffMax: 30_000 }, transport: { slowClose: true } });
    const waits: number[] = [];
    const { setTimeout } = world.clock;
    world.clock.setTimeout = (run, ms) => (waits.push(ms), setTimeout(run, ms));
    await world.connected();
    expect(world.transport.last.request.timeLimit).toBeLessThanOrEqual(longest);
    world.transport.last.report.interrupted();
    await world.settle();
    void world.connection.disconnect();
    await world.clock.advance(1_000_000);
    expect(world.status).toBe('closing');
    expect(waits.length).toBeGreaterThanOrEqual(4);
    expect(Math.max(...waits)).toBeLessThanOrEqual(longest);
  });

  it('with a backoffMax below backoffMin waits no longer than backoffMax', async () => {
    const world = createWorld({ policy: { backoffMin: 10_000, backoffMax: 100 }, random: () => 0.999 });
    world.connection.connect();
    await world.settle();
    world.transport.last.report.error(failure({ kind: 'network' }));
    await world.settle();
    expect(world.connection.getSnapshot().retryAt).toBeLessThanOrEqual(world.clock.now() + 100);
  });
});

describe('chance', () => {
  it.each([NaN, -1, 1, 7, 'x', undefined, null])('that answers %s never makes a loop without a pause', async (answer) => {
    let count = 0;
    const world = createWorld({
      random: () => answer as number,
      fetchToken: () => ({ token: `token-${++count}`, expiresAt: world.clock.now() + 3_600_000 }),
      transport: { onOpen: ({ report }) => void report.success({ userId: 'alice' }) },
    });
    let timers = 0;
    const { setTimeout } = world.clock;
    // a loop would hang the test: it is cut off instead
    world.clock.setTimeout = (run, ms) => (++timers > 500 ? undefined : setTimeout(run, ms));
    world.connection.connect();
    await world.clock.advance(600_000);
    expect(timers).toBeLessThan(100);
    expect(world.status).toBe('connected');
  });
});
