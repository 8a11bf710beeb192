import { openRongCloudChat } from '../../../local-rongcloud/client/openRongCloudChat.ts';
import type { Vendor } from '../Vendor.ts';

/** RongCloud's web SDK, unmodified, each device in a page of its own, against a server that speaks its protocol. */
export const rongCloud: Vendor = {
  describe: ({ appUrl, rongCloud: { naviUrl, appKey } }) => [
    `App Server ${appUrl}   RongCloud server ${naviUrl}   App Key ${appKey}`,
    'told with @rongcloud/imlib-next as it is on npm; what it wants from hosts outside of this machine is refused',
    'what differs: a lost link is tried again by the SDK first (recovering); the server acknowledges messages and looks into none',
  ],
  async openDevice(options) {
    const { chat, scope } = await openRongCloudChat(options);
    return {
      chat,
      async close() {
        // Node 20's own `Symbol.asyncDispose` is not known in there.
        await chat.connection.disconnect();
        scope.close();
      },
    };
  },
  sockets: (servers) => servers.rongCloud.sockets(),
  afterLoss: { step: 'the brain lost the link; the SDK tries again by itself', status: 'recovering' },
  readsMessages: false,
  // “Server unavailable”, of which the vendor's own documents disagree.
  genericError: { code: 31003, kind: 'server' },
};
