import type { ServerVoice } from '../ServerVoice.ts';

/** graphql-transport-ws: `connection_init` is answered by `connection_ack`, or by the close code 4401. */
export const graphqlWsVoice: ServerVoice = {
  knock: (link) => link.open(),
  hear(link, text) {
    const { type } = JSON.parse(text) as { type: string };
    if (type === 'ping') link.say('{"type":"pong"}');
    else if (type === 'connection_init' && link.refuses) link.close(4401, 'Unauthorized');
    else if (type === 'connection_init') {
      link.say('{"type":"connection_ack"}');
      link.accepted();
    }
  },
};
