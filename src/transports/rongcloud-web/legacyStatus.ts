import { codeToFailure } from '../../transport/codeTable.ts';
import { webLegacyStatuses } from './codes/webLegacyStatuses.ts';
import type { SdkEvents } from './Sdk.ts';

const connected = 0;
const connecting = 1;
/** From 201 to 204 the SDK tells how its address lookup goes. */
const lookingUp = 200;

/** Versions 2 and 4 tell everything by one number, and the outcome of the first connect a second time by its own way. */
export function readStatus(status: number, { connected: welcome, interrupted, ended }: SdkEvents, currentUserId: () => string): void {
  if (status === connected) return welcome(currentUserId());
  const failure = codeToFailure(webLegacyStatuses, status);
  // after any loss they try again every 5 s
  if (status === connecting || (status > lookingUp && status < lookingUp + 5) || failure.kind === 'network') return interrupted(failure);
  ended(failure);
}

/** While it is connecting or connected it ignores the next token. */
export function isInUse(status: number): boolean {
  return status === connected || status === connecting;
}
