import { failure } from '../../../machines/connection/failure.ts';
import { codeToFailure } from '../../transport/codeTable.ts';
import type { Transport } from '../../transport/Transport.ts';
import { webV2Codes } from './codes/webV2Codes.ts';
import { createSdkTransport } from './createSdkTransport.ts';
import { isInUse, mayHideRefusal, readStatus } from './legacyStatus.ts';
import { checkOptions, checkSdk, type RongCloudWebOptions } from './RongCloudWebOptions.ts';

/** What is used of `@rongcloud/imlib-v2`: the class `RongIMClient`. */
export interface RongIMClientV2 {
  setConnectionStatusListener(listener: { onChanged(status: number): void }): void;
  connect(token: string, callback: RongIMConnectCallback): unknown;
  /** `undefined` before `init()`, whatever the SDK's types say. */
  getInstance(): { disconnect(): unknown; getCurrentConnectionStatus(): number; getCurrentUserId(): string };
}

/** The three functions of the FAQ. */
export interface RongIMConnectCallback {
  onSuccess(userId: string): void;
  onTokenIncorrect(): void;
  onError(code: number): void;
}

/**
 * A link over RongCloud's web SDK 2, for apps that have not moved on: `rongCloudWebV2Transport(RongIMClient)` after `RongIMClient.init(…)`.
 *
 * - the SDK has one place for a connection status listener, and the transport takes it. Listen to the connection instead.
 * - this SDK calls `onTokenIncorrect` for no answer of the server: a refused token is error 30002, like a lost network. After three
 *   such answers one new token is fetched (docs/rongcloud.md).
 *
 * @throws ConnectionOptionError when `RongIMClient` is not the SDK's class, or an option is wrong
 */
export function rongCloudWebV2Transport(RongIMClient: RongIMClientV2, options: RongCloudWebOptions = {}): Transport {
  const name = 'rongCloudWebV2Transport';
  checkSdk(name, RongIMClient, ['setConnectionStatusListener', 'connect', 'getInstance'], 'the class RongIMClient of @rongcloud/imlib-v2');
  checkOptions(name, options);
  return createSdkTransport(
    {
      module: RongIMClient,
      version: 2,
      listen(events) {
        RongIMClient.setConnectionStatusListener({
          onChanged: (status) => readStatus(status, events, () => RongIMClient.getInstance().getCurrentUserId()),
        });
        return () => RongIMClient.setConnectionStatusListener({ onChanged: () => undefined });
      },
      connect: (token) =>
        new Promise((resolve, reject) => {
          if (!isReady(RongIMClient)) throw failure({ kind: 'configuration', code: 33001, message: 'call RongIMClient.init() first' });
          const called = RongIMClient.connect(token, {
            onSuccess: resolve,
            onTokenIncorrect: () => reject(failure({ kind: 'tokenIncorrect', code: 31004, message: 'onTokenIncorrect' })),
            onError: (code) => reject(codeToFailure(webV2Codes, code)),
          });
          // it returns a promise, too
          Promise.resolve(called).catch(reject);
        }),
      disconnect: () => RongIMClient.getInstance().disconnect(),
      isInUse: () => isReady(RongIMClient) && isInUse(RongIMClient.getInstance().getCurrentConnectionStatus()),
      mayHideRefusal,
    },
    options,
  );
}

function isReady(RongIMClient: RongIMClientV2): boolean {
  return (RongIMClient.getInstance() as unknown) !== undefined;
}
