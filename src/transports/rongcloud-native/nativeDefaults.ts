import type { Transport } from '../../transport/Transport.ts';

/**
 * The native SDKs try by themselves, after 0.05, 0.25, 0.5, 1, 2, 4, 8, 16, 32 s, then every 64 s for ever, and start anew when the app
 * comes to the front or the network changes (https://docs.rongcloud.io/ios-imlib/connection/reconnect-kick). The brain cuts that short
 * where its own waits are better: jittered, and never longer than 30 s.
 */
export const nativeDefaults: NonNullable<Transport['defaults']> = {
  /** The SDK's tries up to the one at 15.8 s, and time for it. A person who waits is asked after `timeLimit`. */
  attemptTimeLimit: 20_000,
  /** The SDK's tries up to the one at 127.8 s, the first after a wait of 64 s, and time for it. */
  recoveryTimeLimit: 150_000,
};
