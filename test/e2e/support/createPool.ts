/** Runs so many tasks at one time; the others wait for their turn. */
export function createPool(size: number): <Result>(task: () => Promise<Result>) => Promise<Result> {
  const waiting: (() => void)[] = [];
  let free = size;
  return async (task) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await task();
    } finally {
      // whoever is next takes the place over
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}
