import type { ServerVoice } from '../ServerVoice.ts';

/** Engine.IO 4 under Socket.IO 5: `40` asks to connect and is answered by `40`, or by `44` with an error. The server pings with `2`. */
export const socketIoVoice: ServerVoice = {
  knock(link) {
    link.open();
    link.say(`0${JSON.stringify({ sid: 'e1', upgrades: [], pingInterval: 25_000, pingTimeout: 20_000, maxPayload: 1_000_000 })}`);
  },
  hear(link, text) {
    if (!text.startsWith('40')) return;
    if (link.refuses) return link.say('44{"message":"unauthorized"}');
    link.say('40{"sid":"s1"}');
    link.accepted();
  },
  heartbeat: { every: 25_000, say: '2', fromOpen: true },
};
