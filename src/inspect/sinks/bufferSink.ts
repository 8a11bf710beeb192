import { mustBe } from '../../../machines/connection/ConnectionOptionError.ts';
import type { InspectMessage } from '../InspectMessage.ts';
import type { InspectSink } from '../InspectSink.ts';

/** Keeps the latest messages, oldest first: for a test, a debug menu, a crash reporter. @param size @default 200 */
export function bufferSink(size = 200): InspectSink & { readonly messages: readonly InspectMessage[] } {
  mustBe(Number.isInteger(size) && size > 0, 'size', 'a whole number of at least 1', size);
  const messages: InspectMessage[] = [];
  const sink: InspectSink = () => ({
    send(message) {
      messages.push(message as InspectMessage);
      if (messages.length > size) messages.shift();
    },
    close: () => undefined,
  });
  return Object.assign(sink, { messages });
}
