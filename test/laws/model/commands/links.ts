import fc from 'fast-check';
import { failure } from 'connection-machine';
import type { ConnectionModel } from '../ConnectionModel.ts';
import { expectedUser, type RealConnection } from '../realConnection.ts';
import { command } from './command.ts';
import { kind } from './kind.ts';

const isVerifying = (model: Readonly<ConnectionModel>) => model.isVerifying;
const hasLink = (model: Readonly<ConnectionModel>) => model.hasLink;

const link = (name: string, model: (model: ConnectionModel) => void, real: (real: RealConnection) => unknown) =>
  command({ name: `link: ${name}`, when: hasLink, model, real });

/** What the live link says. */
export const links = {
  success: fc.constantFrom(...Array<string>(9).fill(expectedUser), 'mallory').map((userId) =>
    link(
      `success for ${userId}`,
      (model) => model.succeeded(userId, expectedUser),
      ({ report }) => report().success({ userId }),
    ),
  ),
  refusal: fc.constant(
    link(
      'tokenIncorrect',
      (model) => model.linkFailed('tokenIncorrect'),
      ({ report }) => report().error(failure({ kind: 'tokenIncorrect' })),
    ),
  ),
  kick: fc.constant(
    link(
      'kicked',
      (model) => model.linkFailed('kicked'),
      ({ report }) => report().error(failure({ kind: 'kicked' })),
    ),
  ),
  interrupted: fc.constant(
    link(
      'interrupted',
      (model) => model.interrupted(),
      ({ report }) => report().interrupted(),
    ),
  ),
  fails: kind.map((why) =>
    link(
      why,
      (model) => model.linkFailed(why),
      ({ report }) => report().error(failure({ kind: why })),
    ),
  ),
  hints: fc.integer({ min: 0, max: 60_000 }).map((retryAfter) =>
    link(
      'server, with a hint',
      (model) => model.linkFailed('server', retryAfter),
      ({ report }) => report().error(failure({ kind: 'server', retryAfter })),
    ),
  ),
  database: fc.boolean().map((ok) =>
    link(
      ok ? 'database opened' : 'database failed',
      (model) => model.databaseReported(ok),
      ({ report }) => report().dbOpened({ ok }),
    ),
  ),
  verified: fc.constant(
    command({ name: 'link: verified', when: isVerifying, model: (model) => model.verified(), real: ({ verified }) => verified() }),
  ),
  notVerified: fc.constant(
    command({
      name: 'link: not verified',
      when: isVerifying,
      model: (model) => model.linkFailed('network'),
      real: ({ notVerified }) => notVerified(failure({ kind: 'network' })),
    }),
  ),
};
