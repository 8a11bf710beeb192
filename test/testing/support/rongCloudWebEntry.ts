import * as RongIMLib from '@rongcloud/imlib-next';
import { rongCloudWebTransport } from 'connection-machine/transports/rongcloud-web';

/** The SDK and our transport as they run in one page. */
Object.assign(globalThis, {
  openTransport(appKey: string, naviUrl: string) {
    RongIMLib.init({ appkey: appKey, navigators: [naviUrl], logOutputLevel: RongIMLib.LogL.ERROR });
    return rongCloudWebTransport(RongIMLib);
  },
});
