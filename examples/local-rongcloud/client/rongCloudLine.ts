// START HERE to see what an app writes for RongCloud: init, the transport, and the SDK's own functions for everything else.
import * as RongIMLib from '@rongcloud/imlib-next';
import { rongCloudWebTransport } from 'connection-machine/transports/rongcloud-web';
import type { MakeLine } from '../../local-im/client/Line.ts';
import { people } from '../../local-im/shared/people.ts';

let isInitialized = false;

/** Messages with RongCloud's web SDK 5.x. A page has one SDK, which is told once where its servers are. */
export const rongCloudLine: MakeLine = ({ login, receive }) => {
  const { appKey, naviUrl } = login.rongCloud;
  if (!isInitialized) RongIMLib.init({ appkey: appKey, navigators: [naviUrl], logOutputLevel: RongIMLib.LogL.ERROR });
  isInitialized = true;
  const targetId = people.find((person) => person !== login.userId) ?? login.userId;

  return {
    transport: rongCloudWebTransport(RongIMLib),
    send(_link, { id, text }) {
      const conversation = { conversationType: RongIMLib.ConversationType.PRIVATE, targetId };
      void RongIMLib.sendMessage(conversation, new RongIMLib.TextMessage({ content: text }))
        // What was not acknowledged is sent again after the next connect.
        .then(({ isOk, data }) => isOk && receive({ type: 'ack', id, at: data?.sentTime }))
        .catch(() => undefined);
    },
  };
};
