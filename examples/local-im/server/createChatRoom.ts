import type { Tell } from '../shared/Fact.ts';
import type { ChatMessage } from '../shared/frames.ts';
import { sendFrame, userOf, type ImLink } from './imLink.ts';

/** Enough to recognise a message that a client sends again because it never saw the acknowledgement. */
const rememberedIds = 500;

/** Hands messages on: everyone else in the room gets them (or the one they are meant for), the sender gets the acknowledgement. */
export function createChatRoom(links: () => Iterable<ImLink>, tell: Tell): (from: ImLink, message: ChatMessage) => void {
  const seen = new Map<string, number>();
  return (from, { id, text, to }) => {
    const user = userOf(from);
    if (user === undefined) return;
    const key = `${user} ${id}`;
    const before = seen.get(key);
    const at = before ?? Date.now();
    if (before === undefined) {
      seen.set(key, at);
      const [oldest] = seen.keys();
      if (seen.size > rememberedIds && oldest !== undefined) seen.delete(oldest);
      tell({ actor: 'im server', what: 'message.received', user, text: `message from ${user}: “${text}”` });
      for (const link of links()) {
        const reader = userOf(link);
        if (reader === undefined || reader === user) continue;
        if (to === undefined || to === reader) sendFrame(link, { type: 'message', id: key, from: user, text, at });
      }
    }
    sendFrame(from, { type: 'ack', id, at });
  };
}
