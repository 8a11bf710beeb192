import fc from 'fast-check';
import { failure } from 'connection-machine';
import type { ConnectionModel } from '../ConnectionModel.ts';
import { command } from './command.ts';
import { kind } from './kind.ts';
import { lastOf, token } from './tokens.ts';

const isAsking = ({ status }: Readonly<ConnectionModel>) => status === 'fetchingToken';

/** What the App Server says to a token request. That it says nothing is in `time`. */
export const tokenServer = {
  answers: token.map((name) =>
    command({
      name: 'token server: answers',
      when: isAsking,
      model: (model) => model.tokenAnswered(name),
      real: ({ answer }) => answer(name),
    }),
  ),
  answersRefused: fc.constant(
    command({
      name: 'token server: answers with a refused token',
      when: (model) => isAsking(model) && model.refused.size > 0,
      model: (model) => model.tokenAnswered(lastOf(model.refused)),
      real: ({ answer }, { refused }) => answer(lastOf(refused)),
    }),
  ),
  fails: kind.map((why) =>
    command({
      name: `token server: ${why}`,
      when: isAsking,
      model: (model) => model.tokenFailed(why),
      real: ({ refuse }) => refuse(failure({ kind: why })),
    }),
  ),
};
