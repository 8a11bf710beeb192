import { createConnection } from 'connection-machine';

/** A driver as it runs in a scope, next to an SDK. */
const { RongIMLib } = globalThis as unknown as { RongIMLib: { connect: unknown } };
Object.assign(globalThis, { found: { sdk: typeof RongIMLib.connect, library: typeof createConnection } });
