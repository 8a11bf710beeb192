import type { ServerVoice } from '../ServerVoice.ts';

const healthCheck = JSON.stringify({ type: 'health.check', connection_id: 'c1', me: { id: 'me' } });

/**
 * Stream's: the token is in the address; the first message is a health check, or error 40 ("token expired") before a close with 1000, which the
 * client takes for "invalid auth". With another code it asks for five times as many tokens after a drop.
 */
export const streamChatVoice: ServerVoice = {
  knock(link) {
    link.open();
    if (link.refuses) {
      link.say(JSON.stringify({ error: { code: 40, StatusCode: 401, message: 'JWTAuth error: token is expired' } }));
      return link.close(1000, '');
    }
    link.say(healthCheck);
    link.accepted();
  },
  hear: (link, text) => text.includes('health.check') && link.say(healthCheck),
  answer: () => ({ status: 200, body: '{"channels":[]}' }),
};
