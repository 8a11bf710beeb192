import type { InspectMessage, ViewerMessage } from './InspectMessage.ts';

/**
 * Where messages go, and perhaps come back from. It is opened when inspection begins and closed when it ends; opening it must not throw
 * for want of a listener at the other end. A viewer reads from the same kind of channel, the other way round.
 *
 * @param receive is given whatever comes back, unchecked
 * @param opened is called whenever a way that was closed is open, for the first time or again: everything is told anew then
 */
export type InspectSink = (receive: (message: unknown) => void, opened?: () => void) => OpenSink;

export interface OpenSink {
  send(message: InspectMessage | ViewerMessage): void;
  close(): void;
}
