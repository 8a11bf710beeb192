import { failureKinds, toFailure } from '../../machines/connection/failure.ts';
import type { AnyEventObject } from 'xstate';

type Maker = (asked: Readonly<Record<string, unknown>>) => AnyEventObject | undefined;

const plain =
  (type: string): Maker =>
  () => ({ type });

const failing =
  (type: string): Maker =>
  ({ kind, code }) =>
    failureKinds.some((one) => one === kind) ? { type, failure: toFailure({ kind, code, message: 'sent from an inspector' }) } : undefined;

/** What a viewer may ask for, made anew from the few fields that are looked at. A token cannot be sent: it would have to be shown first. */
const makers: Readonly<Record<string, Maker>> = {
  'user.connect': ({ userWaiting }) => ({ type: 'user.connect', userWaiting: userWaiting !== false }),
  'user.disconnect': ({ logout }) => ({ type: 'user.disconnect', logout: logout === true }),
  'user.retry': plain('user.retry'),
  'user.cancel': plain('user.cancel'),
  'network.online': plain('network.online'),
  'network.offline': plain('network.offline'),
  'app.foregrounded': plain('app.foregrounded'),
  'app.backgrounded': plain('app.backgrounded'),
  'app.woke': ({ sleptMs }) =>
    typeof sleptMs === 'number' && sleptMs >= 0 && sleptMs < Infinity ? { type: 'app.woke', sleptMs } : undefined,
  'link.failed': failing('link.failed'),
  'link.interrupted': failing('link.interrupted'),
};

/** The types that can be sent to a connection from a viewer that the app has allowed to. */
export const sendableEvents: readonly string[] = Object.keys(makers);

/** The event that a viewer has asked for; `undefined` for what it may not ask for. Of a machine that is not ours, the type alone is taken. */
export function toSendableEvent(asked: unknown, isOurs: boolean): AnyEventObject | undefined {
  if (typeof asked !== 'object' || asked === null) return undefined;
  const { type } = asked as { type?: unknown };
  if (typeof type !== 'string') return undefined;
  // XState's own events are its own
  if (!isOurs) return type.startsWith('xstate.') || type === '*' ? undefined : { type };
  return sendableEvents.includes(type) ? makers[type]?.(asked as Record<string, unknown>) : undefined;
}
