import { describe, expect, test } from 'vitest';
import { codeToFailure, type CodeTable } from '../../src/transport/codeTable.ts';

const codes: CodeTable = { tokenIncorrect: { 31004: 'TOKEN_INCORRECT' }, kicked: { 31010: 'KICKED', 0: 'ZERO' } };

describe("A vendor's code is judged by its table alone", () => {
  test("a code of the table becomes its kind, with the vendor's name as the message", () => {
    expect(codeToFailure(codes, 31004)).toEqual({ kind: 'tokenIncorrect', code: 31004, message: 'TOKEN_INCORRECT' });
    expect(codeToFailure(codes, 31010)).toEqual({ kind: 'kicked', code: 31010, message: 'KICKED' });
    expect(codeToFailure(codes, 0)).toEqual({ kind: 'kicked', code: 0, message: 'ZERO' });
  });

  test('a code of no table is unknown, and kept', () => {
    expect(codeToFailure(codes, 4711)).toEqual({ kind: 'unknown', code: 4711, message: 'a code in no table' });
    expect(codeToFailure({}, 31004)).toEqual({ kind: 'unknown', code: 31004, message: 'a code in no table' });
  });

  test('a code that the table itself calls unknown has its name', () => {
    expect(codeToFailure({ unknown: { 7: 'SEVEN' } }, 7)).toEqual({ kind: 'unknown', code: 7, message: 'SEVEN' });
  });

  test('what is no number is no code, even when it reads like one', () => {
    for (const none of [undefined, null, '31004', NaN, Infinity, {}, [31004]])
      expect(codeToFailure(codes, none)).toEqual({ kind: 'unknown', message: 'the SDK gave no code' });
  });
});
