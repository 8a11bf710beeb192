import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { SecretToken } from 'connection-machine/machine';

describe('a secret token', () => {
  const token = new SecretToken('tok-1', 1_700_000_000_000);

  test('prints as [secret], however it is printed, with all that is around it', () => {
    expect([String(token), JSON.stringify({ token }), inspect({ token }), `${token}`]).toEqual([
      '[secret]',
      '{"token":"[secret]"}',
      '{ token: [secret] }',
      '[secret]',
    ]);
    expect(structuredClone(token)).toEqual({ expiresAt: 1_700_000_000_000 });
  });

  test('equals a token of the same text, whenever that ends, and nothing else', () => {
    expect(token.equals(new SecretToken('tok-1'))).toBe(true);
    expect(token.equals(new SecretToken('tok-2', 1_700_000_000_000))).toBe(false);
    expect(token.equals(undefined)).toBe(false);
  });

  test('is refused by the name of its option when it is none, and never quoted', () => {
    expect(() => new SecretToken('')).toThrow(/^token must be a string of 1 to 131072 characters, received a string of 0/);
    expect(() => new SecretToken('x'.repeat(131_073))).toThrow(/received a string of 131073/);
    expect(new SecretToken('x'.repeat(131_072)).reveal()).toHaveLength(131_072);
  });
});
