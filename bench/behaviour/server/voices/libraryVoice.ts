import type { ServerVoice } from '../ServerVoice.ts';

/** The handshake of docs/websocket.md. */
export const libraryVoice: ServerVoice = {
  knock: (link) => link.open(),
  hear(link, text) {
    const { type } = JSON.parse(text) as { type: string };
    if (type === 'ping') link.say('{"type":"pong"}');
    else if (type === 'connect' && link.refuses) link.say('{"type":"error","kind":"tokenIncorrect"}');
    else if (type === 'connect') {
      link.say('{"type":"success","userId":"me"}');
      link.accepted();
    }
  },
};
