import type { ServerVoice } from '../ServerVoice.ts';

/** Centrifugo's JSON protocol: `connect` is answered by itself, or by error 109 ("token expired"). The server pings with `{}`. */
export const centrifugeVoice: ServerVoice = {
  knock: (link) => link.open(),
  hear(link, text) {
    for (const line of text.split('\n').filter(Boolean)) {
      const { id, connect } = JSON.parse(line) as { id?: number; connect?: unknown };
      if (connect && link.refuses) link.say(JSON.stringify({ id, error: { code: 109, message: 'token expired' } }));
      else if (connect) {
        link.say(JSON.stringify({ id, connect: { client: 'c1', version: '6.0.0', ping: 25, pong: true } }));
        link.accepted();
      }
    }
  },
  heartbeat: { every: 25_000, say: '{}' },
};
