import type { StoredMessage } from '../client/MessageStore.ts';
import { byId, make, textOf } from './dom.ts';

/** Draws the list of messages, and keeps the newest in sight. */
export function showMessages(messages: readonly StoredMessage[], me: string): void {
  const list = byId('messages', HTMLOListElement);
  let lastDay = '';
  const rows = messages.flatMap((message) => {
    const day = nameDay(message.at);
    const heading = day === lastDay ? [] : [make('li', { className: 'day' }, day)];
    lastDay = day;
    return [...heading, row(message, me)];
  });
  list.replaceChildren(...(rows.length > 0 ? rows : [make('li', { className: 'empty' }, 'No messages: the database is closed.')]));
  list.scrollTop = list.scrollHeight;
  const newest = messages.at(-1);
  // Read out by screen readers: the newest message of somebody else, not the whole list.
  if (newest?.state === 'received') textOf('newest', `${newest.from}: ${newest.text}`);
}

function row({ from, text, at, state }: StoredMessage, me: string): HTMLLIElement {
  const mine = from === me;
  const time = new Date(at).toLocaleTimeString('en', { hour: '2-digit', minute: '2-digit', hour12: false });
  const note = state === 'sent' ? 'not sent yet' : mine ? `${time} ✓` : time;
  return make(
    'li',
    { className: mine ? 'message mine' : 'message', 'data-state': state },
    make('span', { className: 'from' }, mine ? 'you' : from),
    make('p', {}, text),
    make('span', { className: 'note' }, note),
  );
}

function nameDay(at: number): string {
  const day = new Date(at).toDateString();
  if (day === new Date().toDateString()) return 'Today';
  if (day === new Date(Date.now() - 86_400_000).toDateString()) return 'Yesterday';
  return new Date(at).toLocaleDateString('en', { day: 'numeric', month: 'long' });
}
