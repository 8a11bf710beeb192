import { ConnectionStatus, getInstance, init } from '@rongcloud/imlib-v4';
import { rongCloudWebV4Transport } from 'connection-machine/transports/rongcloud-web';
import { createDriver } from './createDriver.ts';
import type { Driver } from './Driver.ts';

(globalThis as { driver?: Driver }).driver = createDriver(
  {
    init: ({ appKey, naviUrl }) => void init({ appkey: appKey, navigators: [naviUrl], logLevel: 4 }),
    listen: (said) => getInstance().watch({ status: ({ status }) => said(ConnectionStatus[status] ?? String(status)) }),
    connect: async (token) => `in as ${(await getInstance().connect({ token: token as string })).id}`,
    disconnect: () => getInstance().disconnect(),
    status: () => ConnectionStatus[getInstance().getConnectionStatus()] ?? 'unknown',
  },
  (options) => rongCloudWebV4Transport(getInstance(), options),
);
