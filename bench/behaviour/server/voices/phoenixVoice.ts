import type { ServerVoice } from '../ServerVoice.ts';
import { upgradeVoice } from './upgradeVoice.ts';

type Message = [joinRef: string | null, ref: string | null, topic: string, event: string, payload: unknown];

/** Phoenix's serializer 2.0.0: the token is in the address, and heartbeats, as all that the client sends, are answered by "ok". */
export const phoenixVoice: ServerVoice = {
  ...upgradeVoice,
  hear(link, text) {
    if (!text.startsWith('[')) return;
    const [joinRef, ref, topic] = JSON.parse(text) as Message;
    link.say(JSON.stringify([joinRef, ref, topic, 'phx_reply', { status: 'ok', response: {} }]));
  },
};
