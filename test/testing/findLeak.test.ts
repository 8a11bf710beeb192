import { expect, test } from 'vitest';
import { SecretToken } from '../../machines/connection/SecretToken.ts';
import { findLeak } from '../../src/testing/findLeak.ts';
import { createRedactor } from '../../src/token/redactor.ts';
import { carriers } from '../laws/support/leaks.ts';

const token = 'eyJ.tok/en+7f3a=';
const redactor = createRedactor();
redactor.learn(new SecretToken(token));
const find = (value: unknown) => findLeak(value, (text) => redactor.text(text) !== text, 'report.error(…)');

// nobody can look into a promise without waiting for it
const { promise: _promise, ...seen } = carriers;

test.each(Object.entries(seen))('a token is found in what an SDK may report: %s', (_, carrier) => {
  expect(find(carrier(token))).toMatch(/^report\.error\(…\)/);
  expect(find(carrier('another-token-that-is-not-ours'))).toBeUndefined();
});

test('the place is named, and the token is not', () => {
  const path = find({
    kind: 'network',
    cause: new Error('failed', { cause: { request: { headers: [{ authorization: `Bearer ${token}` }] } } }),
  });
  expect(path).toBe('report.error(…).cause.cause.request.headers.0.authorization');
  expect(find({ [token]: 1 })).toBe('report.error(…) (the name of a field)');
});

test('a SecretToken is no leak, and what throws when it is looked at is survived', () => {
  expect(find({ token: new SecretToken(token) })).toBeUndefined();
  const hostile = {
    get trap(): never {
      throw new Error('do not look');
    },
  };
  expect(find(hostile)).toBeUndefined();
  expect(
    find(
      new Proxy(
        {},
        {
          ownKeys: () => {
            throw new Error('nor here');
          },
        },
      ),
    ),
  ).toBeUndefined();
});
