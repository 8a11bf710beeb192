import type * as V2 from '@rongcloud/imlib-v2';
import type * as V4 from '@rongcloud/imlib-v4';
import type * as V5 from '@rongcloud/imlib-next';
import { bundleSdk, type RongCloudSdk } from '../../../examples/local-rongcloud/scope/bundleForScope.ts';
import {
  createBrowserScope,
  type BrowserScope,
  type BrowserScopeOptions,
} from '../../../examples/local-rongcloud/scope/createBrowserScope.ts';
import type { RongCloudServer } from '../../../examples/local-rongcloud/server/startRongCloudServer.ts';
import { atEnd } from './useServers.ts';

/** How a connect ended; a promise of the SDK that is still open has no outcome. */
export type Outcome = { readonly userId: string } | { readonly code: unknown };

/** One SDK of RongCloud, unmodified, in a scope of its own, with the differences of its interface taken away. */
export interface Sdk {
  readonly scope: BrowserScope;
  connect(token: string): Promise<Outcome>;
  disconnect(): Promise<unknown>;
  /** v5: `'CONNECTED'`, `'DISCONNECT 31010'`; v4 and v2: the numbers of their ConnectionStatus. */
  readonly said: readonly string[];
}

export const sdks = ['v5', 'v4', 'v2'] as const satisfies readonly RongCloudSdk[];

export async function openSdk(version: RongCloudSdk, server: RongCloudServer, options: BrowserScopeOptions = {}): Promise<Sdk> {
  const scope = createBrowserScope(options);
  atEnd(() => scope.close());
  scope.run(await bundleSdk(version));
  const said: string[] = [];
  return { scope, said, ...open[version](scope.globals['RongIMLib'], server, (what) => void said.push(what)) };
}

type Open = (sdk: unknown, server: RongCloudServer, say: (what: string) => void) => Pick<Sdk, 'connect' | 'disconnect'>;

const open: Readonly<Record<RongCloudSdk, Open>> = {
  v5(sdk, { appKey, naviUrl }, say) {
    const { init, addEventListener, connect, disconnect, Events } = sdk as typeof V5;
    init({ appkey: appKey, navigators: [naviUrl] });
    addEventListener(Events.CONNECTING, () => say('CONNECTING'));
    addEventListener(Events.CONNECTED, () => say('CONNECTED'));
    addEventListener(Events.DISCONNECT, (code) => say(`DISCONNECT ${code}`));
    addEventListener(Events.SUSPEND, (code) => say(`SUSPEND ${code}`));
    return {
      connect: (token) => connect(token).then(({ isOk, code, data }) => (isOk && data ? { userId: data.userId } : { code })),
      disconnect: () => disconnect(),
    };
  },
  v4(sdk, { appKey, naviUrl }, say) {
    const client = (sdk as typeof V4).init({ appkey: appKey, navigators: [naviUrl] });
    client.watch({ status: ({ status }) => say(String(status)) });
    return {
      connect: (token) =>
        client.connect({ token }).then(
          ({ id }) => ({ userId: id }),
          ({ code }: { code: unknown }) => ({ code }),
        ),
      disconnect: () => client.disconnect(),
    };
  },
  v2(sdk, { appKey, naviUrl }, say) {
    const { RongIMClient } = sdk as typeof V2;
    RongIMClient.init(appKey, undefined, { navi: naviUrl });
    RongIMClient.setConnectionStatusListener({ onChanged: (status) => say(String(status)) });
    return {
      connect: (token) =>
        new Promise((resolve) => {
          const callback = {
            onSuccess: (userId: string) => resolve({ userId }),
            onTokenIncorrect: () => resolve({ code: 'onTokenIncorrect' }),
            onError: (code: number) => resolve({ code }),
          };
          void RongIMClient.connect(token, callback);
        }),
      disconnect: () => RongIMClient.getInstance().disconnect(),
    };
  },
};
