// The transports take the real SDKs as they are: this file compiles, or `npm run typecheck` is red.
import * as RongIMLib from '@rongcloud/imlib-next';
import { RongIMClient } from '@rongcloud/imlib-v2';
import { init } from '@rongcloud/imlib-v4';
import type { Transport } from 'connection-machine';
import { rongCloudWebTransport, rongCloudWebV2Transport, rongCloudWebV4Transport } from 'connection-machine/transports/rongcloud-web';

export const transports: readonly Transport[] = [
  rongCloudWebTransport(RongIMLib),
  rongCloudWebTransport(RongIMLib, { sdkReconnect: 'takeOver' }),
  rongCloudWebV4Transport(init({ appkey: 'app-key' })),
  rongCloudWebV2Transport(RongIMClient),
  // @ts-expect-error there are two ways only
  rongCloudWebTransport(RongIMLib, { sdkReconnect: 'never' }),
  // @ts-expect-error the client is made by init()
  rongCloudWebV4Transport(init),
];
