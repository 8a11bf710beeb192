import { inspectVersion, type InspectMessage, type ViewerMessage } from '../InspectMessage.ts';
import type { OpenSink } from '../InspectSink.ts';

/**
 * A page that is closed cannot end its inspection, and nobody at the other end of a channel between pages would notice. So what was shown is
 * taken back when the page goes, and shown again if it comes back (from the browser's back-forward cache).
 */
export function withGoodbye({ send, close }: OpenSink, opened?: () => void): OpenSink {
  const shown = new Set<string>();
  const goes = () => {
    for (const connection of shown) send({ version: inspectVersion, type: 'end', connection, at: Date.now() });
  };
  const comes = ({ persisted }: { readonly persisted?: boolean }) => {
    if (persisted) opened?.();
  };
  const page = globalThis as Partial<Pick<Window, 'addEventListener' | 'removeEventListener'>>;
  page.addEventListener?.('pagehide', goes);
  page.addEventListener?.('pageshow', comes);

  return {
    send(message: InspectMessage | ViewerMessage) {
      if (message.type === 'actor') shown.add(message.connection);
      if (message.type === 'end') shown.delete(message.connection);
      send(message);
    },
    close() {
      page.removeEventListener?.('pagehide', goes);
      page.removeEventListener?.('pageshow', comes);
      close();
    },
  };
}
