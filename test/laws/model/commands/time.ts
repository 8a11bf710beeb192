import fc from 'fast-check';
import type { ConnectionModel } from '../ConnectionModel.ts';
import type { RealConnection } from '../realConnection.ts';
import { compare, type Command } from './command.ts';

/** Time passes until then, from one moment at which something happens by itself to the next. */
async function passUntil(end: number, model: ConnectionModel, real: RealConnection): Promise<void> {
  for (let { next } = model; next !== undefined && next <= end; { next } = model) {
    await real.advance(next - model.now);
    model.now = next;
    const what = model.promise === next ? 'a promise to a person' : model.isVerifying ? 'verifying' : model.status;
    model.pass();
    compare(model, real, `the end of: ${what}`);
  }
  await real.advance(end - model.now);
  model.now = end;
  compare(model, real, 'time passes');
}

const pass = (ms: number): Command => ({
  check: () => true,
  run: (model, real) => passUntil(model.now + ms, model, real),
  toString: () => `${ms} ms pass`,
});

/** Every limit is met to the ms, and nothing happens a ms before it. */
const passUntilSomethingHappens: Command = {
  check: ({ next }) => next !== undefined,
  async run(model, real) {
    const { next = 0 } = model;
    if (next > model.now) await passUntil(next - 1, model, real);
    await passUntil(next, model, real);
  },
  toString: () => 'time passes until something happens',
};

/** Time passes; whoever should have answered meanwhile has hung. */
export const time = {
  some: fc.constantFrom(1, 300, 5_003, 12_000, 40_000).map(pass),
  untilSomethingHappens: fc.constant<Command>(passUntilSomethingHappens),
};
