import { describe, expect, test } from 'vitest';
import { withDatabase, type OpenLink, type OpenRequest, type Transport, type TransportReport } from 'connection-machine';
import { SecretToken } from 'connection-machine/machine';

const settle = () => new Promise((resolve) => setImmediate(resolve));

/** A transport with a database, in the hands of a test instead of the brain. */
function take({ logout, ...given }: { link?: OpenLink; logout?: Transport['logout'] } = {}) {
  const opening: { resolve(): void; reject(why: unknown): void }[] = [];
  let inner!: TransportReport;
  const closes: unknown[] = [];
  const transport = withDatabase(
    {
      ...(logout && { logout }),
      open: (_, report) => {
        inner = report;
        return 'link' in given ? given.link : { close: (how) => void closes.push(how) };
      },
    },
    () => new Promise<void>((resolve, reject) => opening.push({ resolve, reject })),
  );
  const open = (login?: object) => {
    const controller = new AbortController();
    const heard: unknown[] = [];
    const request: OpenRequest = { token: new SecretToken('t'), signal: controller.signal, ...(login && { login }) };
    const report: TransportReport = {
      dbOpened: (status) => void heard.push(status),
      success: (user) => void heard.push(user),
      interrupted: () => void heard.push('interrupted'),
      error: () => void heard.push('error'),
    };
    return { link: transport.open(request, report), heard, abort: () => controller.abort(), inner: () => inner };
  };
  return { transport, open, opening, closes };
}

describe('withDatabase, without the brain', () => {
  for (const how of ['closed', 'aborted'] as const) {
    test(`a link that was ${how} hears nothing of the database any more; the next one of the login does`, async () => {
      const { open, opening, closes } = take();
      const login = {};
      const first = open(login);
      await settle();
      if (how === 'closed') void first.link.close({ logout: true });
      else first.abort();
      opening[0]!.resolve();
      await settle();
      expect(first.heard).toEqual([]);
      expect(closes).toEqual(how === 'closed' ? [{ logout: true }] : []);
      const second = open(login);
      expect(second.heard).toEqual([{ ok: true }]);
      expect(opening).toHaveLength(1);
      // told once
      expect(open(login).heard).toEqual([]);
    });

    test(`a link that was ${how} does not hear that it failed; the next one tries again`, async () => {
      const { open, opening } = take();
      const login = {};
      const first = open(login);
      await settle();
      if (how === 'closed') void first.link.close();
      else first.abort();
      opening[0]!.reject(new Error('no disk'));
      await settle();
      expect(first.heard).toEqual([]);
      const second = open(login);
      await settle();
      opening[1]!.reject(new Error('no disk'));
      await settle();
      expect(second.heard).toEqual([{ ok: false }]);
    });
  }

  test('requests without a login are logins of their own', async () => {
    const { open, opening } = take();
    open();
    open();
    await settle();
    expect(opening).toHaveLength(2);
  });

  test('a user whose id is no text is nobody: the database stays as it is', async () => {
    const { open, opening } = take();
    const one = open({});
    await settle();
    opening[0]!.resolve();
    await settle();
    one.inner().success({ userId: 'alice' });
    one.inner().success({ userId: 7 as unknown as string });
    await settle();
    expect(opening).toHaveLength(1);
  });

  test('a known user’s database that opens late waits for that user', async () => {
    const { open, opening } = take();
    const login = {};
    const first = open(login);
    await settle();
    first.inner().success({ userId: 'alice' });
    first.abort();
    opening[0]!.resolve();
    await settle();
    const second = open(login);
    expect(second.heard).toEqual([]);
    second.inner().success({ userId: 'alice' });
    expect(second.heard).toEqual([{ userId: 'alice' }, { ok: true }]);
  });

  test('what a transport returns instead of a link is passed on; a link that may not be changed goes by its signal', async () => {
    const nothing = undefined as unknown as OpenLink;
    expect(take({ link: nothing }).open({}).link).toBeUndefined();
    const notClosable = { close: 'no' } as unknown as OpenLink;
    expect(take({ link: notClosable }).open({}).link.close).toBe('no');
    const frozen: OpenLink = Object.freeze({ close: () => undefined });
    const { open, opening } = take({ link: frozen });
    const first = open({});
    expect(first.link).toBe(frozen);
    await settle();
    first.abort();
    opening[0]!.resolve();
    await settle();
    expect(first.heard).toEqual([]);
  });

  test('a transport that can sign out still can, and one that cannot still cannot', () => {
    let signedOut = 0;
    void take({ logout: () => void (signedOut += 1) }).transport.logout?.();
    expect(signedOut).toBe(1);
    expect(take().transport.logout).toBeUndefined();
  });
});
