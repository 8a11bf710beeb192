interface Moment {
  readonly name: string;
  comes(wait: (ms: number) => Promise<void>): Promise<unknown>;
}

/** How many moments beside the first three. */
const count = 6;

/** Moments within (and a little beyond) an opening that takes `ms`, spread evenly without being regular; the same in each run. */
export function momentsOf(ms: number): readonly Moment[] {
  const later = Array.from({ length: count }, (_, index): Moment => {
    const at = Math.ceil((((index + 1) * 0.618) % 1) * ms * 1.2);
    return { name: `${at} ms after open`, comes: (wait) => wait(at) };
  });
  return [
    { name: 'right after open', comes: () => Promise.resolve() },
    {
      name: 'some promises after open',
      comes: () =>
        Promise.resolve()
          .then(() => undefined)
          .then(() => undefined),
    },
    { name: 'one task after open', comes: (wait) => wait(0) },
    ...later,
  ];
}
