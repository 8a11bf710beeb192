import { withGoodbye } from './withGoodbye.ts';
import type { InspectSink } from '../InspectSink.ts';

/** The channel's name, unless told otherwise. */
const inspectChannel = 'connection-machine.inspect';

/**
 * For a viewer in another tab or frame of the same origin: nobody else can listen on a `BroadcastChannel`.
 * Where there is none (React Native), nothing is sent.
 */
export function broadcastSink(name: string = inspectChannel): InspectSink {
  return (receive, opened) => {
    if (typeof BroadcastChannel === 'undefined') return { send: () => undefined, close: () => undefined };
    const channel = new BroadcastChannel(name);
    channel.onmessage = ({ data }: MessageEvent) => receive(data);
    return withGoodbye({ send: (message) => channel.postMessage(message), close: () => channel.close() }, opened);
  };
}
