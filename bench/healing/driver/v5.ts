import * as RongIMLib from '@rongcloud/imlib-next';
import { rongCloudWebTransport } from 'connection-machine/transports/rongcloud-web';
import { createDriver } from './createDriver.ts';
import type { Driver } from './Driver.ts';

const { Events } = RongIMLib;

(globalThis as { driver?: Driver }).driver = createDriver(
  {
    init: ({ appKey, naviUrl }) => RongIMLib.init({ appkey: appKey, navigators: [naviUrl], logOutputLevel: RongIMLib.LogL.ERROR }),
    listen(said) {
      RongIMLib.addEventListener(Events.CONNECTED, () => said('CONNECTED'));
      RongIMLib.addEventListener(Events.SUSPEND, (code) => said(`SUSPEND ${code}`));
      RongIMLib.addEventListener(Events.DISCONNECT, (code) => said(`DISCONNECT ${code}`));
    },
    async connect(token) {
      const { isOk, code, data } = await RongIMLib.connect(token as string);
      return isOk ? `in as ${data?.userId}` : `${code}`;
    },
    disconnect: () => RongIMLib.disconnect(),
    status: () => ['CONNECTED', 'CONNECTING', 'DISCONNECTED', 'SUSPENDED'][RongIMLib.getConnectionStatus()] ?? 'unknown',
  },
  (options) => rongCloudWebTransport(RongIMLib, options),
);
