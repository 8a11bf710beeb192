import type { ServerVoice } from '../ServerVoice.ts';

const end = '\u001e';

/** SignalR's JSON hub protocol behind its HTTP negotiation: a refused token is a 401 there, as ASP.NET Core answers. */
export const signalrVoice: ServerVoice = {
  knock: (link) => (link.refuses ? link.refuseUpgrade() : link.open()),
  hear(link, text) {
    if (!text.includes('"protocol"')) return;
    link.say(`{}${end}`);
    link.accepted();
  },
  heartbeat: { every: 15_000, say: `{"type":6}${end}` },
  answer({ refuses }) {
    if (refuses) return { status: 401, body: '' };
    const availableTransports = [{ transport: 'WebSockets', transferFormats: ['Text', 'Binary'] }];
    return { status: 200, body: JSON.stringify({ negotiateVersion: 1, connectionId: 'c1', connectionToken: 'c1', availableTransports }) };
  },
};
