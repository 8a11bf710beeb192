import { createConnection } from 'connection-machine';
import { rongCloudEngineTransport } from 'connection-machine/transports/rongcloud-native';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { failureKinds } from '../../../machines/connection/failure.ts';
import { garbage, garbageNames, type GarbageName } from '../../laws/support/garbage.ts';
import { controlledClock, type ControlledClock } from 'connection-machine/testing';
import { openAlone } from './support/openAlone.ts';
import { wildEngine, type Answer, type WildEngine } from './support/wildEngine.ts';

/** A value, or garbage by its name: fast-check cannot hold all of it. */
type Said = { readonly value: unknown } | { readonly garbage: GarbageName };

/** What the SDK does by itself. `late`: 0 is the last call of connect, 1 the one before. */
type Whim =
  | { does: 'connects' | 'disconnects'; by: Answer['by']; says: Said }
  | { does: 'onConnected'; late: number; says: Said; user: string | undefined }
  | { does: 'onDatabaseOpened'; late: number; says: Said }
  | { does: 'status'; says: Said }
  | { does: 'answers' }
  | { does: 'time'; ms: number };

const codes = [0, 34001, 34006, 31004, 31020, 31009, 31010, 33002, 30002, 31003, -101, 39999];
const says: fc.Arbitrary<Said> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ value: fc.constantFrom(...codes) }) },
  {
    weight: 1,
    arbitrary: fc.record({ value: fc.record({ code: fc.constantFrom(...codes), userId: fc.constantFrom('ann', 'bob', '', 7) }) }),
  },
  { weight: 1, arbitrary: fc.record({ value: fc.oneof(fc.constantFrom('RC_CONN_TOKEN_INCORRECT', '31004', 'no'), fc.anything()) }) },
  { weight: 1, arbitrary: fc.record({ garbage: fc.constantFrom(...garbageNames) }) },
);
const status: fc.Arbitrary<Said> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ value: fc.integer({ min: -1, max: 11 }) }) },
  { weight: 1, arbitrary: fc.record({ value: fc.record({ status: fc.integer({ min: -1, max: 11 }) }) }) },
  { weight: 1, arbitrary: says },
);
const by = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Answer['by']>('promise') },
  { weight: 2, arbitrary: fc.constantFrom<Answer['by'][]>('value', 'promise', 'throw', 'rejection', 'callback at once', 'silence') },
);
const accepted = fc.oneof({ weight: 2, arbitrary: fc.constant<Said>({ value: 0 }) }, { weight: 1, arbitrary: says });
const late = fc.nat(2);

const whim: fc.Arbitrary<Whim> = fc.oneof(
  fc.record({ does: fc.constantFrom('connects' as const, 'disconnects' as const), by, says: accepted }),
  fc.record({ does: fc.constant('onConnected' as const), late, says, user: fc.constantFrom('ann', 'ann', 'bob', '', undefined) }),
  fc.record({ does: fc.constant('onDatabaseOpened' as const), late, says }),
  fc.record({ does: fc.constant('status' as const), says: status }),
  fc.record({ does: fc.constant('answers' as const) }),
  fc.record({ does: fc.constant('time' as const), ms: fc.constantFrom(0, 1, 4_999, 5_000, 20_000, 150_000) }),
);

async function indulge(engine: WildEngine, clock: ControlledClock, each: Whim): Promise<void> {
  const said = 'says' in each ? ('garbage' in each.says ? garbage[each.says.garbage]() : each.says.value) : undefined;
  if (each.does === 'connects' || each.does === 'disconnects') engine[each.does] = { by: each.by, value: said };
  if (each.does === 'onConnected') engine.callbacks.at(-1 - each.late)?.onConnected(said as never, each.user);
  if (each.does === 'onDatabaseOpened') engine.callbacks.at(-1 - each.late)?.onDatabaseOpened(said as never);
  if (each.does === 'status') engine.status?.(said as never);
  if (each.does === 'answers') engine.answerAll();
  await clock.advance(each.does === 'time' ? each.ms : 0);
}

const wishes = ['connect', 'connect silently', 'disconnect', 'sign out', 'retry', 'cancel'] as const;

describe('whatever a native SDK does', () => {
  it('links have one session between them, are mute once closed, and every failure has a kind', async () => {
    const step = fc.oneof(
      {
        weight: 1,
        arbitrary: fc.record({ does: fc.constantFrom('open' as const, 'open' as const, 'close' as const, 'sign out' as const) }),
      },
      { weight: 4, arbitrary: whim },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { size: '+1' }), async (steps) => {
        const clock = controlledClock();
        const engine = wildEngine();
        const transport = rongCloudEngineTransport(engine, { clock });
        const links: (ReturnType<typeof openAlone> & { closed?: Promise<void>; saidBefore?: number })[] = [];
        const close = (logout: boolean) => {
          const link = links.find(({ closed }) => !closed);
          if (!link) return;
          link.saidBefore = link.reported.length;
          link.closed = link.close(logout);
          link.closed.catch(() => undefined);
        };

        for (const each of [{ does: 'open' as const }, ...steps]) {
          if (each.does === 'open') {
            links.push(openAlone(transport));
            await clock.advance(0);
          } else if (each.does === 'close' || each.does === 'sign out') {
            close(each.does === 'sign out');
            await clock.advance(0);
          } else await indulge(engine, clock, each as Whim);
        }

        // the engine comes to its senses: close settles
        engine.disconnects = { by: 'promise', value: 0 };
        while (links.some(({ closed }) => !closed)) {
          close(false);
          engine.answerAll();
          await clock.advance(0);
        }
        engine.answerAll();
        await Promise.allSettled(links.map(({ closed }) => closed));
        await clock.advance(0);

        expect(engine.hadTwo).toBe(false);
        expect(engine.isInUse).toBe(false);
        expect(engine.status).toBeUndefined();
        expect(clock.pending).toBe(0);
        for (const { reported, saidBefore } of links) {
          expect(reported).toHaveLength(saidBefore!);
          const names = reported.map(([what]) => what).filter((what) => what !== 'dbOpened');
          // success, then interruptions and successes in turn, and at most one end
          expect(names.join(' ')).toMatch(/^(success( interrupted success)*( interrupted)?)? ?(error)?$/);
          for (const [what, detail] of reported) {
            if (what === 'error') expect(failureKinds).toContain((detail as { kind: never }).kind);
            if (what === 'success') expect((detail as { userId: string }).userId).toMatch(/./);
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it('under the brain: one session, and a world that turns good ends in connected', async () => {
    const step = fc.oneof({ weight: 1, arbitrary: fc.record({ does: fc.constantFrom(...wishes) }) }, { weight: 4, arbitrary: whim });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { size: '+1' }), async (steps) => {
        const clock = controlledClock();
        const engine = wildEngine();
        let count = 0;
        const connection = createConnection({
          transport: rongCloudEngineTransport(engine, { clock }),
          fetchToken: async () => `token-${++count}`,
          signals: false,
          clock,
          random: () => 0.5,
          logger: {},
        });
        connection.connect();
        await clock.advance(0);
        for (const each of steps) {
          if (each.does === 'connect') connection.connect();
          else if (each.does === 'connect silently') connection.connect({ userWaiting: false });
          else if (each.does === 'disconnect') void connection.disconnect();
          else if (each.does === 'sign out') void connection.disconnect({ logout: true });
          else if (each.does === 'retry') connection.retry();
          else if (each.does === 'cancel') connection.cancel();
          else await indulge(engine, clock, each as Whim);
          await clock.advance(0);
        }

        // the good world
        const done = connection.disconnect();
        await clock.advance(5_000);
        await done;
        engine.connects = { by: 'callback at once', value: { code: 0, userId: 'ann' } };
        engine.disconnects = { by: 'promise', value: 0 };
        connection.connect({ userWaiting: false });
        await clock.advance(5_000);
        expect(connection.getSnapshot()).toMatchObject({ status: 'connected', userId: 'ann' });
        expect(engine.hadTwo).toBe(false);
      }),
      { numRuns: 300 },
    );
  });
});
