import { make, makeButton } from './dom.ts';

const usualHint = `import { inspectConnection, broadcastSink } from 'connection-machine/inspect';
inspectConnection(connection, broadcastSink());`;

/** Before anything is there: how to get something there. */
export function createEmptyPane(hint = usualHint): HTMLElement {
  const copy = makeButton('Copy', () => {
    void navigator.clipboard?.writeText(hint).then(
      () => (copy.textContent = 'Copied'),
      () => undefined,
    );
  });
  return make(
    'div',
    { class: 'empty' },
    make('h2', {}, 'Waiting for a connection'),
    make('p', { class: 'soft' }, 'Two lines in your app, and it is seen here:'),
    make('div', { class: 'code' }, make('pre', {}, make('code', {}, hint)), copy),
    make('p', { class: 'soft' }, 'Or drop a report here: what connection.report() has made.'),
  );
}
