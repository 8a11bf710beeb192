import type { Connection } from 'connection-machine';
import { describeChange } from '../shared/describeChange.ts';
import { byId, make } from './dom.ts';

const kept = 60;

/** Lists every change that the connection announces, newest first, and the new tokens, which change nothing else. */
export function showTimeline(connection: Connection): void {
  const list = byId('timeline', HTMLOListElement);
  list.replaceChildren();
  const add = (text: string, status: string) => {
    const now = new Date();
    const time = `${now.toLocaleTimeString('en', { hour12: false })}.${String(now.getMilliseconds()).padStart(3, '0')}`;
    list.prepend(make('li', { 'data-status': status }, make('time', {}, time), make('span', {}, text)));
    while (list.children.length > kept) list.lastElementChild?.remove();
  };
  connection.on('change', ({ previous, current }) => {
    const text = describeChange(previous, current);
    if (text !== '') add(text, current.status);
  });
  connection.on('tokenRenewed', ({ reason }) => add(`new token (${reason})`, connection.getSnapshot().status));
}
