import { mustBe } from '../../../machines/connection/ConnectionOptionError.ts';
import { withGoodbye } from './withGoodbye.ts';
import type { InspectSink } from '../InspectSink.ts';

/** Of a window, what is needed to talk to it. */
export interface WindowLike {
  postMessage(message: unknown, targetOrigin: string): void;
}

/**
 * For a viewer in a window that the app has opened or framed, or that has opened or framed the app. Only that window is spoken and
 * listened to, and only while it shows `origin`.
 *
 * @param origin such as `location.origin`. `'*'` is refused: it would speak to whatever page the window shows by then.
 */
export function windowSink(other: WindowLike, origin: string): InspectSink {
  mustBe(typeof other?.postMessage === 'function', 'windowSink', 'a window', other);
  mustBe(
    typeof origin === 'string' && /^[a-z][\w+.-]*:\/\/[^/]+$/i.test(origin),
    'origin',
    "an origin such as 'https://app.example'",
    origin,
  );
  return (receive, opened) => {
    const hear = ({ source, origin: from, data }: MessageEvent) => {
      if ((source as unknown) === other && from === origin) receive(data);
    };
    addEventListener('message', hear);
    const end = () => removeEventListener('message', hear);
    return withGoodbye({ send: (message) => other.postMessage(message, origin), close: end }, opened);
  };
}
