import type { RongCloudBehaviour } from '../../local-rongcloud/server/behaviour.ts';
import { connackStatuses } from '../../local-rongcloud/server/statuses.ts';
import type { FaultState } from '../shared/faults.ts';

/** The byte that RongCloud's servers say "server unavailable" with. They have no way to say for how long. */
const unavailable = 3;
/** A byte that stands in no table: the SDK makes no code of it. */
const unheardOf = 24;
/** What a restart looks like: its clients are sent to the address lookup again, and find the server there. */
export const redirect = 6;

/** The IM server's switches in RongCloud's words. */
export function behaviourFor({ imServer, errorCode, blocked }: FaultState): Partial<RongCloudBehaviour> {
  return {
    upgrade: imServer === 'refuse' ? 'refuse' : 'normal',
    connack: connackFor(imServer, errorCode),
    // A hung server is silent for those inside, too.
    pong: imServer === 'hang' ? 'silent' : 'normal',
    blocked,
  };
}

function connackFor(mode: FaultState['imServer'], errorCode: number): RongCloudBehaviour['connack'] {
  switch (mode) {
    case 'hang':
      return 'hang';
    case 'busy':
      return { status: unavailable };
    case 'error':
      return { status: statusOf(errorCode) };
    case 'normal':
    case 'refuse':
      return 'normal';
  }
}

/** The byte that becomes this code in the SDK. */
function statusOf(errorCode: number): number {
  const found = Object.entries(connackStatuses).find(([, { code }]) => code === errorCode);
  return found ? Number(found[0]) : unheardOf;
}
