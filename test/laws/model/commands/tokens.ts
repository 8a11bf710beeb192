import fc from 'fast-check';

/** Tokens by number: a small number comes again and again, refused or not. */
export const token = fc.nat(5).map((number) => `token-${number}`);
export const lastOf = (refused: ReadonlySet<string>): string => [...refused].at(-1)!;
