import { describe, expect, it } from 'vitest';
import { createWorld } from '../support/world.ts';

const tooLong = 'x'.repeat(128 * 1024 + 1);

const answers: [what: string, answer: unknown, wrong: RegExp][] = [
  ['nothing', undefined, /fetchToken: token must be a string of 1 to 131072 characters, received undefined/],
  ['null', null, /fetchToken: token/],
  ['an empty string', '', /fetchToken: token .*received a string/],
  ['a number', 42, /fetchToken: token/],
  ['true', true, /fetchToken: token/],
  ['an empty object', {}, /fetchToken: token .*received undefined/],
  ['an array', ['secret-1'], /fetchToken: token/],
  ['a whole Response', { ok: true, json: async () => 'secret-1' }, /fetchToken: token/],
  ['a token that is a number', { token: 42 }, /fetchToken: token/],
  ['an empty token', { token: '' }, /fetchToken: token/],
  ['a token longer than 128 KiB', tooLong, /fetchToken: token/],
  ['an object with a token longer than 128 KiB', { token: tooLong }, /fetchToken: token/],
  ['an end that is NaN', { token: 'secret-1', expiresAt: NaN }, /fetchToken: expiresAt must be a finite number, epoch ms, received NaN/],
  ['an end that is Infinity', { token: 'secret-1', expiresAt: Infinity }, /fetchToken: expiresAt/],
  ['an end that is a string', { token: 'secret-1', expiresAt: '2030-01-01' }, /fetchToken: expiresAt .*received a string/],
  ['an end that is a Date', { token: 'secret-1', expiresAt: new Date(2_000_000_000_000) }, /fetchToken: expiresAt .*received object/],
];

describe('a token server that answers nonsense', () => {
  it.each(answers)('(%s) is a typed failure that says what is wrong and quotes nothing', async (_, answer, wrong) => {
    const world = createWorld({ fetchToken: () => answer as string });
    world.connection.connect({ userWaiting: false });
    await world.settle();
    const { status, attempt, failure: why } = world.connection.getSnapshot();
    expect([status, attempt, why?.kind]).toEqual(['waiting', 1, 'unknown']);
    expect(why?.message).toMatch(wrong);
    expect(why?.cause).toMatchObject({ name: 'ConnectionOptionError', option: expect.stringMatching(/fetchToken: (token|expiresAt)$/) });
    expect(`${why?.message} ${(why?.cause as Error).stack} ${world.log.join(' ')}`).not.toMatch(/secret-1|xxxx/);
    expect(world.transport.links).toEqual([]);
    expect(world.connection.actor.getSnapshot().status).toBe('active');
  });

  it('(a token that is a number) does not see it quoted either', async () => {
    for (const answer of [987_654_321, { token: 987_654_321 }]) {
      const world = createWorld({ fetchToken: () => answer as never });
      world.connection.connect({ userWaiting: false });
      await world.settle();
      expect(`${JSON.stringify(world.connection.getSnapshot())} ${world.log.join(' ')}`).not.toContain('987654321');
    }
  });

  it('is asked again, and believed once it makes sense', async () => {
    const world = createWorld({ fetchToken: ({ attempt }) => (attempt < 3 ? ('' as string) : 'good') });
    world.connection.connect({ userWaiting: false });
    await world.clock.advance(10_000);
    expect(world.transport.links[0]?.token).toBe('good');
    expect(world.requests).toHaveLength(4);
  });

  it('with a getter that throws is survived', async () => {
    const answer = {
      get token(): string {
        throw new Error('no');
      },
    };
    const world = createWorld({ fetchToken: () => answer });
    world.connection.connect({ userWaiting: false });
    await world.settle();
    expect(world.connection.getSnapshot()).toMatchObject({ status: 'waiting', failure: { kind: 'unknown' } });
  });

  it('does not nag: a person is prompted within the limit all the same', async () => {
    const world = createWorld({ fetchToken: () => '' });
    world.connection.connect();
    await world.clock.advance(5_000);
    expect(world.names).toEqual(['prompt']);
    expect(world.events[0]?.event).toMatchObject({ failure: { kind: 'timeout', cause: { kind: 'unknown' } } });
  });
});

describe('an answer at the edge of sense', () => {
  it.each([
    ['a token of exactly 128 KiB', 'x'.repeat(128 * 1024)],
    ['a token of one character', 'x'],
    ['expiresAt undefined', { token: 'token', expiresAt: undefined }],
    ['expiresAt null', { token: 'token', expiresAt: null }],
    ['more fields than asked for', { token: 'token', userId: 'alice', code: 200 }],
  ])('is taken: %s', async (_, answer) => {
    const world = createWorld({ fetchToken: () => answer as string });
    await world.connected();
    expect(world.transport.last.token).toBe(typeof answer === 'string' ? answer : answer.token);
    expect(world.transport.last.request.token.expiresAt).toBeUndefined();
    expect(world.status).toBe('connected');
  });

  it.each([0, -1, 1_600_000_000_000, 1_700_000_000_000, 1_700_000_000])(
    'is taken without an end when that has passed already: expiresAt %d',
    async (expiresAt) => {
      const world = createWorld({ fetchToken: () => ({ token: 'token', expiresAt }) });
      await world.connected();
      await world.clock.advance(3_600_000);
      expect(world.status).toBe('connected');
      expect(world.requests).toHaveLength(1);
    },
  );
});
