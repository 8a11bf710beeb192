import { ConnectionStatus, RongIMClient } from '@rongcloud/imlib-v2';
import { rongCloudWebV2Transport } from 'connection-machine/transports/rongcloud-web';
import { createDriver } from './createDriver.ts';
import type { Driver } from './Driver.ts';

(globalThis as { driver?: Driver }).driver = createDriver(
  {
    init: ({ appKey, naviUrl }) => RongIMClient.init(appKey, undefined, { navi: naviUrl, logLevel: 4 }),
    listen: (said) => RongIMClient.setConnectionStatusListener({ onChanged: (status) => said(ConnectionStatus[status] ?? String(status)) }),
    connect: (token) =>
      new Promise((resolve) => {
        void RongIMClient.connect(token as string, {
          onSuccess: (userId) => resolve(`in as ${userId}`),
          onTokenIncorrect: () => resolve('onTokenIncorrect'),
          onError: (code) => resolve(`onError ${code}`),
        });
      }),
    disconnect: () => RongIMClient.getInstance().disconnect(),
    status: () => ConnectionStatus[RongIMClient.getInstance().getCurrentConnectionStatus()] ?? 'unknown',
  },
  (options) => rongCloudWebV2Transport(RongIMClient, options),
);
