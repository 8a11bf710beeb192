import fc from 'fast-check';
import type { ConnectionModel } from '../ConnectionModel.ts';
import { command, mostly } from './command.ts';
import { lastOf, token } from './tokens.ts';

const isAwake = ({ status }: Readonly<ConnectionModel>) => status !== 'idle';
/** Where an answer means something, or must not. */
const awaitsPerson = ({ status }: Readonly<ConnectionModel>) => status === 'prompting' || status === 'kicked' || status === 'failed';

/** What the app calls. */
export const app = {
  connect: fc.boolean().map((userWaiting) =>
    command({
      name: userWaiting ? 'connect' : 'connect silently',
      model: (model) => model.connect(userWaiting),
      real: ({ connection }) => connection.connect({ userWaiting }),
    }),
  ),
  disconnect: fc.boolean().chain((logout) =>
    mostly(isAwake, {
      name: logout ? 'log out' : 'disconnect',
      model: (model) => model.disconnect(logout),
      real: ({ connection }) => connection.disconnect({ logout }),
    }),
  ),
  retry: mostly(awaitsPerson, { name: 'retry', model: (model) => model.retryNow(), real: ({ connection }) => connection.retry() }),
  cancel: mostly(awaitsPerson, { name: 'cancel', model: (model) => model.cancel(), real: ({ connection }) => connection.cancel() }),
  newToken: token.chain((name) =>
    mostly(isAwake, { name: 'set token', model: (model) => model.setToken(name), real: ({ connection }) => connection.setToken(name) }),
  ),
  sameToken: fc.constant(
    command({
      name: 'set the token that it has',
      when: (model) => isAwake(model) && model.token !== undefined,
      model: (model) => model.setToken(model.token!),
      real: ({ connection }, model) => connection.setToken(model.token!),
    }),
  ),
  refusedToken: fc.constant(
    command({
      name: 'set a refused token',
      when: ({ refused }) => refused.size > 0,
      model: (model) => model.setToken(lastOf(model.refused)),
      real: ({ connection }, { refused }) => connection.setToken(lastOf(refused)),
    }),
  ),
};
