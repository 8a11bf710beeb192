import fc from 'fast-check';
import { describe, test } from 'vitest';
import { failureKinds } from 'connection-machine';
import { commands } from './model/commands.ts';
import { ConnectionModel } from './model/ConnectionModel.ts';
import { realConnection } from './model/realConnection.ts';
import { statuses } from '../support/worldIn.ts';
import { often, untilReached, witness } from './support/walk.ts';

describe('a model that is simpler than the chart', () => {
  test('and the connection agree about all that a user can see, whatever happens', async () => {
    const reached = witness();
    const law = fc.asyncProperty(fc.commands(commands, { maxCommands: 60, size: 'max' }), fc.integer(), (some, seed) =>
      fc.asyncModelRun(() => ({ model: new ConnectionModel(), real: realConnection(seed, reached) }), some),
    );
    // links close at once here, so `closing` is left before anybody looks
    const resting = statuses.filter((status) => status !== 'closing');
    const endings = failureKinds.flatMap((kind) => [`link: ${kind}`, `token server: ${kind}`]);
    await untilReached(
      () => fc.assert(law, often(800)),
      () => {
        reached.atLeast(20, ...resting, 'a moment comes', 'set token', 'retry', 'cancel', 'woke', 'foreground', 'online', 'offline');
        reached.atLeast(3, ...endings, 'link: success for mallory', 'too many renewals');
      },
    );
  });
});
