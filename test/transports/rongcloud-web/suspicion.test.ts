import { describe, expect, it } from 'vitest';
import { SecretToken } from '../../../machines/connection/SecretToken.ts';
import { createSuspicion } from '../../../src/transports/rongcloud-web/createSuspicion.ts';

const lost = { kind: 'network', code: 30002, message: 'RC_NET_UNAVAILABLE' } as const;
const token = new SecretToken('one');
const other = new SecretToken('two');
const login = {};
const answered = { wasAnswered: true, token, login };

function kindsOf(suspicion: ReturnType<typeof createSuspicion>, circumstances: Parameters<typeof suspicion.judge>[1], times: number) {
  return Array.from({ length: times }, () => suspicion.judge(lost, circumstances).kind);
}

describe('a network error that may hide a refused token', () => {
  it('is taken for one at the third answer that let nobody in', () => {
    expect(kindsOf(createSuspicion(), answered, 3)).toEqual(['network', 'network', 'tokenIncorrect']);
  });

  it('keeps the code of the SDK, and says what was done', () => {
    const suspicion = createSuspicion();
    kindsOf(suspicion, answered, 2);
    expect(suspicion.judge(lost, answered)).toEqual({
      kind: 'tokenIncorrect',
      code: 30002,
      message: expect.stringContaining('RC_NET_UNAVAILABLE'),
    });
  });

  it('stays a network error when the server has not said a word, however often', () => {
    expect(new Set(kindsOf(createSuspicion(), { ...answered, wasAnswered: false }, 50))).toEqual(new Set(['network']));
  });

  it('leads to one renewal only: when the new token fares no better, it was not the token', () => {
    const suspicion = createSuspicion();
    kindsOf(suspicion, answered, 3);
    expect(new Set(kindsOf(suspicion, { ...answered, token: other }, 50))).toEqual(new Set(['network']));
  });

  it('may lead to another one after somebody got in', () => {
    const suspicion = createSuspicion();
    kindsOf(suspicion, answered, 3);
    suspicion.clear();
    expect(kindsOf(suspicion, { ...answered, token: other }, 3)).toEqual(['network', 'network', 'tokenIncorrect']);
  });

  it('and in another login', () => {
    const suspicion = createSuspicion();
    kindsOf(suspicion, answered, 3);
    expect(kindsOf(suspicion, { ...answered, token: other, login: {} }, 3)).toEqual(['network', 'network', 'tokenIncorrect']);
  });

  it('is counted for each token anew', () => {
    const suspicion = createSuspicion();
    kindsOf(suspicion, answered, 2);
    expect(kindsOf(suspicion, { ...answered, token: other }, 3)).toEqual(['network', 'network', 'tokenIncorrect']);
  });
});
