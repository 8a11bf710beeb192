import { failure, type Failure } from '../../../machines/connection/failure.ts';
import { codeToFailure } from '../../transport/codeTable.ts';
import { webLegacyStatuses } from './codes/webLegacyStatuses.ts';
import type { SdkEvents } from './Sdk.ts';

const connected = 0;
const connecting = 1;
const disconnected = 2;
/** How its address lookup goes. */
const lookingUp = [201, 202];
const websocketUnavailable = 7;
const netUnavailable = 30002;
const naviFailed = 30007;
const naviUnknown = -2;

/** Versions 2 and 4 tell everything by one number, and the outcome of the first connect a second time by its own way. */
export function readStatus(status: number, events: SdkEvents, currentUserId: () => string): void {
  const { interrupted, ended } = events;
  if (status === connected) return events.connected(currentUserId());
  if (status === disconnected) return events.disconnected();
  if (status === connecting || lookingUp.includes(status)) {
    return interrupted(failure({ kind: 'network', message: 'the SDK is connecting again' }));
  }
  const reason = codeToFailure(webLegacyStatuses, status);
  // after any loss they try again every 5 s
  if (reason.kind === 'network') interrupted(reason);
  else ended(reason);
}

/** While it is connecting or connected it ignores the next token. */
export function isInUse(status: number): boolean {
  return status === connected || status === connecting;
}

/** What a refused token hides behind: in a reconnect, in the first connect (version 2), and in the lookup of addresses. */
export function mayHideRefusal({ code }: Failure): boolean {
  return code === websocketUnavailable || code === netUnavailable || code === naviFailed || code === naviUnknown;
}
