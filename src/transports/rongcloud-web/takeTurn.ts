/** Who uses an SDK last. An app may make a new transport over the same SDK while the old one is still letting go of it. */
const queues = new WeakMap<object, Promise<void>>();

/** One session at a time: `vacant` resolves when all the sessions before have left. */
export function takeTurn(sdk: object): { readonly vacant: Promise<void>; leave(): void } {
  const vacant = queues.get(sdk) ?? Promise.resolve();
  let resolve: () => void;
  const left = new Promise<void>((resolveLeft) => {
    resolve = resolveLeft;
  });
  // who leaves before it was let in does not open the door for the next
  const next = Promise.all([vacant, left]).then(() => undefined);
  queues.set(sdk, next);
  return { vacant, leave: () => resolve() };
}
