/** Who can sign in to the demo app. */
export const people = ['alice', 'bob'] as const;

export type Person = (typeof people)[number];

export function isPerson(value: unknown): value is Person {
  return (people as readonly unknown[]).includes(value);
}
