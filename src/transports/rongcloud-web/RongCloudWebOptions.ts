import { ConnectionOptionError, mustBe } from '../../../machines/connection/ConnectionOptionError.ts';

export interface RongCloudWebOptions {
  /**
   * Who reconnects when an established connection is lost.
   *
   * - `'leave'`: the SDK, at once and then every 5 s. The connection is `recovering` meanwhile, for `recoveryTimeLimit` at most; then
   *   the brain takes over.
   * - `'takeOver'`: the brain, with its jittered backoff, which spares a server that comes back to ten thousand clients.
   *
   * The first connect is always the brain's: these SDKs try it only once.
   * @default 'leave'
   */
  readonly sdkReconnect?: 'leave' | 'takeOver';
}

/** @throws ConnectionOptionError naming the transport and the option */
export function checkOptions(transport: string, options: RongCloudWebOptions): void {
  mustBe(typeof options === 'object' && options !== null, `${transport}: options`, 'an object', options);
  const { sdkReconnect = 'leave' } = options;
  mustBe(sdkReconnect === 'leave' || sdkReconnect === 'takeOver', `${transport}: sdkReconnect`, "'leave' or 'takeOver'", sdkReconnect);
}

/** @throws ConnectionOptionError when what was passed in is not the SDK; says what to pass */
export function checkSdk(transport: string, sdk: unknown, functions: readonly string[], expected: string): void {
  const given = Object(sdk) as { readonly [name: string]: unknown };
  const missing = functions.find((name) => typeof given[name] !== 'function');
  if (missing === undefined) return;
  throw new ConnectionOptionError(`${transport}: SDK`, expected, Object(sdk) === sdk ? `something without ${missing}()` : typeof sdk);
}
