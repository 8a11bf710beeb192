import type fc from 'fast-check';
import { app } from './commands/app.ts';
import type { Command } from './commands/command.ts';
import { links } from './commands/links.ts';
import { platform } from './commands/platform.ts';
import { time } from './commands/time.ts';
import { tokenServer } from './commands/tokenServer.ts';

/** The laws that the comparison would see broken. */
export const modelledLaws: readonly number[] = [1, 4, 5, 6, 8, 9, 10, 11, 12, 13, 17, 19];

const weighed: readonly (readonly [weight: number, command: fc.Arbitrary<Command>])[] = [
  // what leads on comes more often, or no story would get far
  [6, app.connect],
  [2, app.disconnect],
  [3, app.retry],
  [1, app.cancel],
  [2, app.newToken],
  [1, app.sameToken],
  [1, app.refusedToken],
  [6, tokenServer.answers],
  [1, tokenServer.answersRefused],
  [2, tokenServer.fails],
  [9, links.success],
  [3, links.refusal],
  [3, links.interrupted],
  [1, links.kick],
  [3, links.fails],
  [1, links.hints],
  [1, links.database],
  [8, links.verified],
  [4, links.notVerified],
  [3, platform.network],
  [3, platform.woke],
  [1, platform.foreground],
  [2, time.some],
  [5, time.untilSomethingHappens],
];

/** Each as often as it weighs. */
export const commands: fc.Arbitrary<Command>[] = weighed.flatMap(([weight, one]) => Array<fc.Arbitrary<Command>>(weight).fill(one));
