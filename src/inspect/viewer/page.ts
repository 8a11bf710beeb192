// The page of `npx connection-machine inspect`.
import { webSocketSink } from '../sinks/webSocketSink.ts';
import { loadScript } from './dom.ts';
import { mountViewer } from './mountViewer.ts';
import type { Layouter } from '../drawing/layOut.ts';

const place = 'connection-machine.key';

/** The key, from behind the `#` of the address that the terminal has printed: taken out of the address bar, and kept for this tab's reloads. */
function takeKey(): string | undefined {
  const key = new URLSearchParams(location.hash.slice(1)).get('key');
  if (key) {
    sessionStorage.setItem(place, key);
    history.replaceState(null, '', location.pathname);
  }
  return sessionStorage.getItem(place) ?? undefined;
}

let elk: Promise<Layouter> | undefined;
const loadElk = () =>
  (elk ??= loadScript('/elk.js').then(() => {
    const { ELK } = globalThis as unknown as { ELK: new () => Layouter };
    return new ELK();
  }));

const key = takeKey();
if (key === undefined) {
  mountViewer(document.body, {
    loadElk,
    hint: '// The key is missing: open the address that the terminal has printed, with what stands behind #.',
  });
} else {
  const socket = (side: string) => `ws://${location.host}/${side}?key=${encodeURIComponent(key)}`;
  const hint = `import { inspectConnection, webSocketSink } from 'connection-machine/inspect';
inspectConnection(connection, webSocketSink('${socket('app')}'));`;
  mountViewer(document.body, { source: webSocketSink(socket('viewer')), loadElk, hint });
}
