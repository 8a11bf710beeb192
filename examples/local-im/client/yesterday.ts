import { people, type Person } from '../shared/people.ts';
import type { StoredMessage } from './MessageStore.ts';

const day = 24 * 60 * 60 * 1000;
const minute = 60 * 1000;

/** A chat from yesterday evening, as `reader`'s own device would have stored it. */
export function yesterday(reader: Person, now = Date.now()): readonly StoredMessage[] {
  const other = people.find((person) => person !== reader) ?? reader;
  const said: readonly (readonly [Person, string])[] = [
    [other, 'Secret refresh tonight at ten, remember?'],
    [reader, 'Yes. Let us see who notices.'],
    [other, 'Nobody, if the app does its job. Good night!'],
  ];
  return said.map(([from, text], index) => ({
    id: `yesterday-${index}`,
    from,
    text,
    at: now - day + index * minute,
    state: from === reader ? 'acknowledged' : 'received',
  }));
}
