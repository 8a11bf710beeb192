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
    const beginning = fc.record({ seed: fc.integer(), token: fc.constantFrom(undefined, 'token-0'), canVerify: fc.boolean() });
    const law = fc.asyncProperty(fc.commands(commands, { maxCommands: 100, size: 'max' }), beginning, (some, given) =>
      fc.asyncModelRun(() => ({ model: new ConnectionModel(given), real: realConnection({ ...given, reached }) }), some),
    );
    // links close at once here, so `closing` is left before anybody looks
    const resting = statuses.filter((status) => status !== 'closing');
    const limits = ['a promise to a person', 'fetchingToken', 'connecting', 'connected', 'verifying', 'recovering', 'waiting'].map(
      (what) => `the end of: ${what}`,
    );
    const isFinal = ['kicked', 'failed'].flatMap((status) =>
      ['online', 'offline', 'woke', 'foreground', 'set token', 'retry', 'cancel'].map((what) => `${what} in ${status}`),
    );
    const endings = failureKinds.flatMap((kind) => [`link: ${kind}`, `token server: ${kind}`]);

    await untilReached(
      () => fc.assert(law, often(1200)),
      () => {
        reached.atLeast(
          20,
          ...resting,
          'set token',
          'set the token that it has',
          'retry',
          'cancel',
          'woke',
          'foreground',
          'online',
          'offline',
        );
        reached.atLeast(3, ...endings, 'link: success for mallory', 'too many renewals', 'link: verified', 'link: not verified');
        reached.atLeast(2, ...isFinal);
        reached.atLeast(3, 'set a refused token', 'token server: answers with a refused token', ...limits);
      },
    );
  });
});
