import { toFailure } from '../../../machines/connection/failure.ts';
import { codeToFailure } from '../../transport/codeTable.ts';
import type { Transport } from '../../transport/Transport.ts';
import { webV4Codes } from './codes/webV4Codes.ts';
import { createSdkTransport } from './createSdkTransport.ts';
import { isInUse, mayHideRefusal, readStatus } from './legacyStatus.ts';
import { checkOptions, checkSdk, type RongCloudWebOptions } from './RongCloudWebOptions.ts';

/** What is used of `@rongcloud/imlib-v4`: the client that `init()` returns. */
export interface RongIMClientV4 {
  watch(watcher: { status: (event: { readonly status: number }) => void }): void;
  connect(options: { token: string }): Promise<{ readonly id: string }>;
  disconnect(): Promise<void>;
  getConnectionStatus(): number;
  getConnectionUserId(): string;
}

/**
 * A link over RongCloud's web SDK 4, for apps that have not moved on: `rongCloudWebV4Transport(im)` with the `im` that `init()` returned.
 *
 * - `im` has one place for a status watcher; the transport takes it while it is connected. Listen to the connection instead.
 * - an app's own `unwatch()` removes the transport's watcher too: call `watch()` with other functions instead
 * - what a refused token looks like here, and what is done about it: docs/rongcloud.md
 *
 * @throws ConnectionOptionError when `im` is not the SDK's client, or an option is wrong
 */
export function rongCloudWebV4Transport(im: RongIMClientV4, options: RongCloudWebOptions = {}): Transport {
  const name = 'rongCloudWebV4Transport';
  checkSdk(
    name,
    im,
    ['watch', 'connect', 'disconnect', 'getConnectionStatus', 'getConnectionUserId'],
    'the client that init() of @rongcloud/imlib-v4 returned',
  );
  checkOptions(name, options);
  return createSdkTransport(
    {
      module: im,
      version: 4,
      listen(events) {
        im.watch({ status: ({ status }) => readStatus(status, events, () => im.getConnectionUserId()) });
        return () => im.watch({ status: () => undefined });
      },
      connect: (token) =>
        im.connect({ token }).then(
          ({ id }) => id,
          (problem: unknown) => {
            const { code } = Object(problem) as { code?: unknown };
            throw typeof code === 'number' ? codeToFailure(webV4Codes, code) : toFailure(problem);
          },
        ),
      disconnect: () => im.disconnect(),
      isInUse: () => isInUse(im.getConnectionStatus()),
      mayHideRefusal,
    },
    options,
  );
}
