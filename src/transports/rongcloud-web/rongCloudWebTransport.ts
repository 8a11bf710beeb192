import { codeToFailure } from '../../transport/codeTable.ts';
import type { Transport } from '../../transport/Transport.ts';
import { webV5Codes } from './codes/webV5Codes.ts';
import { createSdkTransport } from './createSdkTransport.ts';
import { checkOptions, checkSdk, type RongCloudWebOptions } from './RongCloudWebOptions.ts';

/** What is used of `@rongcloud/imlib-next` 5.x: `import * as RongIMLib from '@rongcloud/imlib-next'` fits. */
export interface RongIMLibV5 {
  connect(
    token: string,
  ): Promise<{ readonly isOk: boolean; readonly code: number; readonly data?: { readonly userId: string } | undefined }>;
  disconnect(closeDB?: boolean, disablePush?: boolean): Promise<void>;
  getConnectionStatus(): number;
  getCurrentUserId(): string;
  addEventListener(event: never, listener: never): void;
  removeEventListener(event: never, listener: never): void;
}

/** `RCConnectionStatus.DISCONNECTED` */
const statusDisconnected = 2;
/** `ErrorCode.ACTIVE_DISCONNECT`: what `disconnect()` tells. */
const activeDisconnect = 2;
/** ms. "Connecting too often": the SDK gives no time, and the usual backoff would be too eager. */
const overFrequencyWait = 10_000;

/**
 * A link over RongCloud's current web SDK, for `createConnection({ transport: rongCloudWebTransport(RongIMLib), … })`.
 *
 * - the app calls `RongIMLib.init(…)` itself, before `connect()`; afterwards it leaves `connect` and `disconnect` to the connection, and
 *   uses everything else (messages, conversations, other events) as usual
 * - no dependency on the SDK: the module is handed in
 * - while a link exists, the SDK's sockets and address lookups are watched (see docs/rongcloud.md): its `connect()` and `disconnect()`
 *   hang when the server keeps silent, and a socket that breaks is all it listens to
 *
 * The SDK writes the token into its own log, at the levels `DEBUG` and `INFO`: `init({ …, logOutputLevel: RongIMLib.LogL.WARN })` keeps it
 * out of the console. What it keeps of that log in IndexedDB, and for how long, stands in docs/rongcloud.md.
 *
 * @throws ConnectionOptionError when `RongIMLib` is not the SDK's module, or an option is wrong
 */
export function rongCloudWebTransport(RongIMLib: RongIMLibV5, options: RongCloudWebOptions = {}): Transport {
  const name = 'rongCloudWebTransport';
  checkSdk(
    name,
    RongIMLib,
    ['connect', 'disconnect', 'addEventListener', 'removeEventListener', 'getConnectionStatus', 'getCurrentUserId'],
    'the module @rongcloud/imlib-next, imported with * as RongIMLib',
  );
  checkOptions(name, options);
  return createSdkTransport(
    {
      module: RongIMLib,
      version: 5,
      listen({ databaseOpened, connected, interrupted, ended, disconnected }) {
        const listeners = {
          DATABASE_OPENED: databaseOpened,
          CONNECTED: () => connected(RongIMLib.getCurrentUserId()),
          SUSPEND: (code?: number) => interrupted(toFailure(code)),
          DISCONNECT: (code?: number) => (code === activeDisconnect ? disconnected() : ended(toFailure(code))),
        };
        const each = (method: 'addEventListener' | 'removeEventListener') => {
          for (const [event, listener] of Object.entries(listeners)) RongIMLib[method](event as never, listener as never);
        };
        each('addEventListener');
        return () => each('removeEventListener');
      },
      async connect(token) {
        const { isOk, code, data } = await RongIMLib.connect(token);
        if (!isOk) throw toFailure(code);
        return data?.userId ?? '';
      },
      disconnect: ({ logout }) => RongIMLib.disconnect(undefined, logout),
      isInUse() {
        try {
          return RongIMLib.getConnectionStatus() !== statusDisconnected;
        } catch {
          // before init() it throws; connect() will say so with a code
          return false;
        }
      },
      mayHideRefusal: () => false,
    },
    options,
  );
}

function toFailure(code: unknown) {
  const judged = codeToFailure(webV5Codes, code);
  return code === 30015 ? { ...judged, retryAfter: overFrequencyWait } : judged;
}
