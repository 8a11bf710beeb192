import { beforeEach, describe, expect, test } from 'vitest';
import { SecretToken } from 'connection-machine/machine';
import { createRedactor, type Redactor } from '../../src/token/redactor.ts';

/** A token with everything in it that is written differently somewhere. */
const token = 'a"b\\c d!e~f(g)h\'i*é';
let redactor: Redactor;
// not on import: mutation testing asks which test runs what
beforeEach(() => {
  redactor = createRedactor();
  redactor.learn(new SecretToken(token));
});

describe('A token that somebody quotes is taken out', () => {
  const inJson = JSON.stringify(token).slice(1, -1);
  test.each([
    ['as it is', token],
    ['in JSON', JSON.stringify({ token })],
    ['in a sentence in JSON', JSON.stringify({ message: `no ${token} here` })],
    ['in JSON in JSON', JSON.stringify(JSON.stringify({ token }))],
    ['in a URL', `wss://im/?token=${encodeURIComponent(token)}`],
    ['in a form', new URLSearchParams({ token }).toString()],
    ['twice', `${token} and ${token}`],
  ])('%s', (_, said) => {
    const clean = redactor.text(said);
    expect(clean).toContain('[secret]');
    for (const piece of ['c d', 'f(g)', inJson.slice(0, 4), 'e~f', 'c%20d', 'c+d', 'f%28g', 'i*%C3']) expect(clean).not.toContain(piece);
  });

  test('with half a character in it, in a URL', () => {
    const halved = createRedactor();
    halved.learn(new SecretToken('half\ud800character'));
    expect(halved.text(`?t=${encodeURIComponent('half\ufffdcharacter')}`)).toBe('?t=[secret]');
  });

  test('and nothing else is, before and after', () => {
    expect(createRedactor().text('Stryker was here, and a token')).toBe('Stryker was here, and a token');
    expect(redactor.text('abc')).toBe('abc');
  });

  test('the latest are known, however many there were', () => {
    const many = createRedactor();
    for (let count = 0; count < 100; count++) many.learn(new SecretToken(`token-number-${count};`));
    expect(many.text('token-number-99; token-number-0;')).toBe('[secret] token-number-0;');
  });
});

describe('A detail is copied, so that nothing hides in it', () => {
  test('texts, fields, names of fields, lists and what is in them', () => {
    expect(redactor.detail({ text: token, list: ['x', token, { deep: token }], [token]: 1, no: null, count: 7, yes: true })).toEqual({
      text: '[secret]',
      list: ['x', '[secret]', { deep: '[secret]' }],
      '[secret]': 1,
      no: null,
      count: 7,
      yes: true,
    });
  });

  test('functions and symbols are left out', () => {
    expect(redactor.detail({ run: () => token, sign: Symbol(token) })).toEqual({});
    expect([redactor.detail(Symbol(token)), redactor.detail(() => token)]).toEqual([undefined, undefined]);
  });

  test('an error keeps its name, message, stack, cause and fields', () => {
    const error = Object.assign(new TypeError(`no ${token}`, { cause: { token } }), { code: 'E', from: token });
    error.stack = `TypeError: no ${token}\n    at home`;
    const copy = redactor.detail(error) as TypeError & { code: string; from: string };
    expect(copy).toBeInstanceOf(Error);
    expect([copy.name, copy.message, copy.stack, copy.cause, copy.code, copy.from]).toEqual([
      'TypeError',
      'no [secret]',
      'TypeError: no [secret]\n    at home',
      { token: '[secret]' },
      'E',
      '[secret]',
    ]);
  });

  test('an error without a stack has none of its own in the copy either', () => {
    const error = new Error('bare');
    delete error.stack;
    expect((redactor.detail(error) as Error).message).toBe('bare');
  });

  test('four levels and twenty items of each are enough', () => {
    expect(redactor.detail({ a: { b: { c: { d: 1 } } } })).toEqual({ a: { b: { c: { d: 1 } } } });
    expect(redactor.detail({ a: { b: { c: { d: {} } } } })).toEqual({ a: { b: { c: { d: '…' } } } });
    expect(redactor.detail([[[[[1]]]]])).toEqual([[[['…']]]]);
    expect(redactor.detail(Array.from({ length: 30 }, () => 1))).toHaveLength(20);
    expect(Object.keys(redactor.detail(Object.fromEntries(Array.from({ length: 30 }, (_, n) => [n, n]))) as object)).toHaveLength(20);
    const chain = new Error('1', {
      cause: new Error('2', { cause: new Error('3', { cause: new Error('4', { cause: new Error('5') }) }) }),
    });
    expect(JSON.stringify(depthOf(redactor.detail(chain)))).toBe('["1","2","3","4","…"]');
  });

  test('what cannot be read is withheld', () => {
    const hostile = {
      get token(): string {
        throw new Error(token);
      },
    };
    expect(redactor.detail(hostile)).toBe('[withheld: it cannot be read]');
  });
});

/** The messages of an error and its causes. */
function depthOf(detail: unknown): unknown[] {
  return detail instanceof Error ? [detail.message, ...depthOf(detail.cause)] : detail === undefined ? [] : [detail];
}
