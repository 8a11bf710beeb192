import { failure, type TokenRequest } from 'connection-machine';
import { fakeTokenProvider, TestingError } from 'connection-machine/testing';
import { describe, expect, test } from 'vitest';

function request(reason: TokenRequest['reason'] = 'initial') {
  const controller = new AbortController();
  return { reason, attempt: 0, signal: controller.signal, abort: () => controller.abort() };
}

test('without a script every request gets a token of its own', async () => {
  const fetchToken = fakeTokenProvider();
  expect([await fetchToken(request()), await fetchToken(request())]).toEqual(['token-1', 'token-2']);
});

test('the script is followed in order, and then come tokens of their own', async () => {
  const fetchToken = fakeTokenProvider({
    answers: ['first', { token: 'second', expiresAt: 5 }, failure({ kind: 'server', retryAfter: 100 }), ({ reason }) => `for ${reason}`],
  })
    .forbid()
    .reject({ kind: 'network' })
    .answer('last');
  expect(await fetchToken(request())).toBe('first');
  expect(await fetchToken(request())).toEqual({ token: 'second', expiresAt: 5 });
  await expect(fetchToken(request())).rejects.toEqual({ kind: 'server', retryAfter: 100 });
  expect(await fetchToken(request('expired'))).toBe('for expired');
  await expect(fetchToken(request())).rejects.toEqual({ kind: 'forbidden' });
  await expect(fetchToken(request())).rejects.toEqual({ kind: 'network' });
  expect(await fetchToken(request())).toBe('last');
  expect(await fetchToken(request())).toBe('token-1');
});

test('a function of the script may throw', async () => {
  const fetchToken = fakeTokenProvider({
    answers: [
      () => {
        throw new TypeError('no network');
      },
    ],
  });
  await expect(fetchToken(request())).rejects.toThrow('no network');
  expect(fetchToken.last.state).toBe('rejected');
});

describe('a request that hangs', () => {
  test('is answered by hand', async () => {
    const fetchToken = fakeTokenProvider().hang();
    const answer = fetchToken(request());
    expect([fetchToken.inFlight, fetchToken.last.state]).toEqual([1, 'pending']);
    fetchToken.last.resolve('at last');
    expect(await answer).toBe('at last');
    expect([fetchToken.inFlight, fetchToken.last.state]).toEqual([0, 'answered']);
    expect(() => fetchToken.last.resolve('again')).toThrow(TestingError);
    expect(() => fetchToken.last.reject({ kind: 'server' })).toThrow(/reject on a request that is answered already/);
  });

  test('is refused by hand', async () => {
    const fetchToken = fakeTokenProvider().hang();
    const answer = fetchToken(request());
    fetchToken.last.reject({ kind: 'forbidden' });
    await expect(answer).rejects.toEqual({ kind: 'forbidden' });
  });

  test('rejects as fetch does when it is aborted, and is not in flight any more', async () => {
    const fetchToken = fakeTokenProvider().hang().hang();
    const [one, two] = [request(), request()];
    const answers = [fetchToken(one), fetchToken(two)];
    expect([fetchToken.inFlight, fetchToken.mostInFlight]).toEqual([2, 2]);
    one.abort();
    await expect(answers[0]).rejects.toMatchObject({ name: 'AbortError' });
    expect([fetchToken.inFlight, fetchToken.mostInFlight, fetchToken.requests.map(({ state }) => state)]).toEqual([
      1,
      2,
      ['aborted', 'pending'],
    ]);
    two.abort();
    await expect(answers[1]).rejects.toMatchObject({ name: 'AbortError' });
  });

  test('that was aborted before is not answered, and leaves its line of the script to the next', async () => {
    const fetchToken = fakeTokenProvider({ answers: ['only'] });
    const aborted = request();
    aborted.abort();
    await expect(fetchToken(aborted)).rejects.toMatchObject({ name: 'AbortError' });
    expect(await fetchToken(request())).toBe('only');
  });
});

test('what was asked is recorded: why, and after how many failures', async () => {
  const fetchToken = fakeTokenProvider();
  await fetchToken({ ...request('expired'), attempt: 2 });
  expect(fetchToken.requests).toHaveLength(1);
  expect(fetchToken.last).toMatchObject({ reason: 'expired', attempt: 2, state: 'answered' });
});

test('mistakes of the test are named', () => {
  expect(() => fakeTokenProvider().last).toThrow(/no token was asked for yet/);
  expect(() => fakeTokenProvider().reject({ kind: 'sever' as never })).toThrow(/reject wants a failure of a known kind.*server/);
  expect(() => fakeTokenProvider({ answers: [{ kind: 'oops' as never }] })).toThrow(/answers wants a failure of a known kind/);
});
