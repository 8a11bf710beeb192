import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createConnection, SecretToken, type Failure } from 'connection-machine';
import { anyStory, type Story } from './support/steps.ts';
import { carriers, everythingSeen } from './support/leaks.ts';
import { often, witness } from './support/walk.ts';
import { wildWorld, type WildWorld } from './support/wildWorld.ts';

/** In every token of these tests. No escaping changes it, so it cannot hide. */
const marker = 'S3CR3T';

/** Tokens as vendors make them, and tokens as nobody should. */
const usual = fc.array(fc.constantFrom(...'abcXYZ0189+/=-_.@;:~'), { maxLength: 20 }).map((characters) => characters.join(''));
const odd = fc.string({
  unit: fc.constantFrom('"', '\\', '\n', "'", '<', '%', '&', ' ', '\u2028', '令', '\ud83d\ude00', '\ud83d'),
  maxLength: 8,
});

const carrier = fc.constantFrom(...Object.keys(carriers));

/** Lives a story in which everybody puts the token into everything, and collects all that the library shows. */
async function gossip(
  { beginning, steps }: Story,
  ending: string,
  how: string,
  logger = true,
): Promise<{ world: WildWorld; shown: unknown[] }> {
  const shown: unknown[] = [];
  const show = (one: unknown) => void shown.push(one);
  const carry = carriers[how]!;
  let tokens = 0;
  const world = wildWorld(
    { ...beginning, hasStore: true },
    {
      inspect(event) {
        // the actor itself is looked at in the end; here, what was said
        const { type, event: said, snapshot, output, error } = event as Record<string, unknown>;
        show([type, said, (snapshot as { output?: unknown } | undefined)?.output, output, error, JSON.stringify(snapshot)]);
      },
      ...(logger && { logger: { debug: (...line) => show(line), warn: (...line) => show(line), error: (...line) => show(line) } }),
    },
    () => `${marker}${++tokens}${ending}`,
  );
  const { connection, transport, provider, store } = world;
  transport.tamper = (failure: Failure, token) => {
    const carried = carry(token);
    return typeof carried === 'string'
      ? { ...failure, code: carried, message: carried, cause: carried }
      : tokens % 2
        ? { ...failure, cause: carried }
        : carried;
  };
  // a token that the library was never given cannot be recognised
  const known = () => transport.sent.at(-1)?.token ?? '';
  provider.tamper = () => carry(known());
  store.tamper = () => carry(known());
  connection.subscribe(show);
  connection.on('change', () => {
    throw carry(known());
  });
  connection.on('connected', () => Promise.reject(carry(known())) as never);
  for (const step of steps) {
    if (step.do === 'connect') connection.whenConnected().catch(show);
    await world.play(step);
    show(connection.getSnapshot());
    show(connection.persist());
  }
  await world.settle();
  shown.push(...world.announcements, connection.actor.getPersistedSnapshot());
  const { value, context, output, error } = connection.actor.getSnapshot();
  shown.push(value, context, output, error);
  return { world, shown };
}

function expectSecret(shown: readonly unknown[], depth?: number): void {
  for (const one of shown) {
    const seen = everythingSeen(one, depth);
    if (!seen.includes(marker)) continue;
    const at = seen.indexOf(marker);
    expect.fail(`the secret is out: …${seen.slice(Math.max(0, at - 300), at + 100)}…`);
  }
}

describe('14. The secret stays secret: it appears in no snapshot, event, error, log or inspection message.', () => {
  test('in every world, though everybody puts it into everything', async () => {
    const reached = witness();
    await fc.assert(
      fc.asyncProperty(anyStory({ maxSteps: 25 }), usual, carrier, async (story, ending, how) => {
        const { world, shown } = await gossip(story, ending, how);
        expectSecret(shown);
        if (world.transport.sent.some(({ token }) => token.includes(marker))) reached('a token sent');
      }),
      often(150),
    );
    reached.atLeast(30, 'a token sent');
  });

  for (const how of Object.keys(carriers)) {
    test(`not by way of: ${how}`, async () => {
      const story: Story = {
        beginning: {
          seed: 1,
          kept: true,
          stored: false,
          hasStore: true,
          hasSignals: true,
          expectsAlice: false,
          policy: {},
          provider: 'new',
          transport: { open: 'link', greet: 'success', close: 'rejects', verify: 'rejects', renew: 'rejects' },
        },
        steps: [
          { do: 'connect', userWaiting: true },
          { do: 'hear', word: { says: 'interrupted', failure: { kind: 'network' } } },
          { do: 'hear', word: { says: 'error', failure: { kind: 'server' } } },
          { do: 'pass', ms: 1_000 },
          { do: 'woke', sleptMs: 60_000 },
          { do: 'pass', ms: 2_000 },
          { do: 'setToken', which: 'new' },
          { do: 'pass', ms: 1_000 },
          { do: 'transport', mood: { open: 'throws', close: 'throws' } },
          { do: 'hear', word: { says: 'error', failure: { kind: 'tokenIncorrect' } } },
          { do: 'pass', ms: 10_000 },
          { do: 'transport', mood: { open: 'rejects' } },
          { do: 'pass', ms: 20_000 },
          { do: 'store', mood: 'rejects' },
          { do: 'provider', mood: 'throws' },
          { do: 'disconnect', logout: true },
          { do: 'connect', userWaiting: false },
          { do: 'pass', ms: 20_000 },
        ],
      };
      for (const ending of ['', '.abc+/==', '@nav.example;cfg.example']) {
        const { shown, world } = await gossip(story, ending, how);
        expect(world.transport.sent.length).toBeGreaterThan(3);
        expectSecret(shown);
      }
    });
  }

  test('nor when the token is full of what JSON and URLs escape', async () => {
    const flat = fc.constantFrom('text', 'sentence', 'url', 'json', 'object', 'nested object', 'error', 'error with fields');
    await fc.assert(
      fc.asyncProperty(anyStory({ maxSteps: 12 }), odd, flat, async (story, ending, how) => {
        const { shown } = await gossip(story, ending, how);
        expectSecret(shown);
      }),
      often(80),
    );
  });

  test('a bad token or answer is refused without being quoted', async () => {
    const world = wildWorld();
    const bad: unknown[] = [
      marker.repeat(40_000),
      { token: marker, expiresAt: NaN },
      { token: marker, expiresAt: marker },
      { token: [marker] },
      { [marker]: 1 },
      [marker],
    ];
    for (const answer of bad) {
      let problem: unknown;
      try {
        world.connection.setToken(answer as string);
      } catch (thrown) {
        problem = thrown;
      }
      expect(problem).toBeInstanceOf(Error);
      expectSecret([problem]);
      const provided = wildWorld({}, { fetchToken: () => Promise.resolve(answer as string) });
      provided.connection.connect({ userWaiting: false });
      await provided.settle();
      expect(provided.status).toBe('waiting');
      expectSecret([provided.snapshot, provided.log]);
      try {
        createConnection({ transport: provided.transport, fetchToken: provided.provider.fetchToken, token: answer as string });
      } catch (thrown) {
        expectSecret([thrown]);
      }
    }
  });

  test('a SecretToken shows nothing, however it is printed, copied or compared', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (text) => {
        const token = new SecretToken(marker + text);
        const copies = [
          token,
          { token },
          [token],
          new Map([['token', token]]),
          new Error('x', { cause: token }),
          structuredClone({ token }),
        ];
        expectSecret([...copies, `${token}`, Object.entries(token), Object.getOwnPropertyNames(token), Reflect.ownKeys(token)]);
        expect(token.reveal()).toBe(marker + text);
        expect(token.equals(new SecretToken(marker + text))).toBe(true);
        expect(token.equals(new SecretToken(`${marker + text}.`))).toBe(false);
      }),
      often(50),
    );
  });

  test('not in the actor and all that hangs on it', async () => {
    const world = wildWorld({ hasStore: true, provider: 'far' }, {}, () => `${marker}${Math.random()}`);
    world.connection.connect();
    await world.settle();
    expect(world.status).toBe('connected');
    expectSecret([world.connection.actor, world.connection.actor.getSnapshot(), world.connection], 5);
  });
});
