import { ConnectionOptionError } from 'connection-machine';
import { describeTransport, type TestRunner, type TransportWorld } from 'connection-machine/testing';
import { describe, expect, test, vi } from 'vitest';
import { asyncOpen, breaches } from './support/breaches.ts';
import { judgeTransport, titlesOf } from './support/collectingRunner.ts';
import { badToken, goodToken, memoryWorld } from './support/memoryWorld.ts';

/** Rejections that are meant to go unheard would end the test run itself: its listeners are taken off meanwhile. */
async function unheard<Result>(run: () => Promise<Result>): Promise<Result> {
  const listeners = process.listeners('unhandledRejection');
  process.removeAllListeners('unhandledRejection');
  // without any listener Node would end
  const ignore = () => undefined;
  process.on('unhandledRejection', ignore);
  try {
    return await run();
  } finally {
    process.off('unhandledRejection', ignore);
    for (const listener of listeners) process.on('unhandledRejection', listener);
  }
}

describe('a transport that keeps every rule', () => {
  test('hears no complaint, and every rule is checked', async () => {
    const verdicts = await judgeTransport(() => memoryWorld());
    expect(titlesOf(verdicts, 'broken')).toEqual([]);
    expect(titlesOf(verdicts, 'skipped')).toEqual([]);
    expect(verdicts.length).toBeGreaterThan(25);
  });

  test('gets a world of its own for each rule, which is closed afterwards', async () => {
    const close = vi.fn<() => void>();
    const makeWorld = vi.fn<() => TransportWorld>(() => memoryWorld(undefined, { close }));
    const verdicts = await judgeTransport(makeWorld);
    expect(makeWorld).toHaveBeenCalledTimes(verdicts.length);
    expect(close).toHaveBeenCalledTimes(verdicts.length);
  });
});

describe('a transport that', () => {
  test.each(Object.entries(breaches))('%s is told so, by the rules it breaks and by no others', async (_sin, { breakIt, breaks }) => {
    const verdicts = await unheard(() => judgeTransport(() => memoryWorld(breakIt)));
    expect(titlesOf(verdicts, 'broken').sort()).toEqual([...breaks].sort());
    // no complaint quotes a token, and each says what was seen and what to do
    for (const { is, said } of verdicts) {
      expect(said).not.toContain(goodToken);
      expect(said).not.toContain(badToken);
      if (is === 'broken') expect(said).toMatch(/seen: .+\n {2}do: {3}.+/);
    }
  });

  test('opens asynchronously is told to return a link', async () => {
    const verdicts = await judgeTransport(() => memoryWorld(asyncOpen));
    const complaint = verdicts.find(({ title }) => title === 'open returns a link with a close function, at once');
    expect(complaint).toMatchObject({ is: 'broken', said: expect.stringContaining('open returned a promise, no link') });
  });

  test('is good is complained about by nobody, and every rule has somebody to complain about', async () => {
    const rules = (await judgeTransport(() => memoryWorld())).map(({ title }) => title);
    const shown = new Set(Object.values(breaches).flatMap(({ breaks }) => breaks));
    shown.add('open returns a link with a close function, at once');
    expect(rules.filter((title) => !shown.has(title))).toEqual([]);
  });
});

describe('a rule that cannot be checked', () => {
  /** The server cannot fall silent, nobody can cut its links, and they cannot be asked for a sign of life. */
  const poorWorld = () => {
    const world = memoryWorld(({ open }) => ({
      open(request, report) {
        const { close, renew } = open(request, report);
        return { close, ...(renew && { renew }) };
      },
    }));
    const { loseLink: _lose, silenceServer: _silence, ...rest } = world;
    return rest;
  };

  test.each(['context', 'this'] as const)('is skipped when it has begun, by the %s of the runner, and says why', async (skipsBy) => {
    const verdicts = await judgeTransport(() => poorWorld(), { skipsBy });
    expect(verdicts.filter(({ is }) => is === 'skipped')).toEqual([
      { title: 'close settles when the server is silent', is: 'skipped', said: 'not checked: the world has no silenceServer' },
      {
        title: 'a lost link is one error, or an interruption that ends in success or error',
        is: 'skipped',
        said: 'not checked: the world has no loseLink',
      },
      { title: 'verify resolves on a link that lives', is: 'skipped', said: 'not checked: the link has no verify' },
      {
        title: 'verify rejects when the link is dead, at the latest when its signal is aborted',
        is: 'skipped',
        said: 'not checked: the world has none of silenceServer, loseLink',
      },
    ]);
    expect(titlesOf(verdicts, 'broken')).toEqual([]);
  });

  test('fails where the runner cannot skip it then, and says what to do', async () => {
    const verdicts = await judgeTransport(() => poorWorld(), { skipsBy: 'nothing' });
    const loud = verdicts.filter(({ is }) => is === 'broken');
    expect(loud).toHaveLength(4);
    for (const { said } of loud) expect(said).toMatch(/^NotChecked: not checked: the (world|link) has n.+without: \[…\]/);
  });

  test('is skipped beforehand when it was named, with the reason in its title', async () => {
    const verdicts = await judgeTransport(() => poorWorld(), { skipsBy: 'nothing', without: ['loseLink', 'silenceServer', 'verify'] });
    expect(titlesOf(verdicts, 'broken')).toEqual([]);
    expect(titlesOf(verdicts, 'skipped')).toEqual([
      'close settles when the server is silent (not checked: the world has no silenceServer)',
      'a lost link is one error, or an interruption that ends in success or error (not checked: the world has no loseLink)',
      'verify resolves on a link that lives (not checked: the link has no verify)',
      'verify rejects when the link is dead, at the latest when its signal is aborted (not checked: the link has no verify)',
    ]);
  });

  test('is not passed over when the world can do it after all', async () => {
    const verdicts = await judgeTransport(() => memoryWorld(), { without: ['loseLink'] });
    expect(titlesOf(verdicts, 'kept')).toEqual([]);
    expect(verdicts.find(({ is }) => is === 'broken')?.said).toBe(
      "ConnectionOptionError: describeTransport: without must be free of 'loseLink', which this world can do, received object",
    );
  });
});

describe('what is handed over', () => {
  test('may be nothing where describe and it are globals', () => {
    const named: string[] = [];
    const globals: TestRunner = { describe: (name, body) => (named.push(name), body()), it: (name) => named.push(name) };
    vi.stubGlobal('describe', globals.describe);
    vi.stubGlobal('it', globals.it);
    try {
      describeTransport('mine', memoryWorld);
    } finally {
      vi.unstubAllGlobals();
    }
    expect(named[0]).toBe('mine');
    expect(named).toContain('close settles');
  });

  test('must be describe and it where there are no globals', () => {
    expect(() => describeTransport('mine', memoryWorld)).toThrow(ConnectionOptionError);
    expect(() => describeTransport('mine', memoryWorld)).toThrow(
      'describeTransport: options must be { describe, it } of your test runner, as describeTransport(name, makeWorld, { describe, it }), or its globals switched on, received no describe, and there is no global one',
    );
    expect(() => describeTransport('mine', memoryWorld, { describe })).toThrow(/received no it, and there is no global one/);
  });

  test('must be a function that makes worlds, and a world must be whole', async () => {
    expect(() => describeTransport('mine', memoryWorld() as never, { describe, it: test })).toThrow(/makeWorld must be a function/);
    for (const [field, message] of [
      ['transport', 'makeWorld().transport must be a Transport'],
      ['userId', 'makeWorld().userId must be the id of the user of goodToken'],
      ['goodToken', 'makeWorld().goodToken must be a token, or a function that gives one'],
      ['close', 'makeWorld().close must be a function'],
    ] as const) {
      const verdicts = await judgeTransport(() => ({ ...memoryWorld(), [field]: undefined }) as never);
      expect(new Set(verdicts.map(({ said }) => said))).toEqual(
        new Set([`ConnectionOptionError: describeTransport: ${message}, received undefined`]),
      );
    }
  });

  test('may fail itself: the problem is passed on as it is, and the world is closed', async () => {
    const close = vi.fn<() => void>();
    const verdicts = await judgeTransport(() =>
      memoryWorld(undefined, {
        close,
        goodToken: () => {
          throw new Error('the token server is down');
        },
      }),
    );
    expect(verdicts.find(({ title }) => title === 'close settles')?.said).toBe('Error: the token server is down');
    expect(close).toHaveBeenCalledTimes(verdicts.length);
  });
});
