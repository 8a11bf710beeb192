import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Step } from './support/steps.ts';
import { inEveryWorld, often, witness } from './support/walk.ts';
import { goodMood } from './support/wildTransport.ts';
import { tokenOf } from './support/wildStore.ts';
import { wildWorld } from './support/wildWorld.ts';
import { createWorld } from '../support/world.ts';

const refusal = fc.constantFrom('tokenIncorrect' as const, 'tokenExpired' as const);

describe('4. A refused token is never sent again.', () => {
  test('in every world', async () => {
    const reached = witness();
    await inEveryWorld(
      ({ transport }) => ({
        after() {
          expect(transport.violations.filter((what) => what.includes('refused'))).toEqual([]);
        },
        end() {
          if (transport.refused.size > 0) reached('a refusal');
        },
      }),
      {
        reaching: () => reached.atLeast(15, 'a refusal'),
        runs: 200,
        spice: fc.constantFrom<Step>(
          { do: 'hear', word: { says: 'error', failure: { kind: 'tokenExpired' } } },
          { do: 'setToken', which: 'new' },
          { do: 'transport', mood: { renew: 'refuses' } },
        ),
      },
    );
  });

  test('not from the provider, the store, setToken() or the options, and not after a logout', async () => {
    const source = fc.constantFrom('provider', 'store', 'setToken', 'setToken while idle');
    await fc.assert(
      fc.asyncProperty(refusal, source, fc.boolean(), fc.boolean(), async (kind, from, kept, logout) => {
        const world = wildWorld({ kept, hasStore: true, stored: !kept, transport: { ...goodMood, greet: { kind } } });
        const { connection, transport, provider, store } = world;
        connection.connect({ userWaiting: false });
        await world.settle();
        const bad = transport.sent[0]!.token;
        expect(transport.refused).toContain(bad);
        transport.mood.greet = 'successSoon';
        if (from === 'provider') provider.mood = 'refused';
        if (from === 'store') store.kept = bad;
        if (from.startsWith('setToken')) {
          if (from.endsWith('idle')) await world.disconnected(logout);
          connection.setToken(bad);
        }
        await world.disconnected(logout);
        if (from === 'store') store.kept = bad;
        connection.connect({ userWaiting: false });
        await world.clock.advance(120_000);
        expect(transport.sent.filter(({ token }) => token === bad)).toHaveLength(1);
      }),
      often(60),
    );
  });

  test('nor does it stay in the token store', async () => {
    await fc.assert(
      fc.asyncProperty(refusal, fc.constantFrom('refused', 'setToken'), async (kind, from) => {
        const world = wildWorld(
          { hasStore: true, stored: true, transport: { ...goodMood, greet: { kind } } },
          { policy: { maxTokenRenewals: 0 } },
        );
        world.connection.connect();
        await world.settle();
        const [bad] = world.transport.refused;
        expect(tokenOf(world.store.kept)).not.toBe(bad);
        if (from === 'setToken') {
          world.connection.setToken(bad!);
          await world.settle();
          expect(tokenOf(world.store.kept)).not.toBe(bad);
        }
      }),
      often(10),
    );
  });

  test('not in band either: a renewal that the server refused is not tried again after an interruption', async () => {
    const world = wildWorld({ transport: { ...goodMood, renew: 'hangs' } });
    world.connection.connect();
    await world.settle();
    const [link] = world.transport.links;
    world.connection.setToken('a-pushed-token');
    await world.settle();
    link!.report.interrupted();
    world.transport.tamper = () => ({ kind: 'tokenIncorrect' });
    world.transport.release('renew', false);
    await world.settle();
    link!.report.success({ userId: 'alice' });
    await world.clock.advance(60_000);
    expect(world.transport.sent.filter(({ token }) => token === 'a-pushed-token')).toHaveLength(1);
  });

  test('and a token that nobody refused is not taken for refused, though it was on its way when its link was lost', async () => {
    const answers = ['bad', 'first', 'bad', 'last'];
    const renew = () => new Promise<void>(() => undefined);
    const { connection, transport, clock, settle } = createWorld({ transport: { renew }, fetchToken: () => answers.shift()! });
    connection.connect();
    await settle();
    transport.last.report.error({ kind: 'tokenIncorrect' });
    await settle();
    transport.last.report.success({ userId: 'alice' });
    // never answered for: the link is lost, and the user leaves
    connection.setToken('pushed');
    await connection.disconnect({ logout: true });
    connection.connect();
    await settle();
    // the token server has brought back the refused one, and was asked again
    expect(transport.last.token).toBe('last');
    transport.last.report.error({ kind: 'network' });
    connection.setToken('pushed');
    await clock.advance(1_000);
    expect(transport.last.token).toBe('pushed');
  });
});
