import type { ServerVoice } from '../ServerVoice.ts';

const action = { heartbeat: 0, connected: 4, close: 7, closed: 8, error: 9 };

/** Ably's protocol 2+ in JSON: the token is in the address; the server speaks first. */
export const ablyVoice: ServerVoice = {
  knock(link) {
    link.open();
    if (link.refuses) {
      link.say(JSON.stringify({ action: action.error, error: { code: 40_142, statusCode: 401, message: 'Token expired' } }));
      return link.close(1000, '');
    }
    const connectionDetails = { connectionKey: 'k1', maxIdleInterval: 15_000, connectionStateTtl: 120_000, maxMessageSize: 65_536 };
    link.say(JSON.stringify({ action: action.connected, connectionId: 'c1', connectionDetails }));
    link.accepted();
  },
  hear(link, text) {
    if ((JSON.parse(text) as { action: number }).action !== action.close) return;
    link.say(JSON.stringify({ action: action.closed }));
    link.close(1000, '');
  },
  heartbeat: { every: 15_000, say: JSON.stringify({ action: action.heartbeat }) },
  // its check whether there is any internet at all
  answer: () => ({ status: 200, body: 'yes' }),
};
