import type { Connection } from 'connection-machine';
import { describeChange } from '../shared/describeChange.ts';
import type { Fact, Tell } from '../shared/Fact.ts';
import { nameFailure } from '../shared/nameFailure.ts';

/** Turns what one connection emits into facts, each with the snapshot of its moment. */
export function watchConnection(connection: Connection, tell: Tell, device?: string): void {
  const say = (
    what: Fact['what'],
    text: string,
    { failure, snapshot = connection.getSnapshot() }: Pick<Fact, 'failure' | 'snapshot'> = {},
  ) =>
    tell({
      actor: 'brain',
      what,
      text: device ? `${device}: ${text}` : text,
      snapshot,
      ...(failure && { failure }),
      ...(device && { device }),
    });

  connection.on('change', ({ previous, current }) =>
    say('changed', describeChange(previous, current), { snapshot: current, ...(current.failure && { failure: current.failure }) }),
  );
  connection.on('databaseOpened', () => say('databaseOpened', 'event databaseOpened'));
  connection.on('connected', ({ userId }) => say('connected', `event connected: ${userId}`));
  connection.on('tokenRenewed', ({ reason }) => say('tokenRenewed', `event tokenRenewed, reason: ${reason}`));
  connection.on('prompt', ({ failure }) => say('prompted', `event prompt: ${nameFailure(failure)}`, { failure }));
  connection.on('kicked', ({ failure }) => say('kicked', `event kicked: ${nameFailure(failure)}`, { failure }));
  connection.on('failed', ({ failure }) => say('failed', `event failed: ${nameFailure(failure)}`, { failure }));
  connection.on('disconnected', () => say('disconnected', 'event disconnected'));
}
